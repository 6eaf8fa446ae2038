from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.context import without_defaults
from ..tools.identifiers import mask_identifier
from ..tools.phones import normalize_mobile
from ..tools.text import normalize_persian, search_key

# imported first: this inherits what it defines
from . import agency_state_mixin  # noqa: F401


class AgencySmsInbound(models.Model):
    """A text somebody sent to the agency's line.

    Its first word may be a keyword some addon handles (`_keyword_handlers`);
    everything else waits for a clerk, who answers it or puts it aside.
    """

    _name = "agency.sms.inbound"
    _description = "Inbound SMS"
    _inherit = ["agency.state.mixin"]
    _order = "id desc"
    _rec_name = "number_masked"
    _check_company_auto = True
    _state_transitions = {
        "new": {"handled", "answered", "dismissed"},
        "handled": {"answered"},
        "answered": set(),
        "dismissed": {"new"},
    }
    _state_stamps = {"answered_at"}
    # Nobody has the right to but the retention of personal data.
    _state_deletable = ("new", "handled", "answered", "dismissed")

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    gateway_id = fields.Many2one(
        "agency.sms.gateway", readonly=True, ondelete="set null", check_company=True
    )
    received_at = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now
    )
    number = fields.Char(readonly=True, groups="agency_base.group_identifier_viewer")
    number_masked = fields.Char("Sender", compute="_compute_number_masked")
    text = fields.Text(readonly=True)
    reference = fields.Char(readonly=True, help="What the provider calls it by.")
    keyword = fields.Char(readonly=True, help="Unknown when empty.")
    state = fields.Selection(
        [
            ("new", "New"),
            ("handled", "Handled"),
            ("answered", "Answered"),
            ("dismissed", "Put Aside"),
        ],
        required=True,
        readonly=True,
        default="new",
        index=True,
        group_expand=True,
    )
    user_id = fields.Many2one("res.users", "Assigned To")
    answer = fields.Text()
    answered_at = fields.Datetime(readonly=True)

    _reference_uniq = models.UniqueIndex(
        "(gateway_id, reference) WHERE reference IS NOT NULL"
    )

    @api.depends("number")
    @api.depends_context("lang")
    def _compute_number_masked(self):
        for inbound in self:
            # sudo: the number itself is for those who may see it
            number = (inbound.sudo().number or "").lstrip("+")
            inbound.number_masked = mask_identifier(number, self.env.lang)

    @api.model
    def _keyword_handlers(self):
        """Return ``{keyword: method name}``: methods of this model, run per message."""
        return {}

    @api.model
    def _receive(self, gateway, number, text, reference=None):
        """Keep an inbound text and hand it to the handler of its first word.

        A text whose ``reference`` is there already is the same, handed over again.
        """
        text = normalize_persian(text)
        # sudo: who writes is nobody here
        inbounds_sudo = without_defaults(self.sudo())
        if reference and (
            known := inbounds_sudo.search(
                [("gateway_id", "=", gateway.id), ("reference", "=", reference)]
            )
        ):
            return known
        inbound = inbounds_sudo.create(
            {
                "reference": reference or False,
                "company_id": gateway.company_id.id,
                "gateway_id": gateway.id,
                "number": normalize_mobile(number) or number,
                "text": text,
            }
        )
        first = search_key(text.split(maxsplit=1)[0]) if text else ""
        handlers = {
            search_key(word): (word, method)
            for word, method in self._keyword_handlers().items()
        }
        if first in handlers:
            inbound.keyword, method = handlers[first]
            getattr(inbound.with_company(gateway.company_id), method)()
        return inbound

    def action_answer(self):
        """Queue the answer and close the message."""
        self.write({"state": "answered"})

    def action_dismiss(self):
        """Put messages aside that need no answer."""
        self.write({"state": "dismissed"})

    def action_reopen(self):
        """Take up again what was put aside."""
        self.write({"state": "new"})

    def _check_transition(self, state):
        if state == "answered" and not all(
            (inbound.answer or "").strip() for inbound in self
        ):
            raise UserError(self.env._("Write the answer first."))

    def _enter(self, state):
        if state == "answered":
            for inbound in self:
                # sudo: clerks may answer numbers they do not see
                inbound.sudo()._reply(inbound.answer)
            self.write({"user_id": self.env.uid})
        return super()._enter(state)

    def _transition_stamp(self, state):
        if state == "answered":
            return {"answered_at": fields.Datetime.now()}
        return {}

    def _reply(self, text):
        """Queue an SMS to the sender."""
        self.ensure_one()
        # sudo: the queue is the system's
        without_defaults(self.env["sms.sms"].sudo()).create(
            {
                "number": self.number,
                "body": text,
                "agency_company_id": self.company_id.id,
            }
        )

    def _writable_fields(self):
        """Return what may be changed in a message somebody sent."""
        return {"user_id", "answer", "state"}

    def write(self, vals):
        if set(vals) - self._writable_fields() and not self.env.su:
            raise UserError(self.env._("Only the answer and the clerk can be changed."))
        if "answer" in vals and "answered" in self.mapped("state"):
            raise UserError(self.env._("This message is already closed."))
        return super().write(vals)
