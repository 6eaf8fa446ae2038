from odoo import models


class AuditPhaseSchedule(models.Model):
    """The way from a phase to its schedule."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.phase"

    def action_schedule(self):
        """Open the proposal under way, or begin one."""
        self.ensure_one()
        schedules = self.env["audit.schedule"]
        open_one = schedules.search(
            [("phase_id", "=", self.id), ("state", "in", ("draft", "proposed"))],
            limit=1,
        )
        return (open_one or schedules.create({"phase_id": self.id}))._open()
