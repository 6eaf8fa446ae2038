import babel

from odoo import api, fields, models
from odoo.tools.misc import get_lang

CALENDARS = [("gregorian", "Gregorian"), ("jalali", "Jalali")]
#: The languages of Iran; Dari (fa_AF) has other names for the same months.
JALALI_LANGUAGES = ("fa", "fa_IR")


class ResLang(models.Model):
    _inherit = "res.lang"

    calendar = fields.Selection(
        selection=CALENDARS,
        compute="_compute_calendar",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="The calendar of every date that is shown, typed, grouped or printed"
        " in this language. Dates are stored the same way in both.",
    )

    @api.depends("code")
    def _compute_calendar(self):
        for lang in self:
            is_jalali = lang.code in JALALI_LANGUAGES
            lang.calendar = "jalali" if is_jalali else "gregorian"

    @property
    def CACHED_FIELDS(self):  # noqa: N802 (Odoo's name)
        return super().CACHED_FIELDS | {"calendar"}

    @api.model_create_multi
    def create(self, vals_list):
        langs = super().create(vals_list)
        self._get_active_by("code")
        return langs

    def write(self, vals):
        result = super().write(vals)
        self._get_active_by("code")
        return result

    def _register_hook(self):
        super()._register_hook()
        self._get_active_by("code")

    def _get_active_by(self, field):
        languages = super()._get_active_by(field)
        registry = self.env.registry
        # Babel knows the locale of a call but has no cursor. It finds the answer on
        # the registry, as old as the cache that every formatter reads just before.
        if field == "code" and languages is not getattr(
            registry, "jalali_source", None
        ):
            registry.jalali_source = languages
            registry.jalali_locales = self._jalali_locales(languages)
        return languages

    @api.model
    def _jalali_locales(self, languages):
        """Return the names of Babel's locales that stand for Jalali languages.

        The bare language (``fa``) goes with its first variant unless it is a
        language of its own.
        """
        locales = {}
        for code, data in languages.items():
            if not babel.localedata.exists(code):
                continue
            is_jalali = data.calendar == "jalali"
            locales.setdefault(code.split("_")[0], is_jalali)
            locales[code] = is_jalali
        return frozenset(code for code, is_jalali in locales.items() if is_jalali)

    @api.model
    def _reads_persian_digits(self):
        """Tell whether the current language writes numbers in Persian digits."""
        return get_lang(self.env).code.split("_")[0] == "fa"

    @api.model
    def _get_screen_calendar(self):
        """Return the calendar in which the current user reads his screens."""
        calendar = get_lang(self.env).calendar
        if calendar == "jalali" and self.env.user.calendar_preference == "gregorian":
            return "gregorian"
        return calendar or "gregorian"
