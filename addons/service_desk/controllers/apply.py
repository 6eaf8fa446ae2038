from odoo import http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import hash_sign

from odoo.addons.agency_base.tools import only_digits

from .. import texts
from ..models.service_desk_request_document_upload import MAX_FILE_BYTES
from ..tools import group_code
from .page import DeskPage
from .public import PUBLIC_STATES, ServiceDeskPublic

FORM_SCOPE = "service_desk.apply"
CONFIRM_SCOPE = "service_desk.confirm"
FORM_HOURS = 12
CONFIRM_HOURS = 1
MAX_FORM_BYTES = 30 * 1024 * 1024
FILES_PER_FIELD = 3
# (attempts, seconds) of one network, of one person
ADDRESS_LIMIT = (30, 3600)
PERSON_LIMIT = (10, 86400)
PURPOSE = "desk apply"


class ServiceDeskApply(DeskPage, http.Controller):
    """Asking for a service from home: read, agree, fill in, send."""

    _find_service = ServiceDeskPublic._find_service

    @http.route(
        "/desk/apply/<string:code>", type="http", auth="public", methods=["GET"]
    )
    def apply_form(self, code, lang=None, **_kw):
        company = self._enter(lang)
        service_sudo = self._find_service(company, code, PUBLIC_STATES)
        if not service_sudo._can_apply():
            # Its own page says why, and what takes its place.
            return request.redirect(f"/desk/service/{service_sudo.code}")
        return self._form_page(company, service_sudo, lang=lang)

    @http.route(
        "/desk/apply/<string:code>",
        type="http",
        auth="public",
        methods=["POST"],
        max_content_length=MAX_FORM_BYTES,
    )
    def apply_send(self, code, **post):
        company = self._enter()
        service_sudo = self._find_service(company, code, PUBLIC_STATES)
        if not service_sudo._can_apply():
            return request.redirect(f"/desk/service/{service_sudo.code}", 303)
        key = self._signed(FORM_SCOPE, post.get("form"))
        if not key or key[1] != service_sudo.code:
            return self._form_page(company, service_sudo, problem="expired")
        requests = request.env["service.desk.request"]
        made_sudo = requests._made_of(key[0], company)
        is_replay = bool(made_sudo)
        if not is_replay:
            clean, problems = requests._apply_clean(post)
            if not post.get("consent"):
                problems["consent"] = request.env._("Read it and agree first.")
            if not problems and self._wait(
                "apply",
                (f"person {clean['identifier']}", *PERSON_LIMIT),
                address=ADDRESS_LIMIT,
            ):
                problems["form"] = request.env._(
                    "Too many requests from here; wait a while, or call the desk."
                )
            if not problems:
                made_sudo, problems = self._make(key[0], service_sudo, clean, post)
            if problems:
                return self._form_page(
                    company, service_sudo, problems=problems, typed=post
                )
        return self._next_page(company, made_sudo, is_replay)

    @http.route(
        "/desk/apply/confirm",
        type="http",
        auth="public",
        methods=["POST"],
        max_content_length=4096,
    )
    def apply_confirm(self, otp="", **post):
        """Take the one-time code that was sent to the mobile, or send another."""
        company = self._enter()
        signed = self._signed(CONFIRM_SCOPE, post.get("pass"))
        requests = request.env["service.desk.request"]
        made_sudo = signed and requests._made_of(signed[0], company)
        if not made_sudo:
            return request.redirect("/desk")
        if made_sudo.state != "draft":
            return self._done_page(company, made_sudo)
        if post.get("again"):
            return self._next_page(company, made_sudo)
        right = request.env["agency.otp"]._check_code(
            made_sudo.mobile, PURPOSE, request.session.sid, only_digits(str(otp)[:12])
        )
        if not right:
            return self._confirm_page(company, made_sudo, problem="wrong")
        made_sudo._apply_register()
        return self._done_page(company, made_sudo)

    # === Steps ===

    def _make(self, key, service_sudo, clean, post):
        """Return the new draft with its files, or what is wrong with them."""
        requests = request.env["service.desk.request"]
        files, needed = self._files(service_sudo, post)
        try:
            with request.env.cr.savepoint():
                made_sudo = requests._apply_make(key, service_sudo, clean)
                made_sudo._apply_attach(files, needed)
        except UserError as error:
            return requests, {"form": str(error)}
        return made_sudo, {}

    def _files(self, service_sudo, post):
        """Return ``{index: [(name, content)…]}`` and the indexes that apply."""
        documents = service_sudo.version_id._get_content()["document_ids"]
        files, needed = {}, set()
        for index, document in enumerate(documents):
            sent = request.httprequest.files.getlist(f"file_{index}")
            contents = [
                (file.filename, file.read(MAX_FILE_BYTES + 1))
                for file in sent[:FILES_PER_FIELD]
                if file.filename
            ]
            if document["form"] != "agency" and contents:
                files[index] = contents
            if post.get(f"needed_{index}") or contents:
                needed.add(index)
        return files, needed

    def _next_page(self, company, made_sudo, is_replay=False):
        """Have the mobile confirmed where that is possible, else register at once.

        A form that is sent twice brings one code; another is asked for by the button.
        """
        gateways = request.env["agency.sms.gateway"]
        if made_sudo.state != "draft":
            return self._done_page(company, made_sudo)
        if not gateways._for_company(company):
            made_sudo._apply_register()
            return self._done_page(company, made_sudo)
        if is_replay:
            return self._confirm_page(company, made_sudo)
        otp = request.env["agency.otp"].with_company(company)
        wait = otp._send(
            made_sudo.mobile,
            PURPOSE,
            request.session.sid,
            request.httprequest.remote_addr,
        )
        return self._confirm_page(company, made_sudo, problem="limited" if wait else "")

    # === Pages ===

    def _form_page(self, company, service_sudo, problems=None, typed=None, **values):
        lang = values.pop("lang", None)
        problem = values.pop("problem", "")
        typed = typed or {}
        note = typed.get("form") if not problem else ""
        values = {
            "active": "catalogue",
            "service": service_sudo._public_values(),
            "problems": problems or {},
            "problem": problem,
            "typed": {
                name: str(typed.get(name) or "")[:500]
                for name in ("kind", "identifier", "name", "mobile", "subject")
            },
            "form_key": note
            or self._new_form(FORM_SCOPE, FORM_HOURS, service_sudo.code),
            "max_bytes": MAX_FILE_BYTES,
            "max_files": FILES_PER_FIELD,
        }
        return self._page(
            "service_desk.public_apply", company, values, lang, is_private=True
        )

    def _confirm_page(self, company, made_sudo, problem=""):
        env = request.env
        values = {
            "active": "catalogue",
            "mobile": env["service.desk.visit"]._masked_mobile(made_sudo.mobile),
            "pass_note": hash_sign(
                env(su=True),
                CONFIRM_SCOPE,
                [made_sudo.form_key],
                expiration_hours=CONFIRM_HOURS,
            ),
            "problem": problem,
        }
        return self._page(
            "service_desk.public_apply_confirm", company, values, is_private=True
        )

    def _done_page(self, company, made_sudo):
        env = request.env
        gateway = env["agency.sms.gateway"]._for_company(company)
        values = {
            "active": "catalogue",
            "service_name": made_sudo.version_id._get_content()["name"],
            "code": texts.number_text(env, group_code(made_sudo.tracking_code)),
            "promised": texts.day_text(env, made_sudo.date_promised, texts.DAY_YEAR),
            "missing": made_sudo._missing_values(made_sudo.version_id._get_content()),
            "has_gateway": bool(gateway),
        }
        return self._page(
            "service_desk.public_apply_done", company, values, is_private=True
        )
