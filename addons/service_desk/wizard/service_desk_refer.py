from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError

TERMS = (
    "kind",
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
    order = fields.Selection(
        [("parallel", "All at Once"), ("sequence", "One After Another")],
        required=True,
        default="parallel",
    )
    line_ids = fields.One2many(
        "service.desk.refer.line",
        "wizard_id",
        string="Units",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    note = fields.Text("What the Unit Should Do")
    letter_number = fields.Char()
    letter_date = fields.Date()
    coordinated_with = fields.Char(help="Who in the unit agreed to receive the client.")
    coordinated_at = fields.Datetime()
    reason = fields.Char(help="Why the client himself has to go.")

    @api.depends("request_id")
    def _compute_line_ids(self):
        """Suggest the responsible unit, else the first one of the steps."""
        for wizard in self:
            request = wizard.request_id
            own = request.desk_id.department_id
            steps = request.service_id.step_ids.department_id - own
            unit = request.service_id.department_id - own or steps[:1]
            if unit and not wizard.line_ids:
                wizard.line_ids = [Command.create({"department_id": unit.id})]

    def action_confirm(self):
        """Send one referral to each unit."""
        self.ensure_one()
        if not self.line_ids:
            raise UserError(self.env._("Choose the unit the file is referred to."))
        terms = {name: self[name] for name in TERMS}
        in_turns = self.order == "sequence" and self.kind == "file"
        self.env["service.desk.referral"].create(
            [
                terms
                | {
                    "request_id": self.request_id.id,
                    "department_id": line.department_id.id,
                    "days": line.days,
                    "turn": position if in_turns else 1,
                }
                for position, line in enumerate(self.line_ids.sorted("sequence"), 1)
            ]
        )
        return {"type": "ir.actions.act_window_close"}


class ServiceDeskReferLine(models.TransientModel):
    """A unit the file goes to, with the days it is given."""

    _name = "service.desk.refer.line"
    _description = "Unit to Refer To"
    _order = "sequence, id"

    wizard_id = fields.Many2one(
        "service.desk.refer", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="wizard_id.company_id")
    sequence = fields.Integer(default=10)
    department_id = fields.Many2one("hr.department", "Unit", required=True)
    days = fields.Integer("Working Days", help="Empty: the days of the identity sheet.")

    @api.constrains("days")
    def _check_days(self):
        # The table refuses it too, in a sentence that Odoo puts its own before.
        if self.filtered(lambda line: line.days < 0):
            raise ValidationError(self.env._("A duration cannot be negative."))
