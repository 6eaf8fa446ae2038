from odoo import api, fields, models

from odoo.addons.agency_base.tools import localize_digits


class AuditResponseOption(models.Model):
    """One answer of a response set."""

    _name = "audit.response.option"
    _description = "Answer"
    _inherit = ["audit.content.mixin"]
    _order = "set_id, sequence, id"

    set_id = fields.Many2one(
        "audit.response.set", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="set_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    name = fields.Char("Answer", required=True, translate=True)
    code = fields.Char(required=True)
    is_scored = fields.Boolean("Counts", default=True)
    ratio = fields.Float(
        "Worth", digits=(4, 3), help="0 to 1: the part of the item's weight it earns."
    )
    is_na = fields.Boolean("Not Applicable", help="Takes the item out of the score.")
    is_fail = fields.Boolean(
        "Is a Finding", help="This answer gives rise to a finding."
    )
    shape = fields.Selection(
        [
            ("yes", "Tick, green"),
            ("part", "Half circle, amber"),
            ("no", "Cross, red"),
            ("na", "Crossed circle, grey"),
            ("plain", "No sign, blue"),
        ],
        "Sign",
        required=True,
        default="plain",
        help="Answers are told apart by word, sign and colour.",
    )

    _code_uniq = models.Constraint(
        "UNIQUE (set_id, code)", "Another answer of this set has this code."
    )
    _ratio_in_range = models.Constraint(
        "CHECK (ratio >= 0 AND ratio <= 1)", "An answer is worth 0 to 1."
    )
    _na_is_not_scored = models.Constraint(
        "CHECK (NOT (is_na AND (is_scored OR is_fail)))",
        "What is not applicable neither counts nor is it a finding.",
    )

    @api.depends("name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        # The marks of a scale are figures.
        for option in self:
            option.display_name = localize_digits(option.name or "", self.env.lang)

    def _content_versions(self):
        return self.set_id._content_versions()

    def _check_content_draft(self, versions):
        self.set_id._check_content_draft(versions)
