from odoo import fields, models


class ServiceDeskServiceCost(models.Model):
    """What a service costs (CPSV-AP: Cost)."""

    _name = "service.desk.service.cost"
    _inherit = ["service.desk.line.mixin"]
    _description = "Cost of a Service"

    name = fields.Char(required=True, translate=True)
    amount = fields.Float("Amount (Rials)", digits=(16, 0))
    is_estimate = fields.Boolean(
        "Depends on the Case", help="The amount is settled when the request is handled."
    )
    condition = fields.Char(translate=True)

    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0)", "A cost cannot be negative."
    )
