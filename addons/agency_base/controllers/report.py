from odoo import http
from odoo.http import request

from odoo.addons.web.controllers.report import ReportController


class OfficialReportController(ReportController):
    @http.route()
    def check_wkhtmltopdf(self):
        """Answer for all engines: the client asks once, whatever it will print."""
        return request.env["ir.actions.report"]._official_state()
