import json
import re
import secrets
from urllib.parse import quote, urlsplit

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.phones import normalize_mobile
from ..tools.sms_http import Outcome, call, judge
from ..tools.sms_kavenegar import KAVENEGAR

ADMINISTRATOR = "agency_base.group_administrator"


class AgencySmsGateway(models.Model):
    """The provider through which a body sends and receives SMS.

    Templates know ``{number}`` (+98…), ``{local_number}`` (09…), ``{text}``,
    ``{sender}``, ``{local_id}``, ``{local_serial}`` (the same for providers whose ids
    are whole numbers) and ``{api_key}``. Secrets are read by administrators
    only and appear in no log: addresses are never logged.
    """

    _name = "agency.sms.gateway"
    _description = "SMS Gateway"
    _order = "company_id, sequence, id"
    _check_company_auto = True

    # === Identity ===
    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    provider = fields.Selection(
        [("generic", "Any HTTP Provider"), ("kavenegar", "Kavenegar")],
        required=True,
        default="generic",
    )
    sender = fields.Char("Line Number", help="The number messages are sent from.")
    api_key = fields.Char("Secret Key", groups=ADMINISTRATOR, copy=False)

    # === Sending ===
    method = fields.Selection(
        [("POST", "POST"), ("GET", "GET")], required=True, default="POST"
    )
    url = fields.Char("Address", required=True, groups=ADMINISTRATOR)
    headers = fields.Text(
        groups=ADMINISTRATOR, help="One on a line, as: Content-Type: application/json"
    )
    body_format = fields.Selection(
        [("json", "JSON"), ("url", "Form")],
        required=True,
        default="json",
        help="How values are escaped in the body.",
    )
    body = fields.Text("Body Template", groups=ADMINISTRATOR)
    timeout = fields.Integer(default=20, help="Seconds to wait for an answer.")

    # === What answers mean (regular expressions) ===
    success_pattern = fields.Char(required=True, default=".")
    refusal_pattern = fields.Char()
    reference_pattern = fields.Char(help="Its first group is the provider's id.")
    status_url = fields.Char("Status Address", groups=ADMINISTRATOR)
    status_sent_pattern = fields.Char("Taken")
    status_delivered_pattern = fields.Char("Delivered")
    status_failed_pattern = fields.Char("Failed")
    status_absent_pattern = fields.Char("Never Received")

    # === Webhook ===
    webhook_secret = fields.Char(
        groups=ADMINISTRATOR,
        copy=False,
        readonly=True,
        default=lambda self: secrets.token_urlsafe(24),
    )
    webhook_url = fields.Char(
        "Webhook", compute="_compute_webhook_url", groups=ADMINISTRATOR
    )
    report_reference = fields.Char("Report: Id", default="id")
    report_state = fields.Char("Report: State", default="status")
    report_delivered = fields.Char("Report: Delivered", default="delivered")
    report_failed = fields.Char("Report: Failed", default="failed")
    inbound_number = fields.Char("Inbound: Number", default="from")
    inbound_text = fields.Char("Inbound: Text", default="text")
    inbound_reference = fields.Char(
        "Inbound: Id",
        help="What the provider calls a text by: handed over twice, it is taken once.",
    )

    # === Manners ===
    daily_limit = fields.Integer(
        default=10, help="Messages to one number in 24 hours; 0 is no limit."
    )
    quiet_from = fields.Float(default=21.0, help="Hour from which nobody is disturbed.")
    quiet_to = fields.Float(default=8.0, help="Hour until which nobody is disturbed.")

    _timeout_is_sane = models.Constraint(
        "CHECK (timeout BETWEEN 1 AND 25)",
        "A provider is waited for between 1 and 25 seconds.",
    )

    @api.depends("webhook_secret")
    def _compute_webhook_url(self):
        for gateway in self:
            base = gateway.get_base_url()
            secret = gateway.webhook_secret
            gateway.webhook_url = f"{base}/agency/sms/{gateway.id}/{secret}"

    @api.onchange("provider")
    def _onchange_provider(self):
        if self.provider == "kavenegar":
            self.update(KAVENEGAR)

    @api.constrains("url", "status_url")
    def _check_url(self):
        for gateway in self.sudo():
            for url in filter(None, (gateway.url, gateway.status_url)):
                if urlsplit(url).scheme not in ("http", "https"):
                    raise ValidationError(
                        self.env._("The address must begin with https:// or http://.")
                    )

    @api.constrains(
        "success_pattern",
        "refusal_pattern",
        "reference_pattern",
        "status_sent_pattern",
        "status_delivered_pattern",
        "status_failed_pattern",
        "status_absent_pattern",
    )
    def _check_patterns(self):
        names = [name for name in self._fields if name.endswith("_pattern")]
        for gateway in self:
            for name in names:
                try:
                    pattern = re.compile(gateway[name] or "")
                except re.error:
                    pattern = None
                if not pattern or (
                    name == "reference_pattern" and gateway[name] and not pattern.groups
                ):
                    raise ValidationError(
                        self.env._(
                            "This is no usable pattern: %(pattern)s",
                            pattern=gateway[name],
                        )
                    )

    @api.model
    def _for_company(self, company):
        """Return the gateway that sends for ``company``, with its secrets, or none."""
        # sudo: sending needs the secrets nobody else may read
        return self.sudo().search([("company_id", "=", company.id)], limit=1)

    def _fill(self, template, values, escape):
        known = "|".join(values)
        return re.sub(
            rf"\{{({known})\}}", lambda m: escape(str(values[m[1]])), template or ""
        )

    def _values(self, number="", text="", local_id=""):
        return {
            "number": number,
            "local_number": "0" + number.removeprefix("+98") if number else "",
            "text": text,
            "sender": self.sender or "",
            "local_id": local_id,
            "local_serial": self._serial(local_id) if local_id else "",
            "api_key": self.api_key or "",
        }

    @api.model
    def _serial(self, local_id):
        """Return a local id as a number that 63 bits can hold."""
        return int(local_id[:15], 16)

    def _headers(self):
        filled = self._fill(self.headers, self._values(), lambda text: text)
        pairs = (line.partition(":") for line in filled.splitlines() if ":" in line)
        return {name.strip(): value.strip() for name, _colon, value in pairs}

    def _transmit(self, number, text, local_id):
        """Send one message and return the Outcome. Nothing of it is logged."""
        self.ensure_one()
        mobile = normalize_mobile(number)
        if not mobile:
            return Outcome("failed", reason="number")

        def in_url(value):
            return quote(value, safe="")

        def in_json(value):
            return json.dumps(value, ensure_ascii=False)[1:-1]

        values = self._values(mobile, text, local_id)
        body = None
        if self.method == "POST":
            escape = in_json if self.body_format == "json" else in_url
            body = self._fill(self.body, values, escape)
        url = self._fill(self.url, values, in_url)
        answer = call(self.method, url, self._headers(), body, self.timeout)
        return judge(
            answer, self.success_pattern, self.refusal_pattern, self.reference_pattern
        )

    def _ask(self, local_id):
        """Ask what became of a message: sent, delivered, failed, absent or None."""
        self.ensure_one()
        if not self.status_url:
            return None
        values = self._values(local_id=local_id)
        url = self._fill(self.status_url, values, lambda text: quote(text, safe=""))
        answer = call("GET", url, self._headers(), None, self.timeout)
        if isinstance(answer, Outcome) or not 200 <= answer[0] < 300:
            return None
        for state in ("delivered", "failed", "sent", "absent"):
            pattern = self[f"status_{state}_pattern"]
            if pattern and re.search(pattern, answer[1]):
                return state
        return None

    def action_test(self):
        """Send a test message to the user's own phone."""
        self.ensure_one()
        number = normalize_mobile(self.env.user.phone)
        if not number:
            raise ValidationError(
                self.env._("Enter your own mobile number in your profile first.")
            )
        self.env["sms.sms"].sudo().create(
            {
                "number": number,
                "body": self.env._("This is a test of the SMS gateway."),
                "agency_company_id": self.company_id.id,
                "is_urgent": True,
            }
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "A test message is on its way. Its state is in the SMS log."
                ),
            },
        }
