from odoo import fields, models


class ServiceDeskPromise(models.Model):
    """A date that was promised to a client. A later one never replaces it."""

    _name = "service.desk.promise"
    _inherit = ["agency.event.mixin"]
    _description = "Promised Date"
    _order = "id desc"

    request_id = fields.Many2one(
        "service.desk.request",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    date_promised = fields.Date(required=True, readonly=True)
    cause = fields.Selection(
        [
            ("registration", "Registration"),
            ("documents", "Documents Completed"),
            ("agency", "Moved by the Agency"),
        ],
        required=True,
        readonly=True,
        help="Only days the client needed for documents are charged to the client.",
    )
    reason = fields.Char(readonly=True)

    _agency_move_is_explained = models.Constraint(
        "CHECK (cause != 'agency' OR COALESCE(reason, '') != '')",
        "A promise is moved for a reason, which the client is told.",
    )
