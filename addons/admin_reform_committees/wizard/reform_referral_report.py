from odoo import fields, models
from odoo.exceptions import AccessError


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
        # sudo: only whose they are is asked
        for file_sudo in self.attachment_ids.sudo():
            if (
                file_sudo.create_uid != self.env.user
                or file_sudo.res_model != self._name
            ):
                raise AccessError(
                    self.env._("Only files of your own go with the report.")
                )
        self.referral_id.check_access("read")
        self.referral_id.report_back(self.report, self.attachment_ids)
        return {"type": "ir.actions.act_window_close"}
