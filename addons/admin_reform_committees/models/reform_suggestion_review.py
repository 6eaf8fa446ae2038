from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.agency_base.tools import localize_digits
from odoo.addons.agency_base.tools.context import without_defaults

MARKS = ("1", "2", "3", "4", "5")
CRITERIA = ("usefulness", "feasibility", "novelty", "economy")
MOST = len(MARKS) * len(CRITERIA)
# What the reviewer says, and what he was asked.
GIVEN = {*CRITERIA, "opinion"}
ASKED = {"suggestion_id", "reviewer_id", "due_on"}


class ReformSuggestionReview(models.Model):
    """What one reviewer thinks of a suggestion: four marks and an opinion."""

    _name = "reform.suggestion.review"
    _description = "Review of a Suggestion"
    _inherit = ["agency.derived.mixin", "agency.state.mixin"]
    _order = "suggestion_id, id"
    _check_company_auto = True

    _state_transitions = {"asked": {"given"}, "given": {"asked"}}
    _state_stamps = frozenset({"given_at"})

    suggestion_id = fields.Many2one(
        "reform.suggestion", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="suggestion_id.company_id", store=True, precompute=True
    )
    reviewer_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="restrict", check_company=True
    )
    due_on = fields.Date("Until")
    state = fields.Selection(
        [("asked", "Asked"), ("given", "Given")],
        required=True,
        readonly=True,
        copy=False,
        default="asked",
    )
    usefulness = fields.Selection("_selection_marks")
    feasibility = fields.Selection("_selection_marks")
    novelty = fields.Selection("_selection_marks")
    economy = fields.Selection(
        "_selection_marks", help="What it saves against what it costs."
    )
    total = fields.Float(
        "Score (%)",
        compute="_compute_total",
        store=True,
        digits=(16, 1),
        aggregator="avg",
    )
    opinion = fields.Text()
    given_at = fields.Datetime(readonly=True, copy=False)
    is_mine = fields.Boolean(compute="_compute_is_mine")

    _reviewer_uniq = models.UniqueIndex(
        "(suggestion_id, reviewer_id)", "This reviewer was asked already."
    )

    @api.model
    def _selection_marks(self):
        """Return the marks, named in the digits of their reader.

        Odoo exports no term of a single sign, so that no translation could do it.
        """
        return [(mark, localize_digits(mark, self.env.lang)) for mark in MARKS]

    @api.depends(*CRITERIA)
    def _compute_total(self):
        for review in self:
            marks = [int(review[name] or 0) for name in CRITERIA]
            review.total = 100 * sum(marks) / MOST if all(marks) else 0.0

    @api.depends_context("uid")
    @api.depends("reviewer_id")
    def _compute_is_mine(self):
        for review in self:
            review.is_mine = review.reviewer_id == self.env.user

    @api.depends("suggestion_id", "reviewer_id")
    def _compute_display_name(self):
        for review in self:
            # sudo: a reviewer reads the suggestion he was asked about
            review.display_name = review.sudo().suggestion_id.display_name

    @api.constrains("reviewer_id", "suggestion_id")
    def _check_reviewer(self):
        for review in self:
            author = review.sudo().suggestion_id.author_id
            if author and author == review.reviewer_id.partner_id:
                raise UserError(
                    self.env._("Nobody reviews his own suggestion: ask somebody else.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        reviews = super(ReformSuggestionReview, without_defaults(self, GIVEN)).create(
            vals_list
        )
        for review, vals in zip(reviews, vals_list, strict=True):
            if GIVEN & vals.keys():
                review._check_marks()
        return reviews.with_env(self.env)

    def write(self, vals):
        if GIVEN & vals.keys():
            self._check_marks()
        if ASKED & vals.keys():
            self._check_asking(ASKED & vals.keys())
        return super().write(vals)

    def _check_marks(self):
        """Refuse marks of others, and those of a review that was handed in."""
        for review in self:
            if not (self.env.su or review.is_mine):
                raise AccessError(self.env._("Marks are given by the reviewer."))
            if review.state == "given":
                raise UserError(self.env._("This review was given already."))

    def _check_asking(self, names):
        """Refuse to ask somebody else, or about something else, once it was asked.

        Who reviews a suggestion may read it: a review leads to no other one.
        """
        if names - {"due_on"}:
            raise UserError(
                self.env._("A review is asked anew; this one stays as it was asked.")
            )
        for review in self:
            # sudo: a reviewer need not keep what he was asked about
            suggestion_sudo = review.sudo().suggestion_id
            if not suggestion_sudo.with_user(self.env.user)._may_keep():
                raise AccessError(self.env._("The secretariat asks for reviews."))

    def _check_transition(self, state):
        for review in self:
            if state == "given":
                if not (self.env.su or review.is_mine):
                    raise AccessError(self.env._("Marks are given by the reviewer."))
                if not review.total:
                    raise UserError(self.env._("Give all four marks first."))
            elif not review.suggestion_id._may_keep():
                raise AccessError(self.env._("The secretariat asks for reviews."))
        return super()._check_transition(state)

    def _transition_stamp(self, state):
        return {"given_at": fields.Datetime.now() if state == "given" else False}

    def action_give(self):
        """Hand the review in."""
        return self.write({"state": "given"})
