from odoo import api, fields, models
from odoo.exceptions import ValidationError

REPRESENTATIVES = [
    ("attorney", "By Power of Attorney"),
    ("guardian", "Guardian"),
    ("officer", "Representative of the Company"),
    ("messenger", "Only Brought the Papers"),
]


class ServiceDeskRequest(models.Model):
    """Handed over to whom, by whom and since when it was worked on at the counter."""

    _inherit = "service.desk.request"

    representative_kind = fields.Selection(REPRESENTATIVES, "By What Right")
    date_started = fields.Datetime(
        "Started On",
        readonly=True,
        copy=False,
        help="On the spot: when the expert began to work on it.",
    )
    received_by = fields.Char(
        copy=False, help="Who took the result, if it was not the client."
    )
    signature = fields.Binary("Signature of the Recipient", copy=False, attachment=True)
    is_signed_on_paper = fields.Boolean(
        "Signed on Paper",
        copy=False,
        help="The recipient signed the delivery slip instead of the screen.",
    )
    appointment_ids = fields.One2many("service.desk.appointment", "request_id")
    hands_original = fields.Boolean(compute="_compute_hands_original")

    @api.model
    def _representative_kinds(self):
        return self._fields["representative_kind"]._description_selection(self.env)

    @api.depends("version_id")
    def _compute_hands_original(self):
        for request in self:
            version = request.version_id or request.service_id.version_id
            facts = version._whole_content()["facts"] if version else {}
            # Sheets published before the question was asked hand over nothing.
            request.hands_original = facts.get("output_is_original", False)

    def _check_signed(self):
        """Refuse to hand over an original that nobody signed for."""
        for request in self.filtered("hands_original"):
            if not request.signature and not request.is_signed_on_paper:
                raise ValidationError(
                    self.env._(
                        "The recipient signs for the original: take the signature of "
                        "%(client)s, or note that the paper was signed.",
                        client=request.received_by or request.client_name,
                    )
                )
