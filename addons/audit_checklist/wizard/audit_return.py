from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AuditReturn(models.AbstractModel):
    """Sends something back to whoever answered: why, and for which items."""

    _name = "audit.return"
    _description = "Return of Answers"

    # A wizard says of which checklist the items are.
    version_id = fields.Many2one("audit.checklist.version")
    reason = fields.Text(required=True)
    item_ids = fields.Many2many(
        "audit.checklist.item",
        string="Items to Mend",
        domain="[('version_id', '=', version_id)]",
        help="Empty: all of them may be changed.",
    )

    @api.constrains("item_ids")
    def _check_items(self):
        for wizard in self:
            if wizard.item_ids.version_id - wizard.version_id:
                raise ValidationError(
                    self.env._("Choose among the items of the checklist answered.")
                )


class AuditDeclarationReturn(models.TransientModel):
    """Sends a submitted declaration back to its agency."""

    _name = "audit.declaration.return"
    _inherit = ["audit.return"]
    _description = "Return of a Declaration"

    assessment_id = fields.Many2one("audit.assessment", required=True)
    version_id = fields.Many2one(related="assessment_id.version_id")

    def action_return(self):
        """Send the declaration back; the agency reads the reason."""
        self.ensure_one()
        self.assessment_id._return_declaration(
            self.reason.strip(), self.item_ids.mapped("code")
        )
        return {"type": "ir.actions.act_window_close"}
