import datetime
import re

from odoo import api, models
from odoo.tools.misc import get_lang

from odoo.addons.base_import.models.base_import import ImportValidationError, to_re
from odoo.addons.jalali_calendar.tools import (
    fold,
    from_jalali,
    full_year,
    is_gregorian_year,
    parse_jalali,
    parse_jalali_datetime,
)

_JALALI_YEAR = re.compile(r"1[0-6]\d\d\D")


class BaseImport(models.TransientModel):
    """Read the Jalali dates of a file when the reader's language is Jalali.

    The format chosen for the file tells the order of day, month and year; what
    does not fit it may be any date that can be typed. A column may hold both
    calendars: the year tells.
    """

    _inherit = "base_import.import"

    @api.model
    def _try_match_date_time(self, preview_values, options):
        if get_lang(self.env).calendar != "jalali":
            return super()._try_match_date_time(preview_values, options)
        values = [
            fold(value) if isinstance(value, str) else value for value in preview_values
        ]
        chosen = dict(options)
        types = super()._try_match_date_time(values, options)
        texts = [value for value in values if value and isinstance(value, str)]
        if types and any(map(_JALALI_YEAR.match, texts)):
            types = _forget_year_day_month(chosen, options) and types
        for parse, kinds in (
            (parse_jalali, ["date", "datetime"]),
            (parse_jalali_datetime, ["datetime"]),
        ):
            if not types and texts and all(_reads(parse, text) for text in texts):
                types = kinds
        return types

    def _parse_date_from_data(self, data, index, name, field_type, options):
        written = [line[index] for line in data]
        if get_lang(self.env).calendar == "jalali":
            for number, line in enumerate(data, 1):
                line[index] = self._parse_jalali_cell(
                    line[index], number, name, field_type, options
                )
        result = super()._parse_date_from_data(data, index, name, field_type, options)
        # Here, not where fields are converted: the import screen shows the text of
        # an error only when it is the only one of its column.
        converter = self.env["ir.fields.converter"]
        for number, line in enumerate(data, 1):
            if line[index] and converter._is_doubtful_date(str(line[index])):
                raise self._wrong_cell(number, name, written[number - 1], field_type)
        return result

    def _wrong_cell(self, number, name, value, field_type):
        """Return the refusal of a file that names one of its cells."""
        field = self.env[self.res_model]._fields.get(name)
        column = field._description_string(self.env) if field else name
        line = self._in_screen_digits(str(number))
        if get_lang(self.env).calendar == "jalali":
            message = self.env._(
                "Column %(column)s, line %(line)s: '%(value)s' is not a date. Write it"
                " like 1405/09/01.",
                column=column,
                line=line,
                value=value,
            )
        else:
            message = self.env._(
                "Column %(column)s, line %(line)s: '%(value)s' looks like a Jalali"
                " date. Import it in a language with the Jalali calendar, or write the"
                " Gregorian year.",
                column=column,
                line=line,
                value=value,
            )
        return ImportValidationError(message, field=name, field_type=field_type)

    def _parse_jalali_cell(self, cell, number, name, field_type, options):
        """Return a date for a cell; what Odoo reads well by itself comes back."""
        if not cell or isinstance(cell, datetime.date):
            return cell
        text = fold(cell)
        formats = [options.get("date_format") or "%Y-%m-%d"]
        if field_type == "datetime":
            formats.insert(0, options.get("datetime_format") or "%Y-%m-%d %H:%M:%S")
        parse = parse_jalali_datetime if field_type == "datetime" else parse_jalali
        try:
            for pattern in formats:
                found = _read_by_pattern(text, pattern)
                if found:
                    return found
            return parse(text) if text else cell
        except ValueError:
            raise self._wrong_cell(number, name, cell, field_type) from None


def _forget_year_day_month(chosen, options):
    """Return False and drop a guess of year/day/month: nobody writes 1404/01/09 so.

    Odoo guesses it for a column with one wrong month, and would swap the rest.
    """
    for key in ("date_format", "datetime_format"):
        guess = options.get(key)
        if guess and guess != chosen.get(key) and re.match("%[Yy][^%]*%d", guess):
            options[key] = chosen.get(key) or ""  # the screen reads what it sent
            return False
    return True


def _reads(parse, text):
    try:
        return bool(parse(text))
    except ValueError:
        return False


def _read_by_pattern(text, pattern):
    """Return the date of a text in the order of a ``strftime`` pattern, or None.

    ValueError when the text fits the pattern but there is no such day.
    """
    try:
        match = to_re(pattern).match(text)
    except KeyError:
        return None  # names of months: not a matter of order
    if not match:
        return None
    parts = dict(zip(re.findall("%([a-zA-Z])", pattern), match.groups(), strict=True))
    if not {"d", "m"} <= parts.keys() or not {"y", "Y"} & parts.keys():
        return None
    year = int(parts["Y"]) if "Y" in parts else full_year(int(parts["y"]))
    month, day = int(parts["m"]), int(parts["d"])
    date = (datetime.date if is_gregorian_year(year) else from_jalali)(year, month, day)
    clock = [letter for letter in parts if letter in "HIMSp"]
    if not clock:
        return date
    moment = datetime.datetime.strptime(
        " ".join(parts[letter] for letter in clock),
        " ".join(f"%{letter}" for letter in clock),
    )
    return datetime.datetime.combine(date, moment.time())
