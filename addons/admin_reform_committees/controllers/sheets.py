from odoo import http
from odoo.http import content_disposition, request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ReformSheets(http.Controller):
    """Spreadsheets of what the user may read."""

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
            raise request.not_found()
        return self._sheet(plan._export_xlsx(), plan.display_name)

    def _sheet(self, content, name):
        return request.make_response(
            content,
            headers=[
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(f"{name}.xlsx")),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
