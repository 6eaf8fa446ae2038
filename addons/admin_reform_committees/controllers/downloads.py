from odoo import http
from odoo.http import request

from odoo.addons.agency_base.tools.download import no_document, send_file
from odoo.addons.agency_base.tools.sheets import XLSX

PDF = "application/pdf"


class ReformDownloads(http.Controller):
    """Spreadsheets and sealed documents of what the user may read."""

    @http.route(
        "/reform/plan/<int:plan_id>/xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def export_plan(self, plan_id):
        """Send the lines of a programme to whoever may read it."""
        plan = request.env["reform.plan"].search([("id", "=", plan_id)])
        if not plan:
            raise no_document()
        return send_file(f"{plan.display_name}.xlsx", plan._export_xlsx(), XLSX)

    @http.route(
        "/reform/report/<int:report_id>/pdf",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def sealed_report(self, report_id):
        """Send the sealed PDF of a quarterly report to whoever may read it."""
        reports = request.env["reform.quarter.report"]
        if not reports.has_access("read"):
            # The same answer as for a report that is not there.
            raise no_document()
        report = reports.search([("id", "=", report_id)])
        attachment_sudo = report._sealed_pdf() if report else report
        if not attachment_sudo:
            raise no_document()
        return send_file(attachment_sudo.name, attachment_sudo.raw, PDF)
