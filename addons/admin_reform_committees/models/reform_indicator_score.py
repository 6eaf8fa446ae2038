from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..texts import listed
from ..year_rules import QUARTERS, indicator_score

STATES = [
    ("draft", "Draft"),
    ("declared", "Declared"),
    ("evaluated", "Evaluated"),
]


class ReformIndicatorScore(models.Model):
    """What a body or an office achieved of an indicator until the end of a quarter.

    It declares its own figure with evidence; the evaluator accepts a figure, which may
    be another one. Both are scored by the same formula, and the evaluator's counts.
    """

    _name = "reform.indicator.score"
    _description = "Score of an Indicator"
    _inherit = ["reform.body.record", "mail.thread"]
    _order = "jalali_year desc, quarter desc, indicator_id, id"
    _rec_names_search = ["indicator_id.code", "indicator_id.name"]
    _check_company_auto = True

    _state_transitions = {
        "draft": {"declared"},
        "declared": {"draft", "evaluated"},
        "evaluated": {"declared"},
    }
    _state_stamps = frozenset(
        {"declared_at", "declared_by_id", "evaluated_at", "evaluated_by_id"}
    )
    _states_for_members = ("declared", "evaluated")
    _states_for_approver = ("declared", "evaluated")
    _states_published = ("evaluated",)
    _states_returned = ("draft",)
    _living_fields = frozenset({"accepted", "evaluator_note"})

    # === What is scored ===
    indicator_id = fields.Many2one(
        "reform.indicator",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(related="indicator_id.company_id")
    jalali_year = fields.Integer(
        related="indicator_id.jalali_year",
        store=True,
        required=False,
        default=None,
        precompute=True,
    )
    quarter = fields.Selection(
        QUARTERS,
        required=True,
        default=lambda self: str(self._this_quarter()[1]),
        help="What was achieved from the beginning of the year to its end.",
    )
    committee_id = fields.Many2one(required=False, index="btree_not_null")
    department_id = fields.Many2one(
        "hr.department",
        "Office",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    subject = fields.Char("Body or Office", compute="_compute_subject", store=True)
    state = fields.Selection(
        STATES, required=True, readonly=True, copy=False, index=True, default="draft"
    )

    # === The scale ===
    axis = fields.Char(related="indicator_id.axis", store=True)
    level = fields.Selection(related="indicator_id.level")
    unit = fields.Char(related="indicator_id.unit")
    standard = fields.Float(related="indicator_id.standard", aggregator=None)
    direction = fields.Selection(related="indicator_id.direction")
    ceiling = fields.Float(
        related="indicator_id.ceiling", store=True, aggregator="sum", digits=(16, 2)
    )

    # === What was achieved ===
    actual = fields.Float("Achieved (AP)", digits=(16, 3), aggregator=None)
    self_score = fields.Float(
        "Own Score", compute="_compute_scores", store=True, digits=(16, 2)
    )
    accepted = fields.Float("Accepted (AP)", digits=(16, 3), aggregator=None)
    evaluator_score = fields.Float(
        compute="_compute_scores", store=True, digits=(16, 2)
    )
    score = fields.Float(
        compute="_compute_scores",
        store=True,
        digits=(16, 2),
        help="The evaluator's, once there is one.",
    )
    strengths = fields.Text()
    weaknesses = fields.Text()
    improvements = fields.Text("Actions for Improvement")
    evaluator_note = fields.Text()
    annex_ids = fields.One2many("reform.annex", "score_id", "Annexes")
    annex_numbers = fields.Char("Annex No.", compute="_compute_annex_numbers")

    # === Stamps ===
    declared_at = fields.Datetime(readonly=True, copy=False)
    declared_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    evaluated_at = fields.Datetime(readonly=True, copy=False)
    evaluated_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )

    _committee_uniq = models.UniqueIndex(
        "(indicator_id, quarter, committee_id) WHERE committee_id IS NOT NULL",
        "This indicator has a score of this body and quarter already.",
    )
    _department_uniq = models.UniqueIndex(
        "(indicator_id, quarter, department_id) WHERE department_id IS NOT NULL",
        "This indicator has a score of this office and quarter already.",
    )
    _subject_is_one = models.Constraint(
        "CHECK ((committee_id IS NULL) != (department_id IS NULL))",
        "A score is that of a body or of an office.",
    )
    _achieved_is_natural = models.Constraint(
        "CHECK (COALESCE(actual, 0) >= 0 AND COALESCE(accepted, 0) >= 0)",
        "What was achieved (AP) cannot be negative.",
    )
    _quarter_idx = models.Index("(committee_id, jalali_year, quarter)")

    @api.depends("committee_id.name", "department_id.name")
    def _compute_subject(self):
        for score in self:
            score.subject = score.committee_id.name or score.department_id.name

    @api.depends("indicator_id", "subject")
    def _compute_display_name(self):
        for score in self:
            indicator, subject = score.indicator_id.display_name, score.subject
            score.display_name = f"{indicator} ({subject})" if subject else indicator

    @api.depends(
        "actual", "accepted", "state", "indicator_id.standard", "indicator_id.ceiling",
        "indicator_id.direction",
    )  # fmt: skip
    def _compute_scores(self):
        for score in self:
            is_evaluated = score.state == "evaluated"
            score.self_score = score._scored(score.actual)
            score.evaluator_score = is_evaluated and score._scored(score.accepted)
            score.score = {
                "draft": 0.0,
                "evaluated": score.evaluator_score,
            }.get(score.state, score.self_score)

    def _scored(self, figure):
        scale = self.indicator_id
        try:
            return indicator_score(
                figure, scale.standard, scale.ceiling, scale.direction
            )
        except ValueError:
            # being entered: the constraints refuse to save it
            return 0.0

    @api.depends("annex_ids.number")
    @api.depends_context("lang")
    def _compute_annex_numbers(self):
        for score in self:
            numbers = sorted(score.annex_ids.mapped("number"))
            score.annex_numbers = listed(self.env, map(str, numbers))

    @api.constrains("department_id", "indicator_id")
    def _check_offices(self):
        for score in self:
            if score.department_id and not score.indicator_id.is_for_offices:
                raise ValidationError(
                    self.env._(
                        "Offices do not assess themselves by “%s”.",
                        score.indicator_id.name,
                    )
                )

    # === Who sees, who keeps ===

    @api.model
    def _edited(self):
        return super()._edited() | Domain(
            "department_id", "in", self._liaison_departments().ids
        )

    @api.model
    def _liaison_departments(self):
        """Return the units the user hands in figures and evidence for."""
        # sudo: also where he may not read the unit itself
        return (
            self.env["hr.department"]
            .sudo()
            .search([("reform_liaison_ids", "in", self.env.uid)])
        )

    def _may_decide(self):
        self.ensure_one()
        return self.env.su or self._has_role("reform_office")

    # === Transitions ===

    def write(self, vals):
        if {"accepted", "evaluator_note"} & vals.keys():
            self._check_evaluator()
        return super().write(vals)

    def _check_evaluator(self):
        for score in self:
            if score.state == "evaluated":
                raise UserError(
                    self.env._("%s was evaluated already.", score.display_name)
                )
            if not score._may_decide():
                raise AccessError(
                    self.env._("Only the reform office evaluates scores.")
                )

    def _not_the_evaluator(self):
        return AccessError(self.env._("Only the reform office evaluates scores."))

    def _check_transition(self, state):
        for score in self:
            if score.state == "draft":
                score._check_zero()
                continue
            if not score._may_decide():
                raise AccessError(
                    self.env._("Only the reform office evaluates scores.")
                )
            own = score.declared_by_id == self.env.user
            if state == "evaluated" and own and not self.env.su:
                raise AccessError(
                    self.env._("Who declared a figure cannot evaluate it as well.")
                )
            score._check_not_reported()
        return super()._check_transition(state)

    def _check_zero(self):
        """Refuse the best figure there can be where it may be one nobody entered."""
        if self.direction == "less" and not self.actual and not self.annex_ids:
            raise UserError(
                self.env._(
                    "Less is better in %s, so that an achieved figure (AP) of zero "
                    "scores the whole ceiling: enter the figure, or add the evidence "
                    "that it is zero.",
                    self.display_name,
                )
            )

    def _check_not_reported(self):
        """Refuse what would change a figure that was reported; reports extend it."""

    def _transition_stamp(self, state):
        now, user = fields.Datetime.now(), self.env.uid
        if state == "evaluated":
            return {"evaluated_at": now, "evaluated_by_id": user}
        stamp = {"evaluated_at": False, "evaluated_by_id": False}
        if state == "declared" and self.state == "draft":
            # What was declared stands until the evaluator says otherwise.
            stamp |= {
                "declared_at": now,
                "declared_by_id": user,
                "accepted": self.actual,
                "reason": False,
            }
        return stamp

    def action_declare(self):
        """Hand the figure to the evaluator."""
        return self.write({"state": "declared"})

    def action_evaluate(self):
        """Accept the figure as it stands in the evaluator's column."""
        return self.write({"state": "evaluated"})

    def action_reopen(self):
        """Take an evaluation back before it was reported."""
        return self.write({"state": "declared"})

    def action_return(self):
        """Give the figure back, asking for the reason."""
        return self._ask_reason("draft")
