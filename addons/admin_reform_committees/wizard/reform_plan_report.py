from odoo import api, fields, models

from ..year_rules import QUARTERS


class ReformPlanReport(models.TransientModel):
    """Report on one line of a programme."""

    _name = "reform.plan.report"
    _description = "Report on a Programme"

    line_id = fields.Many2one("reform.plan.line", required=True)
    quarter = fields.Selection(
        QUARTERS,
        required=True,
        default=lambda self: str(self.env["reform.body.record"]._this_quarter()[1]),
        help="What was done until its end, or until now.",
    )
    percent = fields.Integer(
        "Done (%)",
        compute="_compute_percent",
        store=True,
        readonly=False,
        required=True,
    )
    note = fields.Text("What Was Done")
    evidence_ids = fields.Many2many("ir.attachment")

    @api.depends("line_id")
    def _compute_percent(self):
        for report in self:
            report.percent = report.line_id.percent

    def action_report(self):
        """Put the report on record."""
        self.ensure_one()
        self.line_id._report(self.quarter, self.percent, self.note, self.evidence_ids)
        return {"type": "ir.actions.act_window_close"}
