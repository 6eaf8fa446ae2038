import hmac

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

BAD_TOKENS, SECONDS = 20, 3600
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
}


class Status(http.Controller):
    """How the system is doing, for its administrators and their monitoring."""

    @http.route("/agency/status", type="http", auth="user", methods=["GET"])
    def page(self, **kw):
        """Show every check to an administrator; to others there is no such page."""
        if not request.env.user.has_group("agency_base.group_administrator"):
            raise NotFound
        # sudo: queues and scheduled actions of every body are looked at
        report = request.env["agency.status"].sudo()._report()
        values = report | {
            "page_lang": request.env["res.lang"]._get_data(code=request.env.lang)
        }
        html = request.env["ir.qweb"]._render("agency_base.status_page", values)
        headers = [*HEADERS.items(), ("Content-Type", "text/html; charset=utf-8")]
        return request.make_response(f"<!DOCTYPE html>\n{html}", headers=headers)

    @http.route(
        "/agency/status.json",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
    )
    def figures(self, **kw):
        """Answer a monitoring system: 200 while nobody has to act, else 503."""
        parameters_sudo = request.env["ir.config_parameter"].sudo()
        known = parameters_sudo.get_param("agency_base.status_token") or ""
        sent = request.httprequest.headers.get("Authorization", "")
        if not known or not hmac.compare_digest(
            f"Bearer {known}".encode(), sent.encode()
        ):
            throttle = request.env["agency.throttle"].sudo()
            address = throttle._client_key(request.httprequest.remote_addr)
            throttle._hit("status", (address, BAD_TOKENS, SECONDS))
            raise NotFound
        # sudo: the token is the right to ask
        report = (
            request.env["agency.status"].sudo().with_context(lang="en_US")._report()
        )
        status = 503 if report["state"] == "fail" else 200
        return request.make_json_response(report, HEADERS.items(), status=status)
