"""How files leave the server: to be kept, never to be run."""

from werkzeug.exceptions import NotFound

from odoo.http import content_disposition, request

SAFE_HEADERS = (
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; sandbox"),
)
PAGE_HEADERS = (
    ("Cache-Control", "no-store"),
    ("Content-Type", "text/html; charset=utf-8"),
    ("X-Content-Type-Options", "nosniff"),
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    ),
)
# A PDF takes its worker some seconds; whoever waits sees it come by itself.
RETRY_SECONDS = "15"


def send_file(name, content, mimetype):
    """Return the response that hands ``content`` over as a download."""
    return request.make_response(
        content,
        headers=[
            ("Content-Type", mimetype),
            ("Content-Disposition", content_disposition(name)),
            *SAFE_HEADERS,
        ],
    )


def no_document():
    """Return the exception that says: no such document, or none for this user."""
    return NotFound(response=_page(404))


def document_later():
    """Return the page that waits for a document that is still being made."""
    return _page(
        503, ("Retry-After", RETRY_SECONDS), ("Refresh", RETRY_SECONDS), is_coming=True
    )


def _page(status, *headers, is_coming=False):
    lang = request.env["res.lang"]._get_data(code=request.env.lang or "en_US")
    values = {"is_coming": is_coming, "page_lang": lang}
    html = request.env["ir.qweb"]._render("agency_base.document_page", values)
    return request.make_response(
        f"<!DOCTYPE html>\n{html}", headers=[*PAGE_HEADERS, *headers], status=status
    )
