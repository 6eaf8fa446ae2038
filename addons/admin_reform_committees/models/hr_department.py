from odoo import fields, models


class HrDepartment(models.Model):
    """A unit or office, as those who answer for it in administrative reform see it."""

    _inherit = "hr.department"

    reform_liaison_ids = fields.Many2many(
        "res.users",
        "reform_department_liaison_rel",
        string="Liaisons of Administrative Reform",
        help="They hand in what the unit achieved, with its evidence. An office that "
        "has one assesses itself.",
    )
