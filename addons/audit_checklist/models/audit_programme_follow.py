from odoo import fields, models


class AuditProgramme(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.programme"

    answer_days = fields.Integer(
        "Days to Answer",
        required=True,
        default=10,
        help="Within which an agency accepts or contests a finding.",
    )
    mending_days = fields.Integer(
        "Days to Mend", required=True, default=45, help="For the deadline of a finding."
    )
    head_answers = fields.Boolean(
        "Head Office Answers",
        default=True,
        help="Representatives of an agency answer for the units below it as well.",
    )

    _days_are_positive = models.Constraint(
        "CHECK (answer_days > 0 AND mending_days > 0)",
        "An agency needs at least a day.",
    )
