from odoo import fields, models


class ServiceDeskPromiseMove(models.TransientModel):
    """Tells a client a later date, with the reason."""

    _name = "service.desk.promise.move"
    _description = "Move a Promise"

    request_id = fields.Many2one("service.desk.request", required=True)
    date_promised = fields.Date(related="request_id.date_promised", string="Promised")
    new_date = fields.Date(required=True)
    reason = fields.Char(required=True, help="Shown to the client.")

    def action_confirm(self):
        self.ensure_one()
        self.request_id.action_move_promise(self.new_date, self.reason)
        return {"type": "ir.actions.act_window_close"}
