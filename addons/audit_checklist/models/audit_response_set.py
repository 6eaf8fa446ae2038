from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class AuditResponseSet(models.Model):
    """The answers an item may have, and what each is worth."""

    _name = "audit.response.set"
    _description = "Response Set"
    _inherit = ["audit.content.mixin"]
    _order = "sequence, id"
    _rec_names_search = ["name", "code"]

    # === Identity ===
    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="By which spreadsheets name the set.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
        help="Empty: for all companies.",
    )

    # === Answers ===
    kind = fields.Selection(
        [
            ("options", "One of several answers"),
            ("number", "A number against a target"),
            ("text", "Words, without a score"),
        ],
        required=True,
        default="options",
    )
    option_ids = fields.One2many(
        "audit.response.option", "set_id", "Answers", copy=True
    )
    value_min = fields.Float("Worth Nothing At", help="The number that is worth 0.")
    value_target = fields.Float(
        "Target",
        help="The number that is worth the full weight. Below the other one where less "
        "is better.",
    )
    sample_size = fields.Integer(
        "Number of Values",
        default=1,
        help="How many values are asked for, as of five clients; their mean counts.",
    )

    _code_uniq = models.UniqueIndex(
        "(COALESCE(company_id, 0), code)", "Another response set has this code."
    )
    _target_differs = models.Constraint(
        "CHECK (kind != 'number' OR"
        " COALESCE(value_min, 0) != COALESCE(value_target, 0))",
        "The target must differ from the number that is worth nothing.",
    )
    _sample_is_natural = models.Constraint(
        "CHECK (sample_size BETWEEN 1 AND 20)", "Ask for 1 to 20 values."
    )

    @api.constrains("code", "company_id")
    def _check_code_shared(self):
        for response_set in self:
            # A spreadsheet names a set by its code alone: two would be meant by one.
            domain = [("code", "=", response_set.code), ("id", "!=", response_set.id)]
            if response_set.company_id:
                domain.append(("company_id", "=", False))
            # sudo: a shared set meets those of companies its author does not see
            other_sudo = (
                self.sudo().with_context(active_test=False).search(domain, limit=1)
            )
            if other_sudo:
                raise ValidationError(
                    self.env._(
                        "Another response set, shared by all companies or of one of "
                        "them, has the code %(code)s: a spreadsheet could mean either. "
                        "Choose another code.",
                        code=response_set.code,
                    )
                )

    def copy_data(self, default=None):
        return [
            vals
            | {
                "name": self.env._("%(name)s (copy)", name=response_set.name),
                "code": f"{response_set.code}_2",
            }
            | (default or {})
            for response_set, vals in zip(self, super().copy_data(default), strict=True)
        ]

    def _content_versions(self):
        return (
            self.env["audit.checklist.item"]
            .search([("response_set_id", "in", self.ids)])
            .version_id
        )

    def _check_content_draft(self, versions):
        published = versions.filtered(lambda version: version.state != "draft")
        if published:
            raise UserError(
                self.env._(
                    "“%(set)s” is used by %(version)s, which is published: answers "
                    "that were given must not change. Duplicate the set, change the "
                    "copy, and choose it for the items of a new version.",
                    set=self[:1].name,
                    version=published[:1].display_name,
                )
            )

    def _content_response(self):
        """Return the set as `tools.scoring` and the phone read it."""
        self.ensure_one()
        response = {"kind": self.kind, "code": self.code, "name": self.name}
        if self.kind == "options":
            response["options"] = [
                {
                    "code": option.code,
                    "name": option.name,
                    "ratio": option.ratio if option.is_scored else None,
                    "is_na": option.is_na,
                    "is_fail": option.is_fail,
                    "shape": option.shape,
                    "id": option.id,
                }
                for option in self.option_ids
            ]
        elif self.kind == "number":
            response |= {
                "min": self.value_min,
                "target": self.value_target,
                "sample_size": self.sample_size,
            }
        return response
