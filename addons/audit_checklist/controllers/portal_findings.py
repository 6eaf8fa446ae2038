from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.agency_base.tools.download import send_file
from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..tools.dates import read_day
from ..tools.field_ops import BadValueError, read_uuid

PER_PAGE = 20
MAX_FORM_BYTES = 32 * 1024 * 1024
MAX_FILES = 5
MAX_FILE_BYTES = 10 * 1024 * 1024
# What the address may ask to see, and what it finds.
VIEWS = {
    "open": [("state", "in", ("issued", "contested", "accepted"))],
    "closed": [("state", "=", "closed")],
    "all": [],
}


class AuditPortalFindings(CustomerPortal):
    """Findings of an agency: answered, acted upon, followed up by its representative.

    sudo throughout: representatives have no right to the models; `_agency_domain` is
    their fence, and what it does not find is not there.
    """

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "audit_finding_count" in counters:
            findings_sudo = request.env["audit.finding"].sudo()
            values["audit_finding_count"] = findings_sudo.search_count(
                findings_sudo._agency_domain()
            )
        return values

    @http.route(
        ["/my/findings", "/my/findings/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
    )
    def portal_my_findings(self, page=1, show="open", **_kw):
        findings_sudo = request.env["audit.finding"].sudo()
        show = show if show in VIEWS else "open"
        domain = findings_sudo._agency_domain() & Domain(VIEWS[show])
        pager = portal_pager(
            url="/my/findings",
            url_args={"show": show},
            total=findings_sudo.search_count(domain),
            page=page,
            step=PER_PAGE,
        )
        values = self._prepare_portal_layout_values() | {
            "findings": findings_sudo.search(
                domain, limit=PER_PAGE, offset=pager["offset"]
            ),
            "show": show,
            "pager": pager,
            "page_name": "audit_finding",
            "default_url": "/my/findings",
        }
        return request.render("audit_checklist.portal_my_findings", values)

    @http.route("/my/findings/<int:finding_id>", type="http", auth="user", website=True)
    def portal_my_finding(self, finding_id, **_kw):
        return self._finding_page(self._find_finding(finding_id))

    @http.route(
        "/my/findings/<int:finding_id>/answer",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        max_content_length=65536,
    )
    def finding_answer(self, finding_id, answer="", text="", **_kw):
        finding_sudo = self._find_finding(finding_id)
        return self._act_on_finding(
            finding_sudo, lambda: finding_sudo._agency_answer(answer, text)
        )

    @http.route(
        "/my/findings/<int:finding_id>/action",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        max_content_length=65536,
    )
    def finding_add_action(self, finding_id, **post):
        finding_sudo = self._find_finding(finding_id)
        values = post | {"date_due": read_day(post.get("date_due"))}
        return self._act_on_finding(
            finding_sudo, lambda: finding_sudo._agency_add_action(values), post
        )

    @http.route(
        "/my/findings/<int:finding_id>/action/<int:action_id>/done",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        max_content_length=MAX_FORM_BYTES,
    )
    def finding_report_action(self, finding_id, action_id, note="", **_kw):
        finding_sudo = self._find_finding(finding_id)
        action_sudo = self._find_finding_action(finding_sudo, action_id)
        files = [
            (file.filename, file.read(MAX_FILE_BYTES + 1))
            for file in request.httprequest.files.getlist("proof")[:MAX_FILES]
            if file.filename
        ]
        return self._act_on_finding(
            finding_sudo, lambda: action_sudo._agency_report(note, files)
        )

    @http.route(
        "/my/findings/<int:finding_id>/action/<int:action_id>/move",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        max_content_length=65536,
    )
    def finding_move_action(self, finding_id, action_id, date_due="", reason="", **_kw):
        finding_sudo = self._find_finding(finding_id)
        action_sudo = self._find_finding_action(finding_sudo, action_id)
        day = read_day(date_due)
        return self._act_on_finding(
            finding_sudo, lambda: action_sudo._agency_move(day, reason)
        )

    @http.route(
        "/my/findings/proof/<string:uuid>", type="http", auth="user", methods=["GET"]
    )
    def finding_own_proof(self, uuid):
        """Send a proof to the agency that added it, as a download."""
        proof_sudo = self._find_finding_proof(
            request.env["audit.action.proof"].sudo(), uuid
        )
        findings_sudo = request.env["audit.finding"].sudo()
        own = findings_sudo._agency_domain() & Domain(
            [("id", "=", proof_sudo.action_id.finding_id.id)]
        )
        if not proof_sudo or not findings_sudo.search_count(own):
            raise NotFound
        return self._send_finding_proof(proof_sudo)

    @http.route("/audit/proof/<string:uuid>", type="http", auth="user", methods=["GET"])
    def finding_proof(self, uuid):
        """Send a proof to whoever may read it, as a download."""
        model = request.env["audit.action.proof"]
        if not model.has_access("read"):
            raise NotFound
        proof = self._find_finding_proof(model, uuid)
        if not proof:
            raise NotFound
        return self._send_finding_proof(proof.sudo())

    # === Shared ===
    def _find_finding(self, finding_id):
        findings_sudo = request.env["audit.finding"].sudo()
        # Beyond what the column holds the database would complain.
        small = Domain([("id", "=", finding_id if finding_id < 2**31 else 0)])
        found_sudo = findings_sudo.search(findings_sudo._agency_domain() & small)
        if not found_sudo:
            raise NotFound
        return found_sudo.with_context(allowed_company_ids=found_sudo.company_id.ids)

    def _find_finding_action(self, finding_sudo, action_id):
        found_sudo = finding_sudo.action_ids.filtered(lambda a: a.id == action_id)
        if not found_sudo:
            raise NotFound
        return found_sudo

    def _find_finding_proof(self, model, uuid):
        try:
            return model.search([("uuid", "=", read_uuid(uuid))], limit=1)
        except BadValueError:
            raise NotFound from None

    def _send_finding_proof(self, proof_sudo):
        attachment_sudo = proof_sudo.attachment_id
        return send_file(
            attachment_sudo.name, attachment_sudo.raw, attachment_sudo.mimetype
        )

    def _act_on_finding(self, finding_sudo, act, typed=None):
        """Do what was asked and show the finding again, or say why not."""
        try:
            with request.env.cr.savepoint():
                act()
        except (UserError, ValidationError) as error:
            finding_sudo.invalidate_recordset()
            return self._finding_page(finding_sudo, problem=str(error), typed=typed)
        return request.redirect(f"/my/findings/{finding_sudo.id}", code=303)

    def _finding_page(self, finding_sudo, problem="", typed=None):
        values = self._prepare_portal_layout_values() | {
            "finding": finding_sudo,
            "problem": problem,
            "typed": {
                name: str((typed or {}).get(name) or "")[:500]
                for name in ("name", "owner", "date_due", "description", "kind")
            },
            "kinds": request.env["audit.action"]
            .sudo()
            ._fields["kind"]
            ._description_selection(request.env),
            "page_name": "audit_finding",
        }
        return request.render("audit_checklist.portal_my_finding", values)
