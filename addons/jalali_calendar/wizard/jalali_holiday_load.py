import base64
import csv
import io

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import parse_jalali, to_jalali

#: A year has some thirty holidays; a larger file is another file.
MAX_FILE_BYTES = 100_000
SEPARATORS = ",;\t؛"
#: Unicode, and what spreadsheets of a Persian Windows write.
ENCODINGS = ("utf-8-sig", "cp1256")
HEADINGS = ("date", "تاریخ")


class JalaliHolidayLoad(models.TransientModel):
    """Load the lunar holidays of a year from a file, all of them or none.

    The file has a line for each holiday: the date and the name, separated by a
    comma, semicolon or tab. A first line with headings is skipped.
    """

    _name = "jalali.holiday.load"
    _description = "Load Official Holidays"

    year = fields.Integer(
        string="Jalali Year",
        required=True,
        default=lambda self: self._default_year(),
    )
    kind = fields.Selection(
        selection=[("lunar", "Lunar"), ("special", "Special")],
        required=True,
        default="lunar",
        help="The holidays of this kind and year are replaced by those of the file.",
    )
    file = fields.Binary(required=True, attachment=False)
    file_name = fields.Char()

    @api.model
    def _default_year(self):
        """Return the first year, from this one on, that has no lunar holidays."""
        year = to_jalali(fields.Date.context_today(self))[0]
        holidays = self.env["jalali.holiday"]
        while holidays.search_count(
            [("year", "=", year), ("kind", "=", "lunar")], limit=1
        ):
            year += 1
        return year

    def action_load(self):
        """Replace the holidays of the year and show them."""
        self.ensure_one()
        days = self._read_file()
        self.env["jalali.holiday"]._replace(self.year, self.kind, days)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "jalali_calendar.jalali_holiday_action"
        )
        return {**action, "domain": [("year", "=", self.year)], "target": "main"}

    def _read_file(self):
        """Return the ``(date, name)`` pairs of the file, or name its wrong row."""
        text = self._text()
        rows = csv.reader(io.StringIO(text), delimiter=self._separator(text))
        days = {}
        for number, row in enumerate(rows, 1):
            cells = [cell.strip() for cell in row]
            if not any(cells) or (number == 1 and cells[0].lower() in HEADINGS):
                continue
            day = self._read_row(number, cells)
            if day in days:
                raise self._wrong_row(
                    number,
                    self.env._(
                        "it repeats row %(row)s",
                        row=self._in_screen_digits(str(days[day])),
                    ),
                )
            days[day] = number
        if not days:
            raise UserError(self.env._("The file has no holidays."))
        return list(days)

    def _text(self):
        content = base64.b64decode(self.file)
        if len(content) > MAX_FILE_BYTES:
            raise UserError(self.env._("The file is too large to be a year's list."))
        for encoding in ENCODINGS:
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\0" not in text:
                return text
        raise UserError(
            self.env._("The file is not a text. Save it as CSV with UTF-8 and retry.")
        )

    def _separator(self, text):
        """Return the separator that stands first in the file."""
        return next((letter for letter in text if letter in SEPARATORS), ",")

    def _read_row(self, number, cells):
        if len([cell for cell in cells if cell]) != 2 or not all(cells[:2]):
            raise self._wrong_row(
                number,
                self.env._("it must have a date and a name, like 1406/01/10, Eid"),
            )
        try:
            date = parse_jalali(cells[0])
        except ValueError:
            raise self._wrong_row(
                number,
                self.env._(
                    "“%(text)s” is not a date; write it like 1406/01/10",
                    text=cells[0],
                ),
            ) from None
        if to_jalali(date)[0] != self.year:
            raise self._wrong_row(
                number,
                self.env._(
                    "“%(text)s” does not lie in the year %(year)s",
                    text=cells[0],
                    year=self._in_screen_digits(str(self.year)),
                ),
            )
        return date, cells[1]

    def _wrong_row(self, number, reason):
        return UserError(
            self.env._(
                "Row %(row)s of the file is wrong: %(reason)s. Nothing was loaded.",
                row=self._in_screen_digits(str(number)),
                reason=reason,
            )
        )
