from odoo import fields, models
from odoo.tools.misc import format_date

DAY_FORMAT = "EEEE d MMMM yyyy"
UPCOMING = ("planned", "in_progress")


class AuditTeam(models.Model):
    """The duty sheet of a team: where it goes from today on."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.team"

    def _duty_values(self):
        """Return what the duty sheet says: the visits to come, day by day."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        visits = self.env["audit.visit"].search(
            [
                ("team_id", "=", self.id),
                ("state", "in", UPCOMING),
                ("planned_on", ">=", today),
            ],
            order="planned_start, id",
        )
        members = self._members_on(visits[:1].planned_on or today)
        return {
            "title": self.env._("Duty Sheet"),
            "subtitle": f"{self.programme_id.name} · {self.name}",
            "members": members.sorted(lambda member: not member.is_lead),
            "days": [
                {
                    "name": format_date(self.env, day, date_format=DAY_FORMAT),
                    "visits": [visit._paper_row() for visit in on_day],
                }
                for day, on_day in visits.grouped("planned_on").items()
            ],
            "signatures": [
                {
                    "name": self.programme_id.user_id.name,
                    "role": self.env._("Programme officer"),
                }
            ],
        }
