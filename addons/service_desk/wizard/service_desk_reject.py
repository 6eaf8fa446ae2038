from odoo import api, fields, models


class ServiceDeskReject(models.TransientModel):
    """Asks for the reason of a rejection and its words at once, then rejects."""

    _name = "service.desk.reject"
    _description = "Rejection of a Request"

    request_id = fields.Many2one("service.desk.request", required=True)
    reject_reason_id = fields.Many2one("service.desk.reject.reason", required=True)
    reject_reason = fields.Text(
        "Reason in Words",
        required=True,
        help="Read by the client on the tracking page.",
    )

    @api.model
    def default_get(self, fields_list):
        """Bring what was written on the request before."""
        values = super().default_get(fields_list)
        request = self.env["service.desk.request"].browse(values.get("request_id"))
        return {
            "reject_reason_id": request.reject_reason_id.id,
            "reject_reason": request.reject_reason,
        } | values

    def action_confirm(self):
        """Reject the request; its own guards decide whether that may be."""
        self.ensure_one()
        self.request_id.write(
            {
                "reject_reason_id": self.reject_reason_id.id,
                "reject_reason": self.reject_reason,
            }
        )
        self.request_id.action_reject()
        return {"type": "ir.actions.act_window_close"}
