from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AuditGradeScale(models.Model):
    """How scores are called: excellent from 85 on, good from 70 on, and so forth."""

    _name = "audit.grade.scale"
    _description = "Grade Scale"
    _inherit = ["audit.content.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
        help="Empty: for all companies.",
    )
    band_ids = fields.One2many("audit.grade.band", "scale_id", "Grades", copy=True)

    @api.constrains("band_ids")
    def _check_lowest_grade(self):
        for scale in self:
            if scale.band_ids and min(scale.band_ids.mapped("minimum")) != 0:
                raise ValidationError(
                    self.env._(
                        "The lowest grade of %(scale)s must begin at 0, so that every "
                        "score has a grade.",
                        scale=scale.name,
                    )
                )

    def _content_versions(self):
        return self.env["audit.checklist.version"].search(
            [("grade_scale_id", "in", self.ids)]
        )

    def _content_bands(self):
        """Return the grades as `tools.scoring` reads them."""
        return [
            {
                "code": band.code,
                "name": band.name,
                "minimum": band.minimum,
                "tint": band.tint,
            }
            for band in self.band_ids
        ]
