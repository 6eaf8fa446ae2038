from odoo import api, fields, models

CAUSES = [
    ("window", "The unit receives nobody on these days"),
    ("recusal", "Inspectors are recused"),
    ("absence", "Inspectors are absent"),
    ("shared", "An inspector is out with another team"),
    ("full", "The teams have enough visits on these days"),
    ("time", "The day is too short with the way there"),
]


class AuditScheduleLine(models.Model):
    """Where a proposal puts one unit, or why it could not."""

    _name = "audit.schedule.line"
    _description = "Unit of a Schedule"
    _order = "schedule_id, day, team_id, sequence, id"
    _check_company_auto = True

    schedule_id = fields.Many2one(
        "audit.schedule", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="schedule_id.company_id", store=True, index=True
    )
    unit_id = fields.Many2one("audit.unit", required=True, ondelete="cascade")
    visit_id = fields.Many2one(
        "audit.visit", ondelete="cascade", help="That will be moved; none: a new one."
    )
    team_id = fields.Many2one("audit.team", ondelete="cascade")
    day = fields.Date()
    sequence = fields.Integer()
    is_fixed = fields.Boolean(help="Pinned, begun or of another kind: it stays.")
    cause = fields.Selection(CAUSES, "Why Not Placed")
    way_out = fields.Json(help="The cheapest way: which rule, team, day and cost.")

    _unit_once = models.Constraint(
        "UNIQUE (schedule_id, unit_id, visit_id)", "A unit stands once in a schedule."
    )
    _whole_place = models.Constraint(
        "CHECK ((team_id IS NULL) = (day IS NULL))", "A place is a team and a day."
    )

    @api.depends("unit_id.name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.unit_id.name
