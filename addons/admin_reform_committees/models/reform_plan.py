from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.agency_base.tools import localize_digits

from ..year_rules import quarters_reached, realisation, weighted

STATES = [
    ("draft", "Draft"),
    ("submitted", "Submitted"),
    ("approved", "Approved"),
    ("closed", "Closed"),
]


def _percent(label, **options):
    """Return a field of the progress of a programme, in percent."""
    return fields.Float(label, compute="_compute_progress", digits=(16, 1), **options)


class ReformPlan(models.Model):
    """What one body undertakes in one Jalali year.

    Its progress is the mean of its lines by weight. What is planned and what is
    realised is cumulative: at three, six, nine and twelve months.
    """

    _name = "reform.plan"
    _description = "Annual Programme"
    _inherit = ["reform.body.record", "mail.thread", "mail.activity.mixin"]
    _order = "jalali_year desc, committee_id, id"
    _rec_names_search = ["committee_id.name"]
    _check_company_auto = True

    _state_transitions = {
        "draft": {"submitted"},
        "submitted": {"approved", "draft"},
        "approved": {"draft", "closed"},
        "closed": set(),
    }
    _state_stamps = frozenset({"approved_at", "approved_by_id", "submitted_by_id"})
    _states_for_members = ("submitted", "approved", "closed")
    _states_for_approver = ("submitted", "approved", "closed")
    _states_published = ("approved", "closed")
    _states_returned = ("draft",)

    state = fields.Selection(
        STATES, required=True, readonly=True, copy=False, index=True, default="draft"
    )
    threshold = fields.Integer(
        default=70,
        required=True,
        help="Percent of what was due that has to be done; below it the programme is "
        "behind.",
    )
    note = fields.Text()
    line_ids = fields.One2many("reform.plan.line", "plan_id", "Lines", copy=True)
    line_count = fields.Integer("Number of Lines", compute="_compute_line_count")

    # === Progress, cumulative, in percent ===
    quarters_reached = fields.Integer(compute="_compute_progress")
    planned_percent = _percent("Planned until Now")
    realised_percent = _percent("Realised")
    realisation_percent = _percent(
        "Realisation", help="Percent of what was due until now that is done."
    )
    is_behind = fields.Boolean("Below the Threshold", compute="_compute_progress")
    planned_1 = _percent("Planned, 3 Months")
    planned_2 = _percent("Planned, 6 Months")
    planned_3 = _percent("Planned, 9 Months")
    planned_4 = _percent("Planned, 12 Months")
    realised_1 = _percent("Realised, 3 Months")
    realised_2 = _percent("Realised, 6 Months")
    realised_3 = _percent("Realised, 9 Months")
    realised_4 = _percent("Realised, 12 Months")
    realisation_1 = _percent("Realisation, 3 Months")
    realisation_2 = _percent("Realisation, 6 Months")
    realisation_3 = _percent("Realisation, 9 Months")
    realisation_4 = _percent("Realisation, 12 Months")

    # === Stamps ===
    submitted_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    approved_at = fields.Datetime(readonly=True, copy=False)
    approved_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )

    _committee_year_uniq = models.UniqueIndex(
        "(committee_id, jalali_year)", "A body has one programme a year."
    )
    _threshold_is_percent = models.Constraint(
        "CHECK (threshold BETWEEN 0 AND 100)", "A threshold lies between 0 and 100."
    )

    @api.depends("committee_id.name", "jalali_year")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for plan in self:
            plan.display_name = self.env._(
                "Programme %(year)s, %(body)s",
                year=localize_digits(plan.jalali_year, self.env.lang),
                body=plan.committee_id.name or "",
            )

    @api.depends("line_ids")
    def _compute_line_count(self):
        for plan in self:
            plan.line_count = len(plan.line_ids)

    @api.depends(
        "jalali_year", "threshold", "line_ids.weight", "line_ids.percent",
        "line_ids.planned_1", "line_ids.planned_2", "line_ids.planned_3",
        "line_ids.planned_4", "line_ids.progress_ids.percent",
    )  # fmt: skip
    def _compute_progress(self):
        for plan in self:
            course = plan._course()
            reached = plan.quarters_reached = plan._quarters_reached()
            for quarter, (planned, realised) in enumerate(course, 1):
                plan[f"planned_{quarter}"] = planned
                is_reached = quarter <= reached
                plan[f"realised_{quarter}"] = realised if is_reached else 0
                plan[f"realisation_{quarter}"] = (
                    is_reached and realisation(planned, realised)
                ) or 0
            planned, realised = course[reached - 1] if reached else (0.0, 0.0)
            plan.planned_percent, plan.realised_percent = planned, realised
            done = realisation(planned, realised)
            plan.realisation_percent = done or 0.0
            plan.is_behind = done is not None and done < plan.threshold

    def _quarters_reached(self):
        today = self.env["reform.term.mixin"]._today()
        return quarters_reached(self.jalali_year, today) if self.jalali_year else 0

    def _course(self):
        """Return ``[(planned, realised)]`` of the four quarters, cumulative."""
        self.ensure_one()
        return [
            (
                weighted(
                    (line.weight, line[f"planned_{quarter}"]) for line in self.line_ids
                ),
                weighted(
                    (line.weight, line._percent_at(quarter)) for line in self.line_ids
                ),
            )
            for quarter in range(1, 5)
        ]

    def _check_not_reported(self, quarter):
        """Refuse what would change a quarter that was reported; reports extend it."""

    # === Transitions ===

    def _check_transition(self, state):
        for plan in self:
            if state == "submitted" and not plan.line_ids:
                raise UserError(self.env._("%s has no line yet.", plan.display_name))
            if plan.state != "draft":
                plan._check_decider(state)
        return super()._check_transition(state)

    def _check_decider(self, state):
        if not self._may_decide():
            raise AccessError(
                self.env._("The approver of the body decides on its programme.")
            )
        own = self.submitted_by_id == self.env.user
        if state == "approved" and own and not self.env.su:
            raise AccessError(
                self.env._("Who submitted the programme cannot approve it as well.")
            )

    def _transition_stamp(self, state):
        nobody = {"approved_at": False, "approved_by_id": False}
        return {
            "submitted": {"submitted_by_id": self.env.uid, "reason": False},
            "approved": {
                "approved_at": fields.Datetime.now(),
                "approved_by_id": self.env.uid,
            },
            "draft": nobody | {"submitted_by_id": False},
        }.get(state, {})

    def action_submit(self):
        """Hand the programme to the approver of the body."""
        return self.write({"state": "submitted"})

    def action_approve(self):
        """Put the programme in force: its lines can be reported on."""
        return self.write({"state": "approved"})

    def action_return(self):
        """Give the programme back, asking for the reason."""
        return self._ask_reason("draft")

    def action_close(self):
        """Close the year: nothing is reported any more."""
        return self.write({"state": "closed"})

    def action_export(self):
        """Download the lines as a spreadsheet that can be imported again."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/reform/plan/{self.id}/xlsx",
            "target": "download",
        }
