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

    opinion_minimum = fields.Integer(
        "Fewest Opinions",
        required=True,
        default=10,
        help="Fewer than that at a unit are shown with a warning, never compared.",
    )
    report_hour = fields.Integer(
        "Hour of the Report",
        required=True,
        default=19,
        help="When the figures of a day are frozen, by the clock of the company.",
    )

    _report_hour_in_range = models.Constraint(
        "CHECK (report_hour BETWEEN 0 AND 23)", "A day has hours from 0 to 23."
    )
    _days_are_positive = models.Constraint(
        "CHECK (answer_days > 0 AND mending_days > 0)",
        "An agency needs at least a day.",
    )
