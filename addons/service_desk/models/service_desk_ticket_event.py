from odoo import fields, models


class ServiceDeskTicketEvent(models.Model):
    """What happened to a number, when and at which counter: only ever added to."""

    _name = "service.desk.ticket.event"
    _inherit = ["agency.event.mixin"]
    _description = "Event of a Queue Number"
    _order = "id desc"

    ticket_id = fields.Many2one(
        "service.desk.ticket",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    desk_id = fields.Many2one(
        "service.desk", required=True, readonly=True, ondelete="restrict"
    )
    counter_id = fields.Many2one(
        "service.desk.counter", readonly=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [
            ("drawn", "Drawn"),
            ("called", "Called"),
            ("recalled", "Called Again"),
            ("hold", "Put on Hold"),
            ("done", "Served"),
            ("no_show", "Did Not Come"),
            ("left", "Left"),
        ],
        required=True,
        readonly=True,
    )
