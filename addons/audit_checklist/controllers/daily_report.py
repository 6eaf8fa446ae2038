from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError, ValidationError
from odoo.http import request
from odoo.tools import mute_logger

from odoo.addons.agency_base.tools.download import send_file

from ..models.audit_daily_report_paper import MIMETYPES
from ..tools.dates import read_day

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}
MAX_FORM = 32768
MAX_TEXT = 2000


class AuditDailyPage(http.Controller):
    """The report as a page: read, commented and ordered upon line by line, answered."""

    @http.route(
        "/audit/report/<int:report_id>", type="http", auth="user", methods=["GET"]
    )
    def page(self, report_id, **_kw):
        return self._page(self._find(report_id))

    @http.route(
        "/audit/report/<int:report_id>/order",
        type="http",
        auth="user",
        methods=["POST"],
        max_content_length=MAX_FORM,
    )
    def order(self, report_id, line="", text="", owner="", date_due="", kind="", **_kw):
        report = self._find(report_id)
        subject = report._lines().get(line)
        if subject is None:
            raise NotFound
        values = {
            "report_id": report.id,
            "line": line,
            "subject": subject[:200],
            "kind": "comment" if kind == "comment" else "order",
            "text": text.strip()[:MAX_TEXT],
            "owner": owner.strip()[:200],
            "date_due": read_day(date_due),
        }
        # What was typed comes back with a refusal.
        typed = values | {"date_due": date_due[:20]}
        return self._act(report, lambda: report._say(values), typed)

    @http.route(
        "/audit/report/<int:report_id>/answer/<int:order_id>",
        type="http",
        auth="user",
        methods=["POST"],
        max_content_length=MAX_FORM,
    )
    def answer(self, report_id, order_id, answer="", **_kw):
        report = self._find(report_id)
        order = self._find_order(report, order_id)
        values = {"answer": answer.strip()[:MAX_TEXT], "state": "answered"}
        return self._act(report, lambda: order.write(values))

    @http.route(
        "/audit/report/<int:report_id>/settle/<int:order_id>",
        type="http",
        auth="user",
        methods=["POST"],
        max_content_length=MAX_FORM,
    )
    def settle(self, report_id, order_id, ruling="", **_kw):
        """Be content with an answer, or ask for another."""
        report = self._find(report_id)
        order = self._find_order(report, order_id)
        rulings = {"done": order.action_done, "again": order.action_ask_again}
        if ruling not in rulings:
            raise NotFound
        return self._act(report, rulings[ruling])

    @http.route(
        "/audit/report/<int:report_id>/<any(pdf, xlsx):form>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def file(self, report_id, form):
        """Send the PDF, or the tables of a whole phase; printed before or not."""
        report = self._find(report_id)
        if form == "xlsx" and report.kind != "final":
            raise NotFound
        name, content = report._file(form)
        return send_file(name, content, MIMETYPES[form])

    # === Shared ===
    def _find(self, report_id):
        reports = request.env["audit.daily.report"]
        if not reports.has_access("read") or report_id >= 2**31:
            raise NotFound
        found = reports.search([("id", "=", report_id)])
        if not found:
            raise NotFound
        return found

    def _find_order(self, report, order_id):
        order = report.order_ids.filtered(lambda o: o.id == order_id)
        if not order:
            raise NotFound
        return order

    def _act(self, report, act, typed=None):
        try:
            with request.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                act()
        except (UserError, ValidationError) as error:
            report.invalidate_recordset()
            return self._page(report, problem=str(error), typed=typed)
        return request.redirect(f"/audit/report/{report.id}", code=303)

    def _page(self, report, problem="", typed=None):
        lang = request.env["res.lang"]._get_data(code=report.env.lang or "en_US")
        may_order = request.env["audit.daily.order"].has_access("create")
        values = {
            "doc": report,
            "paper_of": report._paper(),
            "said": report.order_ids.grouped("line"),
            "may_order": may_order,
            "owners": report._owners() if may_order else {},
            "may_answer": request.env.user.has_group(
                "audit_checklist.group_programme_officer"
            ),
            "interactive": True,
            "problem": problem,
            "typed": typed or {},
            "language": lang.code.replace("_", "-"),
            "direction": lang.direction,
        }
        response = request.render("audit_checklist.daily_page", values)
        response.headers.update(HEADERS)
        return response
