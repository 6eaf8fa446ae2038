from odoo import fields, models


class ReformReferralReport(models.TransientModel):
    """The written report on a referral, with its files."""

    _name = "reform.referral.report"
    _description = "Report on a Referral"

    referral_id = fields.Many2one(
        "reform.referral", required=True, readonly=True, ondelete="cascade"
    )
    from_committee_id = fields.Many2one(related="referral_id.from_committee_id")
    due_on = fields.Date(related="referral_id.due_on")
    report = fields.Text(required=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Files")

    def action_report(self):
        """Send the report; the referral itself checks who may."""
        self.ensure_one()
        self.attachment_ids._check_sent_with(self)
        self.referral_id.check_access("read")
        self.referral_id.report_back(self.report, self.attachment_ids)
        return {"type": "ir.actions.act_window_close"}
