from odoo import fields, models


class ServiceDeskAppeal(models.TransientModel):
    """Takes the objection of a client who comes, calls or writes, in his own words."""

    _name = "service.desk.appeal"
    _description = "Objection of a Client"

    request_id = fields.Many2one("service.desk.request", required=True)
    reject_reason = fields.Text(related="request_id.reject_reason")
    objection_until = fields.Date(related="request_id.objection_until")
    text = fields.Text("What the Client Says", required=True)

    def action_confirm(self):
        """Register the objection and open it: it has a code of its own."""
        self.ensure_one()
        self.request_id.check_access("write")
        appeal = self.request_id.action_appeal(self.text)
        return {
            "type": "ir.actions.act_window",
            "res_model": appeal._name,
            "res_id": appeal.id,
            "views": [(False, "form")],
        }
