from odoo import fields, models


class ReformInvitationDecline(models.TransientModel):
    """Decline one's own invitation, perhaps sending somebody in one's place."""

    _name = "reform.invitation.decline"
    _description = "Decline an Invitation"

    meeting_id = fields.Many2one("reform.meeting", required=True, ondelete="cascade")
    note = fields.Char("Why")
    substitute = fields.Char(help="Name of the one who comes instead.")

    def action_decline(self):
        """Decline; the meeting itself checks who is invited."""
        self.ensure_one()
        self.meeting_id.answer_invitation(
            "declined", self.note or "", self.substitute or ""
        )
        return {"type": "ir.actions.act_window_close"}
