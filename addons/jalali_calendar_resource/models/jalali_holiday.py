from odoo import api, models


class JalaliHoliday(models.Model):
    _inherit = "jalali.holiday"

    @api.model_create_multi
    def create(self, vals_list):
        holidays = super().create(vals_list)
        self._sync_calendars(holidays.mapped("date"))
        return holidays

    def write(self, vals):
        dates = self.mapped("date")
        result = super().write(vals)
        if {"date", "name"} & vals.keys():
            self._sync_calendars(dates + self.mapped("date"))
        return result

    def unlink(self):
        dates = self.mapped("date")
        result = super().unlink()
        self._sync_calendars(dates)
        return result

    @api.model
    def _sync_calendars(self, dates):
        """Carry a change of some days to the working calendars that follow."""
        if dates:
            calendars = self.env["resource.calendar"].sudo()
            calendars = calendars.with_context(active_test=False).search(
                [("has_official_holidays", "=", True)]
            )
            calendars._sync_official_holidays(dates)
