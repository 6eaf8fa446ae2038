from odoo import api, models
from odoo.tools.misc import get_lang

from odoo.addons.jalali_calendar.tools import replace_dates


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    @api.model
    def _get_display_time(self, start, stop, zduration, zallday):
        # Odoo writes the days with strftime, which knows no other calendar.
        text = super()._get_display_time(start, stop, zduration, zallday)
        lang = get_lang(self.env)
        if lang.calendar != "jalali":
            return text
        return replace_dates(text, lang.date_format)
