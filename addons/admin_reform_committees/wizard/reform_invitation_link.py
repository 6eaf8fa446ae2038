from odoo import api, fields, models


class ReformInvitationLinkShown(models.TransientModel):
    """The link by which somebody answers his invitation, to be handed to him."""

    _name = "reform.invitation.link"
    _description = "Link of an Invitation"

    attendance_id = fields.Many2one(
        "reform.attendance", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(related="attendance_id.partner_id")
    url = fields.Char("Link", compute="_compute_url")

    @api.depends("attendance_id")
    def _compute_url(self):
        for shown in self:
            shown.url = shown.attendance_id._handed_over()

    def action_print(self):
        """Print the invitation of this one, with his link as a code for the phone."""
        self.ensure_one()
        self.attendance_id._handed_over()
        report = self.env.ref("admin_reform_committees.reform_invitation_slip_report")
        return report.report_action(self.attendance_id)
