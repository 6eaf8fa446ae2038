import json

from werkzeug.exceptions import NotFound

from odoo import fields, http
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.agency_base.tools.download import send_file
from odoo.addons.portal.controllers.portal import CustomerPortal

from ..tools.field_ops import BadValueError, read_uuid

MAX_ANSWER_BYTES = 32768
MAX_FORM_BYTES = 12 * 1024 * 1024
MAX_FILE_BYTES = 10 * 1024 * 1024
PATH = "/my/declarations/<string:uuid>"
NO_STORE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class AuditPortalDeclarations(CustomerPortal):
    """What an agency declares of itself, saved answer by answer.

    sudo throughout: representatives have no right to the models; `_declarant_domain`
    is their fence, and what it does not find is not there.
    """

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "audit_declaration_count" in counters:
            model_sudo = request.env["audit.assessment"].sudo()
            values["audit_declaration_count"] = model_sudo.search_count(
                model_sudo._declarant_domain()
            )
        return values

    @http.route("/my/declarations", type="http", auth="user", website=True)
    def portal_my_declarations(self, **_kw):
        model_sudo = request.env["audit.assessment"].sudo()
        values = self._prepare_portal_layout_values() | {
            "declarations": model_sudo.search(model_sudo._declarant_domain()),
            "page_name": "audit_declaration",
        }
        return request.render("audit_checklist.portal_my_declarations", values)

    @http.route(PATH, type="http", auth="user", website=True, methods=["GET"])
    def portal_my_declaration(self, uuid, section="", **_kw):
        return self._declaration_page(self._find_declaration(uuid), section)

    @http.route(
        f"{PATH}/answer",
        type="http",
        auth="user",
        methods=["POST"],
        max_content_length=MAX_ANSWER_BYTES,
    )
    def declaration_answer(self, uuid, item="", answer="", **_kw):
        """Keep one answer and tell the page what is asked now."""
        declaration_sudo = self._find_declaration(uuid)
        try:
            payload = json.loads(answer)
        except ValueError:
            payload = None
        return self._declaration_reply(lambda: declaration_sudo._declare(item, payload))

    @http.route(
        f"{PATH}/document",
        type="http",
        auth="user",
        methods=["POST"],
        max_content_length=MAX_FORM_BYTES,
    )
    def declaration_add_document(self, uuid, item="", **_kw):
        declaration_sudo = self._find_declaration(uuid)
        file = request.httprequest.files.get("document")

        def keep():
            if not file:
                raise UserError(request.env._("The file did not arrive whole."))
            content = file.read(MAX_FILE_BYTES + 1)
            evidence_sudo = declaration_sudo._declare_document(
                item, file.filename, content
            )
            return {
                "uuid": evidence_sudo.uuid,
                "name": evidence_sudo.name,
                "size": evidence_sudo.size,
            }

        return self._declaration_reply(keep)

    @http.route(
        f"{PATH}/document/<string:document>/remove",
        type="http",
        auth="user",
        methods=["POST"],
        max_content_length=MAX_ANSWER_BYTES,
    )
    def declaration_remove_document(self, uuid, document, **_kw):
        document_sudo = self._find_declaration_document(
            self._find_declaration(uuid), document
        )

        def remove():
            document_sudo._remove_document()
            return {}

        return self._declaration_reply(remove)

    @http.route(
        f"{PATH}/document/<string:document>", type="http", auth="user", methods=["GET"]
    )
    def declaration_document(self, uuid, document):
        document_sudo = self._find_declaration_document(
            self._find_declaration(uuid), document
        )
        attachment_sudo = document_sudo.attachment_id
        return send_file(
            attachment_sudo.name, attachment_sudo.raw, attachment_sudo.mimetype
        )

    @http.route(
        f"{PATH}/submit",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        max_content_length=MAX_ANSWER_BYTES,
    )
    def declaration_submit(self, uuid, **_kw):
        declaration_sudo = self._find_declaration(uuid)
        try:
            with request.env.cr.savepoint():
                declaration_sudo._submit_declaration()
        except (UserError, ValidationError) as error:
            declaration_sudo.invalidate_recordset()
            return self._declaration_page(
                declaration_sudo, "summary", problem=str(error)
            )
        return request.redirect(
            f"/my/declarations/{declaration_sudo.instance_uuid}?section=summary",
            code=303,
        )

    # === Shared ===
    def _find_declaration(self, uuid):
        try:
            uuid = read_uuid(uuid)
        except BadValueError:
            raise NotFound from None
        model_sudo = request.env["audit.assessment"].sudo()
        own = model_sudo._declarant_domain() & Domain("instance_uuid", "=", uuid)
        found_sudo = model_sudo.search(own)
        if not found_sudo:
            raise NotFound
        return found_sudo.with_context(allowed_company_ids=found_sudo.company_id.ids)

    def _find_declaration_document(self, declaration_sudo, document):
        found_sudo = declaration_sudo.evidence_ids.filtered(
            lambda e: e.uuid == document and e.state == "received"
        )
        if not found_sudo:
            raise NotFound
        return found_sudo

    def _declaration_reply(self, act):
        try:
            with request.env.cr.savepoint():
                data, status = act(), 200
        except (UserError, ValidationError) as error:
            data, status = {"problem": str(error)}, 422
        return request.make_json_response(
            data, headers=list(NO_STORE.items()), status=status
        )

    def _declaration_page(self, declaration_sudo, section, problem=""):
        design = declaration_sudo.version_id._frozen_design()
        status = declaration_sudo._declared_status()
        sections = design["sections"]
        codes = [part["code"] for part in sections]
        place = codes.index(section) if section in codes else 0
        # What is locked can still be read, section by section.
        is_locked = not declaration_sudo._is_answerable()
        is_summary = section == "summary" or (is_locked and section not in codes)
        due = declaration_sudo.round_id.date_due
        documents = {}
        for evidence_sudo in declaration_sudo.evidence_ids:
            if evidence_sudo.state == "received":
                documents.setdefault(evidence_sudo.item_code, []).append(evidence_sudo)
        values = self._prepare_portal_layout_values() | {
            "declaration": declaration_sudo,
            "max_bytes": MAX_FILE_BYTES,
            "sections": sections,
            "current": None if is_summary else sections[place],
            "before": sections[place - 1] if place and not is_summary else None,
            "after": sections[place + 1]
            if place + 1 < len(sections) and not is_summary
            else None,
            "status": status,
            "answers": declaration_sudo._answers_for_score(),
            "documents": documents,
            "labels": {
                item["code"]: (item["label"], item["name"], part["code"])
                for part in sections
                for item in part["items"]
            },
            "is_open": declaration_sudo._is_answerable()
            and declaration_sudo.round_id.state == "running",
            "to_mend": (declaration_sudo.declaration_return_codes or "").split(),
            "kept": declaration_sudo._kept_codes(),
            "days_left": (due - fields.Date.context_today(declaration_sudo)).days,
            "problem": problem,
            "page_name": "audit_declaration",
        }
        response = request.render("audit_checklist.portal_my_declaration", values)
        response.headers.update(NO_STORE)
        return response
