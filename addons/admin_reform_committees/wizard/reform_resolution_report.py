from odoo import fields, models


class ReformResolutionReport(models.TransientModel):
    """Report on a resolution, with the files that prove it."""

    _name = "reform.resolution.report"
    _description = "Report on a Resolution"

    resolution_id = fields.Many2one(
        "reform.resolution", required=True, ondelete="cascade"
    )
    percent = fields.Integer("Percent Done")
    note = fields.Text("What Was Done")
    attachment_ids = fields.Many2many("ir.attachment", string="Evidence")

    def action_report(self):
        """Add the report to the course; the resolution itself checks who may."""
        self.ensure_one()
        self.attachment_ids._check_sent_with(self)
        self.resolution_id.check_access("read")
        self.attachment_ids._become_evidence_of(self.resolution_id)
        self.resolution_id.report(self.note, self.percent, self.attachment_ids.ids)
        return {"type": "ir.actions.act_window_close"}
