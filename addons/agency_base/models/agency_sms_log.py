from datetime import timedelta

from odoo import api, fields, models

from ..tools.digits import localize_digits
from ..tools.identifiers import mask_identifier
from ..tools.keys import keyed_digest


class AgencySmsLog(models.Model):
    """What became of each SMS, without its text and with the number masked.

    ``sending`` is committed before the provider is called. A message found in that
    state later was interrupted: nobody knows whether it was taken, so the provider is
    asked by our id; without an answer it stays ``unknown`` and is not sent again.
    """

    _name = "agency.sms.log"
    _description = "SMS Log"
    _order = "id desc"
    _rec_name = "number_masked"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    gateway_id = fields.Many2one(
        "agency.sms.gateway", readonly=True, ondelete="set null"
    )
    local_id = fields.Char(required=True, readonly=True)
    reference = fields.Char("Provider's Id", readonly=True, index="btree_not_null")
    number_hint = fields.Char("Masked Number", readonly=True)
    number_masked = fields.Char("Number", compute="_compute_number_masked")
    number_digest = fields.Char(readonly=True)
    partner_id = fields.Many2one("res.partner", readonly=True, ondelete="set null")
    state = fields.Selection(
        [
            ("sending", "Being Sent"),
            ("retry", "To Be Tried Again"),
            ("sent", "Sent"),
            ("delivered", "Delivered"),
            ("failed", "Failed"),
            ("unknown", "Outcome Unknown"),
        ],
        required=True,
        readonly=True,
    )
    attempts = fields.Integer(readonly=True)
    reason = fields.Char(readonly=True)
    reason_text = fields.Char("Reason in Words", compute="_compute_reason_text")
    asked_at = fields.Datetime(readonly=True)

    _local_id_uniq = models.UniqueIndex("(local_id)")
    _recent_idx = models.Index("(company_id, number_digest, create_date)")
    _open_idx = models.Index("(state, id) WHERE state IN ('sending', 'unknown')")

    @api.depends("number_hint")
    @api.depends_context("lang")
    def _compute_number_masked(self):
        for log in self:
            log.number_masked = localize_digits(log.number_hint or "", self.env.lang)

    @api.depends("reason")
    @api.depends_context("lang")
    def _compute_reason_text(self):
        unreachable = self.env._("The provider could not be reached.")
        interrupted = self.env._("The connection broke before an answer came.")
        words = {
            "number": self.env._("This is no mobile number."),
            "NewConnectionError": unreachable,
            "NameResolutionError": unreachable,
            "ConnectTimeoutError": unreachable,
            "SSLError": self.env._("The provider's certificate is not trusted."),
            "ReadTimeoutError": self.env._("The provider did not answer in time."),
            "ProtocolError": interrupted,
            "IncompleteRead": interrupted,
        }
        for log in self:
            reason = log.reason or ""
            code = reason.removeprefix("HTTP ")
            if code != reason:
                answered = self.env._("The provider answered with error %s.")
                log.reason_text = answered % localize_digits(code, self.env.lang)
            else:
                log.reason_text = words.get(reason, reason)

    @api.model
    def _digest(self, number):
        return keyed_digest("sms", number)

    @api.model
    def _begin(self, sms, gateway):
        """Return the log row of an SMS, marked as being sent."""
        log = self.search([("local_id", "=", sms.uuid)], limit=1)
        if log:
            log.write({"state": "sending", "attempts": log.attempts + 1})
            return log
        return self.create(
            {
                "company_id": gateway.company_id.id,
                "gateway_id": gateway.id,
                "local_id": sms.uuid,
                "number_hint": mask_identifier(sms.number.lstrip("+")),
                "number_digest": self._digest(sms.number),
                "partner_id": sms.partner_id.id,
                "state": "sending",
                "attempts": 1,
            }
        )

    @api.model
    def _count_today(self, company, number):
        """Return how many messages ``number`` got in the last 24 hours."""
        day_ago = fields.Datetime.now() - timedelta(days=1)
        return self.search_count(
            [
                ("company_id", "=", company.id),
                ("number_digest", "=", self._digest(number)),
                ("create_date", ">", day_ago),
                ("state", "!=", "failed"),
            ]
        )

    def _report(self, state):
        """Take over what the provider reports, and tell the message it belongs to."""
        for log in self.filtered(lambda log: log.state not in (state, "delivered")):
            log.state = state
            trackers = self.env["sms.tracker"].sudo()
            tracker = trackers.search([("sms_uuid", "=", log.local_id)])
            # Odoo calls "sent" what was delivered, and "pending" what was sent.
            if state == "failed":
                tracker._action_update_from_sms_state(
                    "error", failure_type="sms_not_delivered"
                )
            else:
                known = {"delivered": "sent", "sent": "pending"}
                tracker._action_update_from_sms_state(known[state])

    @api.autovacuum
    def _gc_old(self):
        """Forget the log after a year."""
        year_ago = fields.Datetime.now() - timedelta(days=365)
        self.search([("create_date", "<", year_ago)], limit=10000).unlink()
