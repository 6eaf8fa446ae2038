from odoo import http
from odoo.http import content_disposition, request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
        return request.make_response(
            version._export_xlsx(),
            headers=[
                ("Content-Type", XLSX),
                (
                    "Content-Disposition",
                    content_disposition(f"{version.display_name}.xlsx"),
                ),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
