from odoo import api, fields, models
from odoo.exceptions import UserError


class AuditEvidence(models.Model):
    """A photo or a document that shows what an answer says.

    The phone announces it with the answer and sends the file apart; until that has
    arrived whole the evidence is awaited, and said to be so.
    """

    _name = "audit.evidence"
    _description = "Evidence"
    _inherit = ["agency.derived.mixin", "agency.seal.part"]
    _order = "assessment_id, id"
    _seal_parent = "assessment_id"
    _seal_fields = (
        "uuid",
        "kind",
        "item_code",
        "sha256",
        "stored_sha256",
        "size",
        "state",
        "captured_at",
        "received_at",
        "has_place",
        "user_id",
    )
    # Of which visit it is, and which file shows it: only its taker's device says so.
    _recorded_fields = frozenset(
        {
            "uuid",
            "kind",
            "name",
            "assessment_id",
            "answer_id",
            "item_code",
            "state",
            "attachment_id",
            "sha256",
            "stored_sha256",
            "size",
            "user_id",
            "captured_at",
            "received_at",
            "latitude",
            "longitude",
            "has_place",
        }
    )
    # Where an inspector was when he took it.
    _seal_personal_fields = ("note", "latitude", "longitude")

    uuid = fields.Char(required=True, readonly=True)
    kind = fields.Selection(
        [("photo", "Photo"), ("document", "Document")],
        required=True,
        default="photo",
    )
    assessment_id = fields.Many2one(
        "audit.assessment", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="assessment_id.company_id", store=True, index=True
    )
    answer_id = fields.Many2one("audit.answer", index=True, ondelete="restrict")
    item_code = fields.Char(readonly=True)
    state = fields.Selection(
        [("awaited", "On its way"), ("received", "Received"), ("removed", "Removed")],
        required=True,
        readonly=True,
        default="awaited",
        index=True,
    )
    attachment_id = fields.Many2one("ir.attachment", readonly=True, ondelete="restrict")
    sha256 = fields.Char(
        "Digest", readonly=True, help="Of the file as the device sends it."
    )
    stored_sha256 = fields.Char(
        "Digest as Kept",
        readonly=True,
        help="Of the file as it is kept, free of hidden data.",
    )
    size = fields.Integer(readonly=True, help="Bytes, as the device sends it.")
    note = fields.Char()
    user_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    captured_at = fields.Datetime(readonly=True, help="By the device.")
    received_at = fields.Datetime(readonly=True, help="When it had arrived whole.")
    latitude = fields.Float(digits=(10, 7), readonly=True)
    longitude = fields.Float(digits=(10, 7), readonly=True)
    has_place = fields.Boolean(readonly=True)

    _uuid_uniq = models.Constraint("UNIQUE (uuid)", "This evidence is here already.")

    @api.depends("item_code", "kind", "captured_at")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for evidence in self:
            evidence.display_name = " ".join(
                filter(None, [labels.get(evidence.kind), evidence.item_code])
            )

    def unlink(self):
        if any(not evidence.assessment_id._is_answerable() for evidence in self):
            raise UserError(  # pylint: disable=no-raise-unlink
                self.env._("Evidence of a submitted assessment is kept.")
            )
        return super().unlink()
