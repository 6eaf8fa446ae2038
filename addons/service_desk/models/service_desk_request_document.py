from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import clock
from .service_desk_service_document import FORMS


class ServiceDeskRequestDocument(models.Model):
    """A document of one request: asked for, and received or not."""

    _name = "service.desk.request.document"
    _description = "Document of a Request"
    _inherit = ["agency.derived.mixin"]
    _order = "request_id, sequence, id"

    request_id = fields.Many2one(
        "service.desk.request", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="request_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    service_document_id = fields.Many2one(
        "service.desk.service.document", ondelete="set null", readonly=True
    )
    name = fields.Char(required=True)
    form = fields.Selection(FORMS, required=True, default="copy")
    is_mandatory = fields.Boolean("Mandatory", default=True)
    condition = fields.Char(readonly=True)
    is_needed = fields.Boolean(
        "Needed",
        default=True,
        help="Cleared when the condition of the document does not apply here.",
    )
    is_received = fields.Boolean("Received")
    received_at = fields.Datetime(readonly=True, copy=False)
    is_missing = fields.Boolean(compute="_compute_is_missing")
    note = fields.Char()
    holder_id = fields.Many2one(
        "hr.department",
        "Where the Original Is",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="The unit that signed for the original; empty: the desk.",
    )

    @api.depends("is_needed", "is_mandatory", "is_received", "form")
    def _compute_is_missing(self):
        for document in self:
            document.is_missing = (
                document.is_needed
                and document.is_mandatory
                and not document.is_received
                # What the agency obtains itself is never charged to the client.
                and document.form != "agency"
            )

    @api.model_create_multi
    def create(self, vals_list):
        now = clock.now()
        for vals in vals_list:
            vals["received_at"] = now if vals.get("is_received") else False
            vals["holder_id"] = False
        documents = super().create(vals_list)
        documents._check_open()
        return documents

    def write(self, vals):
        self._check_open()
        if "request_id" in vals:
            raise UserError(self.env._("A document stays with its request."))
        if "holder_id" in vals:
            raise UserError(
                self.env._("An original changes hands by a signed transmittal list.")
            )
        vals = {key: value for key, value in vals.items() if key != "received_at"}
        if "is_received" in vals:
            changed = self.filtered(
                lambda document: document.is_received != vals["is_received"]
            )
            stamp = clock.now() if vals["is_received"] else False
            super(ServiceDeskRequestDocument, changed).write({"received_at": stamp})
        return super().write(vals)

    # pylint: disable=super-method-mismatch
    def _set_holder(self, unit):
        """Note where the originals are; a signed list says so."""
        return super().write({"holder_id": unit.id})

    # pylint: disable=super-method-mismatch
    def _forget_notes(self):
        """Remove what was noted of the papers of a client who is forgotten."""
        return super().write({"note": False})

    # pylint: disable=no-raise-unlink
    def unlink(self):
        if self.request_id.filtered(lambda request: request.state != "draft"):
            raise UserError(
                self.env._("A registered request keeps the list of its documents.")
            )
        return super().unlink()

    def _check_open(self):
        if self.request_id.filtered("date_closed"):
            raise UserError(
                self.env._("The request is closed; its documents do not change.")
            )
