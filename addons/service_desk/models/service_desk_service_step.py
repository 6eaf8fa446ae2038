from odoo import fields, models


class ServiceDeskServiceStep(models.Model):
    """A step of the procedure."""

    _name = "service.desk.service.step"
    _inherit = ["service.desk.line.mixin"]
    _description = "Step of a Service"

    name = fields.Char(required=True, translate=True)
    department_id = fields.Many2one("hr.department", "Unit", check_company=True)
    days = fields.Integer("Working Days", help="Working days the step takes.")
    is_public = fields.Boolean("Shown to Clients", default=True)
    note = fields.Char(translate=True)

    _days_not_negative = models.Constraint(
        "CHECK (days >= 0)", "A duration cannot be negative."
    )
