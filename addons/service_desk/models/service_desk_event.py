from odoo import fields, models

KINDS = [
    ("registered", "Registered"),
    ("incomplete", "Returned for Documents"),
    ("completed", "Documents Complete"),
    ("uploaded", "Document Sent by the Client"),
    ("referred", "Referred to a Unit"),
    ("accepted", "Accepted by the Unit"),
    ("returned", "Returned by the Unit"),
    ("answered", "Answered by the Unit"),
    ("sent_inside", "Client Sent to a Unit"),
    ("ready", "Ready"),
    ("delivered", "Delivered"),
    ("informed", "Informed"),
    ("rejected", "Rejected"),
    ("cancelled", "Cancelled"),
    ("promise_moved", "Promise Moved"),
    ("appealed", "Objection Made"),
    ("appointment", "Appointment Made"),
    ("came_again", "Client Came Again"),
    ("handed_over", "Handed to the Stand-in"),
    ("escalated", "Reported as Late"),
    ("merged", "Duplicates Merged Into It"),
]


class ServiceDeskEvent(models.Model):
    """What happened to a request: the legal history, never changed."""

    _name = "service.desk.event"
    _inherit = ["agency.event.mixin"]
    _description = "Event of a Request"
    _order = "happened_at desc, id desc"

    request_id = fields.Many2one(
        "service.desk.request",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    department_id = fields.Many2one(
        "hr.department", "Unit", readonly=True, ondelete="restrict"
    )
    note = fields.Char(readonly=True)

    _recent_idx = models.Index("(happened_at)")
