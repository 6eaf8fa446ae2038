from odoo import fields, models
from odoo.exceptions import UserError


class AuditUnitKind(models.Model):
    """What sort of place is visited: it decides which items are asked there."""

    _name = "audit.unit.kind"
    _description = "Kind of Unit"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Stays for good: scores are computed by it.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex("(code)", "Another kind of unit has this code.")

    def write(self, vals):
        if "code" in vals:
            self.filtered(lambda kind: kind.code != vals["code"])._check_unused()
        return super().write(vals)

    def unlink(self):
        self._check_unused()
        return super().unlink()

    def _check_unused(self):
        """Raise UserError for kinds that checklists speak of."""
        # sudo: also those of other companies count
        item = (
            self.env["audit.checklist.item"]
            .sudo()
            .search([("unit_kind_ids", "in", self.ids)], limit=1)
        )
        if item:
            raise UserError(
                self.env._(
                    "%(item)s depends on this kind of unit. Archive it instead.",
                    item=item.display_name,
                )
            )
