import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .service_desk_event import KINDS

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
NAMES = {
    "agency",
    "code",
    "date",
    "link",
    "missing",
    "phone",
    "rating",
    "reason",
    "service",
    "unit",
}


class ServiceDeskMessage(models.Model):
    """What a client is told when something happens to his request.

    Texts know ``{agency}``, ``{service}``, ``{code}``, ``{date}`` (the promised day),
    ``{missing}``, ``{reason}``, ``{unit}``, ``{phone}``, ``{link}`` (the tracking page)
    and ``{rating}`` (the rating page). A body's own text wins over the common one.
    """

    _name = "service.desk.message"
    _description = "Message to Clients"
    _order = "sequence, id"
    _rec_name = "kind"

    kind = fields.Selection(KINDS, "When", required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index=True, ondelete="cascade", help="Empty: for every body."
    )
    body = fields.Text("Text", required=True, translate=True)
    by_email = fields.Boolean(
        "By E-mail Too", default=True, help="To clients whose e-mail address is known."
    )

    _kind_uniq = models.UniqueIndex(
        "(kind, COALESCE(company_id, 0)) WHERE active",
        "There is a text for this moment already.",
    )

    @api.constrains("body")
    def _check_body(self):
        for message in self:
            unknown = set(PLACEHOLDER.findall(message.body)) - NAMES
            if unknown:
                raise ValidationError(
                    self.env._(
                        "“%(word)s” is not known. You can write: %(names)s.",
                        word=f"{{{unknown.pop()}}}",
                        names=" ".join(f"{{{name}}}" for name in sorted(NAMES)),
                    )
                )

    @api.model
    def _by_kind(self, company):
        """Return ``{kind: message}`` as ``company`` tells its clients."""
        found = self.search(Domain("company_id", "in", [False, company.id]))
        return {
            message.kind: message
            for message in found.sorted(lambda message: bool(message.company_id))
        }

    def _fill(self, values):
        """Return the text with ``values`` in it; nothing in them is evaluated."""
        return PLACEHOLDER.sub(
            lambda match: str(values.get(match[1], "")), self.body
        ).strip()
