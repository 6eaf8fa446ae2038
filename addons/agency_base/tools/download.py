"""How files leave the server: to be kept, never to be run."""

from odoo.http import content_disposition, request

SAFE_HEADERS = (
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; sandbox"),
)


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
