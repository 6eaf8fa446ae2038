import json
import re
from urllib.parse import urlsplit

from werkzeug.exceptions import BadRequest, Forbidden, NotFound

from odoo import http
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request
from odoo.tools import file_open

from ..models.audit_field_sync import MAX_OPS
from ..tools.field_ops import BadValueError, read_uuid

MAX_BODY_BYTES = 4 * 1024 * 1024
MAX_PIECE_BYTES = 512 * 1024
SCOPE = "/audit/field"
DEVICE = re.compile(r"[A-Za-z0-9-]{8,64}")
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
}
PAGE_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-eval' 'nonce-{nonce}'; "
    "style-src 'self' 'unsafe-inline'; font-src 'self'; connect-src 'self'; "
    "img-src 'self' blob: data:; media-src 'self' blob:; worker-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class AuditFieldController(http.Controller):
    """The page inspectors carry with them, and the doors it knocks at."""

    @http.route(SCOPE, type="http", auth="user", methods=["GET"])
    def page(self, **_kw):
        """Send the page; it lives on in the phone where there is no network."""
        if not request.env.user.has_group("audit_checklist.group_inspector"):
            return self._refuse_page()
        values = request.env["audit.field"]._page_values()
        response = request.render("audit_checklist.field_page", values)
        policy = PAGE_POLICY.format(nonce=values["nonce"])
        response.headers.update(HEADERS | {"Content-Security-Policy": policy})
        # By this the worker knows the page from a log-in form.
        response.headers["X-Audit-Field"] = "1"
        return response

    def _refuse_page(self):
        """Say whose page it is, and lead back: people come here by a link."""
        response = request.render("audit_checklist.field_refused")
        response.status_code = 403
        response.headers.update(HEADERS)
        return response

    @http.route(f"{SCOPE}/sw.js", type="http", auth="public", methods=["GET"])
    def worker(self):
        """Send the worker that answers for the page where there is no network."""
        with file_open("audit_checklist/static/src/field/worker.js", "rb") as file:
            body = file.read()
        headers = {
            "Content-Type": "text/javascript; charset=utf-8",
            "Service-Worker-Allowed": SCOPE,
            "Cache-Control": "no-cache",
            "X-Content-Type-Options": "nosniff",
        }
        return request.make_response(body, headers=list(headers.items()))

    @http.route(f"{SCOPE}/take", type="http", auth="user", methods=["GET"])
    def take_along(self):
        """Send the user's visits with all he needs on the way."""
        self._check_inspector()
        return self._json(request.env["audit.field"]._take_along())

    @http.route(
        f"{SCOPE}/sync",
        type="http",
        auth="user",
        methods=["POST"],
        csrf=False,
        max_content_length=MAX_BODY_BYTES,
    )
    def sync(self):
        """Take operations in; see `audit.field._sync` for what comes back.

        There is no CSRF token: a page that lives on the phone for days has none that
        is still good. The origin is checked instead, and the body must be JSON, which
        no form of another site can send.
        """
        self._check_origin("application/json")
        self._check_inspector()
        try:
            body = json.loads(request.httprequest.get_data())
            device, ops, known = body["device"], body["ops"], body.get("known") or {}
        except (ValueError, KeyError, TypeError, RecursionError):
            raise BadRequest from None
        if (
            not isinstance(device, str)
            or not DEVICE.fullmatch(device)
            or not isinstance(ops, list)
            or len(ops) > MAX_OPS
            or not all(isinstance(op, dict) for op in ops)
            or not isinstance(known, dict)
        ):
            raise BadRequest
        field = request.env["audit.field"]
        return self._json(field._sync(device, body.get("clock"), ops, known))

    @http.route(
        f"{SCOPE}/photo/<string:uuid>",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        csrf=False,
        max_content_length=MAX_PIECE_BYTES,
    )
    def photo(self, uuid, start="0"):
        """Take a piece of a photo in, or tell how much of it has arrived."""
        self._check_inspector()
        photo = request.env["audit.field"]._find_photo(self._uuid(uuid))
        if not photo:
            raise NotFound
        field = request.env["audit.field"]
        if request.httprequest.method == "GET":
            return self._json(field._photo_status(photo.sudo()))
        self._check_origin("application/octet-stream")
        if not start.isdecimal() or len(start) > 9:
            raise BadRequest
        data = request.httprequest.get_data()
        return self._json(field._take_piece(photo, int(start), data))

    @http.route(
        "/audit/evidence/<string:uuid>", type="http", auth="user", methods=["GET"]
    )
    def evidence(self, uuid):
        """Send a photo to whoever may read its evidence, as a download."""
        evidence = request.env["audit.evidence"].search(
            [("uuid", "=", self._uuid(uuid)), ("state", "=", "received")], limit=1
        )
        if not evidence:
            raise NotFound
        # sudo: the rights on the file are those on the evidence, just checked
        attachment_sudo = evidence.sudo().attachment_id
        headers = HEADERS | {
            "Content-Type": attachment_sudo.mimetype,
            "Content-Disposition": content_disposition(attachment_sudo.name),
            "Content-Security-Policy": "default-src 'none'; sandbox",
        }
        return request.make_response(attachment_sudo.raw, headers=list(headers.items()))

    # === Shared ===
    def _check_inspector(self):
        try:
            request.env["audit.field"]._check_inspector()
        except AccessError:
            raise Forbidden from None

    def _check_origin(self, content_type):
        """Refuse what another site had the browser send."""
        asked = request.httprequest
        origin = asked.headers.get("Origin", "")
        site = asked.headers.get("Sec-Fetch-Site", "same-origin")
        if urlsplit(origin).netloc != asked.host or site != "same-origin":
            raise Forbidden
        if asked.mimetype != content_type:
            raise BadRequest

    def _uuid(self, text):
        try:
            return read_uuid(text)
        except BadValueError:
            raise NotFound from None

    def _json(self, data):
        return request.make_json_response(data, headers=list(HEADERS.items()))
