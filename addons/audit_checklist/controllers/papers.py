from datetime import timedelta

from werkzeug.exceptions import Forbidden, NotFound

from odoo import fields, http
from odoo.http import content_disposition, request

REPORTS = {
    "duty": "audit_checklist.audit_duty_sheet_report",
    "letter": "audit_checklist.audit_visit_letter_report",
}


class AuditPapersController(http.Controller):
    """What an inspector prints or shows on his phone before he goes."""

    @http.route(
        "/audit/paper/<string:paper>", type="http", auth="user", methods=["GET"]
    )
    def paper(self, paper):
        """Send the duty sheets of the user's teams, or the letters of his visits."""
        if paper not in REPORTS:
            raise NotFound
        user = request.env.user
        if not user.has_group("audit_checklist.group_inspector"):
            raise Forbidden
        today = fields.Date.context_today(user)
        visits = request.env["audit.visit"].search(
            [
                ("member_ids.user_id", "=", user.id),
                ("unit_id.is_recused", "=", False),
                ("state", "in", ("planned", "in_progress")),
                ("planned_on", ">=", today),
                ("planned_on", "<=", today + timedelta(days=1)),
            ],
            order="planned_start, id",
        )
        records = visits.team_id if paper == "duty" else visits
        if not records:
            raise NotFound
        report = request.env["ir.actions.report"]
        content, _type = report._render_qweb_pdf(REPORTS[paper], records.ids)
        headers = {
            "Content-Type": "application/pdf",
            "Content-Disposition": content_disposition(f"{paper}.pdf"),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        }
        return request.make_response(content, headers=list(headers.items()))
