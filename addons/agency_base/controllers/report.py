from odoo import http
from odoo.http import request

from odoo.addons.web.controllers.report import ReportController

from ..tools.download import no_document

# PostgreSQL's own end of such numbers: beyond it the question itself is an error.
LARGEST_ID = 2**31 - 1


class OfficialReportController(ReportController):
    @http.route()
    def check_wkhtmltopdf(self):
        """Answer for all engines: the client asks once, whatever it will print."""
        return request.env["ir.actions.report"]._official_state()

    @http.route()
    def report_routes(self, reportname, docids=None, converter=None, **data):
        """Say of a document that is not there, or not his, that there is none."""
        if not self._may_print(reportname, docids or ""):
            # Raised, it would be covered by the page of all websites.
            return no_document().get_response()
        return super().report_routes(reportname, docids, converter, **data)

    def _may_print(self, reportname, docids):
        """Tell whether all these records exist and the user may read them."""
        try:
            # By its name or by its external id: as it is looked up for printing.
            report_sudo = request.env["ir.actions.report"]._get_report(reportname)
        except ValueError:
            return False
        ids = [int(number) for number in docids.split(",") if number.isdecimal()]
        if report_sudo.pdf_engine != "weasyprint" or not ids:
            return True
        if max(ids) > LARGEST_ID:
            return False
        records = request.env[report_sudo.model].browse(ids)
        # Rights are asked of records that are there: others raise on their own.
        return records.exists() == records and records.has_access("read")
