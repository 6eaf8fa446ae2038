import hmac
import json

from odoo import http
from odoo.http import request

MAX_BODY = 65536
MAX_NUMBER, MAX_TEXT, MAX_REFERENCE = 20, 2000, 100
# Beyond what PostgreSQL counts ids with there is no gateway.
MAX_ID = 2**31 - 1
BAD_SECRETS, SECONDS = 20, 3600


class SmsWebhook(http.Controller):
    """Where a provider reports deliveries and hands over inbound texts."""

    @http.route(
        "/agency/sms/<int:gateway_id>/<string:secret>/<any(report,inbound):what>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        csrf=False,
        save_session=False,
        max_content_length=MAX_BODY,
    )
    def webhook(self, gateway_id, secret, what, **kw):
        """Take one report or text; answer alike to wrong gateways and wrong secrets."""
        # sudo: the secret in the address is the right to call
        gateway_sudo = (
            request.env["agency.sms.gateway"]
            .sudo()
            .browse(gateway_id if gateway_id <= MAX_ID else ())
        )
        gateway_sudo = gateway_sudo.exists().filtered("active")
        known = gateway_sudo.webhook_secret or ""
        if not hmac.compare_digest(known.encode(), secret.encode()) or not known:
            throttle = request.env["agency.throttle"].sudo()
            address = throttle._client_key(request.httprequest.remote_addr)
            wait = throttle._hit("sms webhook", (address, BAD_SECRETS, SECONDS))
            headers = [("Retry-After", str(wait))] if wait else []
            return request.make_response(
                "not found", headers=headers, status=429 if wait else 404
            )
        values = {**kw, **self._body()}
        if what == "report":
            self._report(gateway_sudo, values)
        else:
            self._inbound(gateway_sudo, values)
        return request.make_response("ok")

    def _body(self):
        """Return the values of a JSON body; forms are parsed by Odoo already."""
        body = request.httprequest.get_data(cache=True)
        if not body:
            return {}
        try:
            values = json.loads(body)
        except ValueError:
            return {}
        return values if isinstance(values, dict) else {}

    def _inbound(self, gateway_sudo, values):
        def value(field):
            # A NUL is no text for PostgreSQL.
            return str(values.get(gateway_sudo[field]) or "").replace("\0", "")

        number, reference = value("inbound_number"), value("inbound_reference")
        text = value("inbound_text")[:MAX_TEXT]
        if text and 0 < len(number) <= MAX_NUMBER and len(reference) <= MAX_REFERENCE:
            inbound = request.env["agency.sms.inbound"]
            inbound._receive(gateway_sudo, number, text, reference)

    def _report(self, gateway_sudo, values):
        reference = str(values.get(gateway_sudo.report_reference) or "")
        state = str(values.get(gateway_sudo.report_state) or "")
        if not reference or "\0" in reference:
            return
        domain = [("gateway_id", "=", gateway_sudo.id)]
        domain += ["|", ("reference", "=", reference), ("local_id", "=", reference)]
        log = request.env["agency.sms.log"].sudo().search(domain, limit=1)
        for outcome in ("delivered", "failed"):
            words = (gateway_sudo[f"report_{outcome}"] or "").split(",")
            if log and state in [word.strip() for word in words]:
                log._report(outcome)
