from odoo import fields, models


class ReformQuarterReportLine(models.Model):
    """One row of a quarterly report, as it stood when the report was made."""

    _name = "reform.quarter.report.line"
    _description = "Line of a Quarterly Report"
    _inherit = ["agency.seal.part"]
    _order = "report_id, section, sequence, id"

    _seal_parent = "report_id"
    _seal_fields = (
        "section", "sequence", "code", "day", "status", "unit",
        "planned", "realised", "score", "ceiling", "annexes", "is_late",
    )  # fmt: skip
    # What a meeting was about and decided may name people, as in its minutes.
    _seal_personal_fields = ("name", "person")

    report_id = fields.Many2one(
        "reform.quarter.report", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="report_id.company_id", store=True, precompute=True
    )
    section = fields.Selection(
        [
            ("1_meeting", "Meetings"),
            ("2_resolution", "Resolutions"),
            ("3_plan", "Programme"),
            ("4_indicator", "Indicators"),
            ("5_course", "Course of the Year"),
        ],
        required=True,
        readonly=True,
    )
    sequence = fields.Integer(readonly=True)
    code = fields.Char("Number", readonly=True)
    name = fields.Char(readonly=True)
    person = fields.Char("Responsible", readonly=True)
    day = fields.Date(readonly=True)
    status = fields.Char(readonly=True)
    unit = fields.Char("Unit of Measure", readonly=True)
    planned = fields.Float("Planned, or Standard", readonly=True, digits=(16, 3))
    realised = fields.Float(readonly=True, digits=(16, 3))
    score = fields.Float(readonly=True, digits=(16, 2))
    ceiling = fields.Float(readonly=True, digits=(16, 2))
    annexes = fields.Char("Annex No.", readonly=True)
    is_late = fields.Boolean("Overdue", readonly=True)
