from odoo import fields, models


class AuditGradeBand(models.Model):
    """One grade: the scores from its minimum up to the next grade."""

    _name = "audit.grade.band"
    _description = "Grade"
    _inherit = ["audit.content.mixin"]
    _order = "scale_id, minimum desc"

    scale_id = fields.Many2one(
        "audit.grade.scale", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="scale_id.company_id", store=True)
    name = fields.Char("Grade", required=True, translate=True)
    code = fields.Char(required=True)
    minimum = fields.Float("From", required=True, digits=(5, 2), help="0 to 100.")
    tint = fields.Selection(
        [
            ("success", "Green"),
            ("info", "Blue"),
            ("warning", "Amber"),
            ("danger", "Red"),
        ],
        "Colour",
        required=True,
        default="info",
    )

    _minimum_in_range = models.Constraint(
        "CHECK (minimum >= 0 AND minimum <= 100)", "A grade begins between 0 and 100."
    )
    _code_uniq = models.Constraint(
        "UNIQUE (scale_id, code)", "Another grade of this scale has this code."
    )
    _minimum_uniq = models.Constraint(
        "UNIQUE (scale_id, minimum)", "Two grades of a scale cannot begin alike."
    )

    def _content_versions(self):
        return self.scale_id._content_versions()
