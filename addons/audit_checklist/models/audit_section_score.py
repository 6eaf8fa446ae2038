from odoo import fields, models


class AuditSectionScore(models.Model):
    """What one section of an assessment scored, with the fraction it comes from."""

    _name = "audit.section.score"
    _description = "Score of a Section"
    _inherit = ["agency.seal.part"]
    _order = "assessment_id, sequence, id"
    _seal_parent = "assessment_id"
    _seal_fields = (
        "section_id",
        "score",
        "has_score",
        "points",
        "maximum",
        "relevant_count",
        "answered_count",
    )

    assessment_id = fields.Many2one(
        "audit.assessment", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="assessment_id.company_id", store=True, index=True
    )
    section_id = fields.Many2one(
        "audit.checklist.section", required=True, ondelete="restrict"
    )
    sequence = fields.Integer(related="section_id.sequence", store=True)
    score = fields.Float(digits=(5, 2), aggregator="avg")
    has_score = fields.Boolean()
    points = fields.Float()
    maximum = fields.Float()
    relevant_count = fields.Integer("Items Asked")
    answered_count = fields.Integer("Items Answered")

    _section_uniq = models.Constraint(
        "UNIQUE (assessment_id, section_id)", "A section is scored once."
    )
