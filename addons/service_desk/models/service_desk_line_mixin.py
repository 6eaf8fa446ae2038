from odoo import fields, models


class ServiceDeskLineMixin(models.AbstractModel):
    """What the lines of an identity sheet have in common."""

    _name = "service.desk.line.mixin"
    _description = "Line of an Identity Sheet"
    _inherit = ["agency.derived.mixin"]
    _order = "sequence, id"

    service_id = fields.Many2one(
        "service.desk.service", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="service_id.company_id", store=True)
    sequence = fields.Integer(default=10)
