from odoo import fields, models


class ReformMeetingReason(models.TransientModel):
    """Ask why a meeting is cancelled or adjourned, or its minutes returned."""

    _name = "reform.meeting.reason"
    _description = "Reason"

    meeting_id = fields.Many2one("reform.meeting", required=True, ondelete="cascade")
    target = fields.Selection(
        [
            ("cancelled", "Cancel the meeting"),
            ("adjourned", "Adjourn the meeting"),
            ("held", "Return the minutes"),
            ("amended", "Amend the minutes"),
        ],
        required=True,
    )
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Carry it out; the meeting itself checks who may."""
        self.ensure_one()
        if self.target == "amended":
            self.meeting_id._amend(self.reason)
        else:
            self.meeting_id.write({"state": self.target, "reason": self.reason})
        return {"type": "ir.actions.act_window_close"}
