from odoo import fields, models


class ReformStandingItem(models.Model):
    """An item that stands on every agenda of a body."""

    _name = "reform.standing.item"
    _description = "Standing Agenda Item"
    _inherit = ["agency.derived.mixin"]
    _order = "committee_id, sequence, id"

    committee_id = fields.Many2one(
        "reform.committee", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="committee_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    planned_minutes = fields.Integer(
        "Minutes Planned", help="How long it may take, in minutes."
    )

    _time_is_natural = models.Constraint(
        "CHECK (COALESCE(planned_minutes, 0) >= 0)",
        "An item cannot take less than no time.",
    )
