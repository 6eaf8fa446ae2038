from odoo import http
from odoo.http import request

from odoo.addons.agency_base.tools.download import send_file
from odoo.addons.agency_base.tools.sheets import XLSX

MOST_IDS = 2000


class ServiceDeskSheets(http.Controller):
    """Spreadsheets of what the user may read."""

    @http.route(
        "/service_desk/services.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def services(self, ids="", **_kw):
        """Send the services with these ids, as far as the user may read them."""
        wanted = [int(part) for part in ids.split(",")[:MOST_IDS] if part.isdecimal()]
        services = request.env["service.desk.service"].search([("id", "in", wanted)])
        if not services:
            raise request.not_found()
        name = request.env._("Services")
        return send_file(f"{name}.xlsx", services._export_xlsx(), XLSX)
