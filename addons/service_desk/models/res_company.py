from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    desk_is_public = fields.Boolean(
        "Publish the Electronic Desk",
        default=True,
        help="Answer visitors on /desk for this company.",
    )
    desk_appeal_days = fields.Integer(
        "Days to Object",
        default=10,
        help="Calendar days after a rejection within which a client may object.",
    )

    desk_remind_days = fields.Integer(
        "Remind Units Before",
        default=1,
        help="Days before the deadline of a referral on which its liaison is reminded.",
    )

    _desk_remind_days_positive = models.Constraint(
        "CHECK (desk_remind_days >= 0)", "A number of days cannot be negative."
    )
    _desk_appeal_days_positive = models.Constraint(
        "CHECK (desk_appeal_days >= 0)",
        "The number of days to object cannot be negative.",
    )
