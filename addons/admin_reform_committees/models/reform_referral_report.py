from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class ReformReferralReport(models.Model):
    """The report on a referral: what a meeting made of it, or written without one."""

    _inherit = "reform.referral"

    report_file_ids = fields.Many2many(
        "ir.attachment",
        "reform_referral_file_rel",
        string="Files of the Report",
        readonly=True,
        copy=False,
    )
    user_reports = fields.Boolean("I Report on It", compute="_compute_user_reports")

    @api.depends("state", "committee_id")
    @api.depends_context("uid")
    def _compute_user_reports(self):
        office = self.env.user.has_group("admin_reform_committees.group_reform_office")
        for referral in self:
            runs = office or referral.committee_id.user_runs
            referral.user_reports = referral.state == "open" and runs

    def action_report(self):
        """Write the report of a body that does not meet over it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "admin_reform_committees.reform_referral_report_action"
        )
        return action | {"context": {"default_referral_id": self.id}}

    def report_back(self, text, files=None):
        """Report without a meeting, as a small working group does."""
        for referral in self:
            if not (text or "").strip():
                raise UserError(self.env._("A report says something."))
            referral._set_stamps({"report": text.strip()})
            referral.write({"state": "reported"})
            if files:
                files._become_evidence_of(referral)
                # sudo: who may report was asked by the transition
                referral.sudo()._set_stamps(
                    {"report_file_ids": [Command.set(files.ids)]}
                )
        return True

    def _report_from(self, item):
        """Take what the other body made of its item as the report."""
        self.ensure_one()
        lines = [item.notes or "", *item.resolution_ids.mapped("text")]
        outcomes = dict(item._fields["outcome"]._description_selection(item.env))
        text = "\n".join(filter(None, lines)) or outcomes[item.outcome]
        files = self._copies(item.attachment_ids, self)
        self._set_stamps({"report": text, "report_file_ids": [Command.set(files.ids)]})
        self.write({"state": "reported"})

    def _copies(self, files, record):
        """Return copies of files that belong to ``record``: who sees it sees them."""
        # sudo: they are handed on by the act that hands on what they belong to
        copies_sudo = self.env["ir.attachment"].sudo()
        for file_sudo in files.sudo():
            copies_sudo |= file_sudo.copy(
                {"res_model": record._name, "res_id": record.id}
            )
        return copies_sudo
