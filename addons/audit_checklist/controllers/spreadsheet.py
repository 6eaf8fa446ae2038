from odoo import http
from odoo.http import request

from odoo.addons.agency_base.tools.download import send_file
from odoo.addons.agency_base.tools.sheets import XLSX


class AuditSpreadsheet(http.Controller):
    @http.route(
        "/audit/checklist/<int:version_id>/xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def export_checklist(self, version_id):
        """Send a version as a spreadsheet to whoever may read it."""
        version = request.env["audit.checklist.version"].search(
            [("id", "=", version_id)]
        )
        if not version:
            raise request.not_found()
        return send_file(f"{version.display_name}.xlsx", version._export_xlsx(), XLSX)
