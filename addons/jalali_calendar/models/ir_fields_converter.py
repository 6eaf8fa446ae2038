import datetime

from odoo import api, fields, models
from odoo.tools.misc import get_lang

from ..tools import is_gregorian_year, parse_jalali, parse_jalali_datetime

#: The Jalali years that files of people alive are about.
PLAUSIBLE_JALALI_YEARS = range(1200, 1500)


class IrFieldsConverter(models.AbstractModel):
    """Read Jalali dates from files and other programs, never as Gregorian ones.

    Odoo takes ``1404-09-01`` for a day of the Middle Ages. In a Jalali language it
    is converted; in the other languages of a database that has a Jalali one it is
    refused, because nobody can tell what was meant.
    """

    _inherit = "ir.fields.converter"

    @api.model
    def _str_to_date(self, model, field, value, savepoint):
        if get_lang(self.env).calendar == "jalali":
            value = fields.Date.to_string(self._read_jalali(value, parse_jalali))
        result = super()._str_to_date(model, field, value, savepoint)
        self._refuse_doubtful_date(value, result[0])
        return result

    @api.model
    def _str_to_datetime(self, model, field, value, savepoint):
        if get_lang(self.env).calendar == "jalali":
            moment = self._read_jalali(value, parse_jalali_datetime)
            value = fields.Datetime.to_string(moment)
        result = super()._str_to_datetime(model, field, value, savepoint)
        self._refuse_doubtful_date(value, result[0])
        return result

    @api.model
    def _read_jalali(self, value, parse):
        """Return the date or datetime of a text; a spreadsheet has dates already."""
        try:
            if isinstance(value, datetime.date):
                # Spreadsheets count their days of that age in the Julian calendar.
                if not is_gregorian_year(value.year):
                    raise ValueError(value)
                return value
            return parse(str(value))
        except ValueError:
            raise self._wrong_date(value) from None

    @api.model
    def _refuse_doubtful_date(self, value, text):
        if self._is_doubtful_date(text):
            raise self._wrong_date(value)

    @api.model
    def _is_doubtful_date(self, text):
        """Tell whether an ISO date of the 13th to 15th century is a Jalali one."""
        if int(text.partition("-")[0]) not in PLAUSIBLE_JALALI_YEARS:
            return False
        languages = self.env["res.lang"]._get_active_by("code").values()
        return any(language.calendar == "jalali" for language in languages)

    @api.model
    def _wrong_date(self, value):
        if get_lang(self.env).calendar == "jalali":
            message = self.env._(
                "'%s' is not a date for the field '%%(field)s'. Write it like"
                " 1405/09/01; a date cell of a spreadsheet must not hold a Jalali"
                " year, make it a text."
            )
        else:
            message = self.env._(
                "'%s' for the field '%%(field)s' looks like a Jalali date. Import it"
                " in a language with the Jalali calendar, or write the Gregorian year."
            )
        return self._format_import_error(ValueError, message, value)
