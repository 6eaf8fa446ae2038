from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AuditVisitReturn(models.TransientModel):
    """Sends a submitted visit back to its team, saying why and for which items."""

    _name = "audit.visit.return"
    _description = "Return of a Visit"

    visit_id = fields.Many2one("audit.visit", required=True)
    version_id = fields.Many2one(related="visit_id.assessment_id.version_id")
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
                    self.env._("Choose among the items of this visit's checklist.")
                )

    def action_return(self):
        """Return the visit, or begin its correction if it was accepted."""
        self.ensure_one()
        visit, codes = self.visit_id, self.item_ids.mapped("code")
        if visit.state == "accepted":
            visit._correct(self.reason, codes)
        else:
            visit._return(self.reason, codes)
        return {"type": "ir.actions.act_window_close"}
