from odoo import fields, models


class AuditVisitReturn(models.TransientModel):
    """Sends a submitted visit back to its team, saying why and for which items."""

    _name = "audit.visit.return"
    _inherit = ["audit.return"]
    _description = "Return of a Visit"

    visit_id = fields.Many2one("audit.visit", required=True)
    version_id = fields.Many2one(related="visit_id.assessment_id.version_id")

    def action_return(self):
        """Return the visit, or begin its correction if it was accepted."""
        self.ensure_one()
        visit, codes = self.visit_id, self.item_ids.mapped("code")
        if visit.state == "accepted":
            visit._correct(self.reason, codes)
        else:
            visit._return(self.reason, codes)
        return {"type": "ir.actions.act_window_close"}
