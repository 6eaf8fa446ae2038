from odoo import api, fields, models
from odoo.tools.misc import format_date

from .audit_schedule_problem import FRIDAY
from .audit_team_duty import DAY_FORMAT

SECONDS_PER_MINUTE = 60


class AuditVisit(models.Model):
    """What becomes of a visit that is dragged in the calendar: it shows no form."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.visit"

    closed_day = fields.Char(
        "Offices Closed",
        compute="_compute_closed_day",
        help="The holiday on which the visit is planned.",
    )

    @api.depends("planned_on")
    def _compute_closed_day(self):
        days = set(self.filtered("planned_on").mapped("planned_on"))
        # sudo: the official holidays are public
        holidays = self.env["jalali.holiday"].sudo().search([("date", "in", days)])
        names = {
            day: self.env._("Friday") for day in days if day.weekday() == FRIDAY
        } | {holiday.date: holiday.name for holiday in holidays}
        for visit in self:
            visit.closed_day = names.get(visit.planned_on, False)

    def write(self, vals):
        if "planned_stop" not in vals or len(self) != 1:
            return super().write(vals)
        result = super().write(self._with_minutes(vals))
        if self.closed_day:
            self.env.user._bus_send(
                "simple_notification",
                {"type": "warning", "message": self._closed_day_text()},
            )
        return result

    def _with_minutes(self, vals):
        """Return the values with the length of the visit in place of its end."""
        start = fields.Datetime.to_datetime(vals.get("planned_start"))
        start = start or self.planned_start
        stop = fields.Datetime.to_datetime(vals["planned_stop"])
        if not start or not stop:
            return vals
        seconds = (stop - start).total_seconds()
        minutes = {"planned_minutes": round(seconds / SECONDS_PER_MINUTE)}
        return {k: v for k, v in vals.items() if k != "planned_stop"} | minutes

    def _closed_day_text(self):
        return self.env._(
            "%(unit)s is now visited on %(day)s, when offices are closed (%(name)s).",
            unit=self.unit_id.name,
            day=format_date(self.env, self.planned_on, date_format=DAY_FORMAT),
            name=self.closed_day,
        )
