from odoo import api, fields, models

TERMS = (
    "kind",
    "days",
    "note",
    "letter_number",
    "letter_date",
    "coordinated_with",
    "coordinated_at",
    "reason",
)


class ServiceDeskRefer(models.TransientModel):
    """Refers a file to one or several units, or records that a person was sent."""

    _name = "service.desk.refer"
    _description = "Refer to Units"

    request_id = fields.Many2one("service.desk.request", required=True)
    company_id = fields.Many2one(related="request_id.company_id")
    kind = fields.Selection(
        [("file", "File"), ("person", "Person")], required=True, default="file"
    )
    department_ids = fields.Many2many(
        "hr.department",
        string="Units",
        required=True,
        compute="_compute_department_ids",
        store=True,
        readonly=False,
    )
    days = fields.Integer("Working Days", help="Empty: the days of the identity sheet.")
    note = fields.Text("What the Unit Should Do")
    letter_number = fields.Char()
    letter_date = fields.Date()
    coordinated_with = fields.Char(help="Who in the unit agreed to receive the client.")
    coordinated_at = fields.Datetime()
    reason = fields.Char(help="Why the client himself has to go.")

    @api.depends("request_id")
    def _compute_department_ids(self):
        for wizard in self:
            request = wizard.request_id
            own = request.desk_id.department_id
            steps = request.service_id.step_ids.department_id - own
            unit = request.service_id.department_id - own
            wizard.department_ids = wizard.department_ids or unit or steps[:1]

    def action_confirm(self):
        """Send one referral to each unit."""
        self.ensure_one()
        terms = {name: self[name] for name in TERMS}
        self.request_id._refer_to(self.department_ids.ids, terms)
        return {"type": "ir.actions.act_window_close"}
