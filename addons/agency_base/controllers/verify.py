from odoo import http
from odoo.http import request

from ..models.agency_seal import CODE_ALPHABET
from ..tools.digits import to_latin_digits

# Enough for whoever checks a pile of papers, too little to guess 31**16 codes.
ATTEMPTS, SECONDS = 60, 600
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; "
        "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


class Verify(http.Controller):
    """Where the QR code of an official document leads."""

    @http.route(
        "/verify/<string:code>",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
    )
    def verify(self, code, **kw):
        """Say of the document with ``code`` what it is and whether it is authentic."""
        throttle = request.env["agency.throttle"].sudo()
        address = throttle._client_key(request.httprequest.remote_addr)
        # Counted for the address only: a code on paper may be asked by thousands.
        wait = throttle._hit("verify", (address, ATTEMPTS, SECONDS))
        # sudo: the code on the paper is what entitles its reader
        seals_sudo = request.env["agency.seal"].sudo()
        seal_sudo = seals_sudo.browse() if wait else self._find(seals_sudo, code)
        company = seal_sudo.company_id or request.env.company.sudo()
        lang = seals_sudo._seal_lang(company)
        values = {
            "answer": seal_sudo._public_answer(lang) if seal_sudo else {},
            "wait": wait,
            "page_lang": request.env["res.lang"]._get_data(code=lang),
        }
        page = request.env["ir.qweb"].with_context(lang=lang)
        html = page._render("agency_base.verify_page", values)
        status = 429 if wait else (200 if seal_sudo else 404)
        headers = [*HEADERS.items(), ("Content-Type", "text/html; charset=utf-8")]
        if wait:
            headers.append(("Retry-After", str(wait)))
        return request.make_response(
            f"<!DOCTYPE html>\n{html}", headers=headers, status=status
        )

    def _find(self, seals_sudo, code):
        """Return the sealed record with ``code``, typed in any case and digits."""
        typed = to_latin_digits(code).upper()
        known = "".join(char for char in typed if char in CODE_ALPHABET)
        return seals_sudo.search([("code", "=", known), ("kind", "=", "record")])
