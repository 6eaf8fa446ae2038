from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.agency_base.tools.jobs import job_method

from ..tools.schedule import Plan

# A move is a try to put one unit elsewhere; more bring little.
MOVES_PER_UNIT = 1000
# The search is cut into parts so that it can be watched, stopped and taken up again.
PARTS = 20


class AuditSchedule(models.Model):
    """A proposal which team visits which unit on which day, until somebody applies it.

    Computed in the background, then moved about by hand: no visit changes before
    `action_apply`. What the plan stands on is in ``audit_schedule_problem.py``, the
    board in ``audit_schedule_board.py``, the way into the visits in
    ``audit_schedule_apply.py``.
    """

    _name = "audit.schedule"
    _description = "Schedule of Visits"
    _inherit = ["agency.derived.mixin", "agency.state.mixin"]
    _order = "id desc"
    _check_company_auto = True

    _state_transitions = {
        "draft": {"proposed", "discarded"},
        "proposed": {"draft", "applied", "discarded"},
        "applied": set(),
        "discarded": set(),
    }
    _state_deletable = ("draft", "proposed", "discarded")
    _state_stamps = frozenset({"applied_at", "applied_by_id"})

    # === What ===
    phase_id = fields.Many2one(
        "audit.phase",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        domain="[('state', 'in', ('draft', 'open')), ('source', '=', 'visit')]",
    )
    company_id = fields.Many2one(related="phase_id.company_id", store=True, index=True)
    date_from = fields.Date(
        "From",
        required=True,
        compute="_compute_date_from",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        help="The first day that is planned; what was before stays as it is.",
    )
    works_on_thursdays = fields.Boolean()

    # === Limits ===
    minutes_a_visit = fields.Integer(required=True, default=90)
    minutes_a_day = fields.Integer(
        required=True, default=360, help="Visits and the ways between them."
    )
    visits_a_day = fields.Integer(required=True, default=3)
    starts_at = fields.Float(
        "First Visit At", required=True, default=8.0, help="Hour of the day."
    )
    seed = fields.Integer(
        required=True, default=1, help="Another number gives another proposal."
    )

    # === Result ===
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("proposed", "Proposed"),
            ("applied", "Applied"),
            ("discarded", "Discarded"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        group_expand=True,
    )
    job_id = fields.Many2one("agency.job", readonly=True, copy=False)
    line_ids = fields.One2many(
        "audit.schedule.line", "schedule_id", "Units", readonly=True, copy=False
    )
    first_cost = fields.Integer(
        "Cost at First", readonly=True, copy=False, help="Of the plan made in one go."
    )
    cost = fields.Integer(readonly=True, copy=False, help="Lower is better.")
    spread = fields.Integer(
        "Minutes Apart",
        readonly=True,
        copy=False,
        help="Between the busiest and the least busy team.",
    )
    unplaced_count = fields.Integer("Not Placed", readonly=True, copy=False)
    revision = fields.Integer(readonly=True, copy=False)
    history = fields.Json(readonly=True, copy=False)
    applied_at = fields.Datetime(readonly=True, copy=False)
    applied_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    _limits_make_sense = models.Constraint(
        "CHECK (minutes_a_visit BETWEEN 5 AND 720 AND visits_a_day BETWEEN 1 AND 6"
        " AND minutes_a_day BETWEEN minutes_a_visit AND 720"
        " AND starts_at >= 0 AND starts_at * 60 + minutes_a_day <= 1440)",
        "A day holds one to six visits, each at least 5 minutes long, and ends before "
        "midnight.",
    )

    @api.depends("phase_id")
    def _compute_display_name(self):
        for schedule in self:
            schedule.display_name = schedule.phase_id.display_name

    @api.depends("phase_id")
    def _compute_date_from(self):
        today = fields.Date.context_today(self)
        for schedule in self:
            begin = schedule.phase_id.date_start
            schedule.date_from = max(begin, today) if begin else today

    # === Buttons ===
    def action_propose(self):
        """Compute a proposal in the background."""
        for schedule in self:
            schedule._check_can_plan()
            if schedule.state != "draft":
                schedule.write({"state": "draft"})
            # sudo: what the search writes is not entered by hand
            schedule.sudo().job_id = self.env["agency.job"]._enqueue(
                schedule,
                "_job_propose",
                self.env._("Plan the visits of %(phase)s", phase=schedule.display_name),
                key=f"audit.schedule/{schedule.id}",
            )

    def action_discard(self):
        """Give the proposal up; nothing has changed."""
        self.write({"state": "discarded"})

    def action_replan(self):
        """Propose the days from today on anew, keeping what is done and pinned."""
        self.ensure_one()
        again = self.copy()
        again.action_propose()
        return again._open()

    def _open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _transition_stamp(self, state):
        if state != "applied":
            return {}
        return {"applied_at": fields.Datetime.now(), "applied_by_id": self.env.uid}

    def _check_can_plan(self):
        self.ensure_one()
        if self.state not in ("draft", "proposed"):
            raise UserError(self.env._("This schedule has been decided: make another."))
        if not self._days():
            raise UserError(
                self.env._(
                    "No working day is left until %(phase)s ends.",
                    phase=self.display_name,
                )
            )
        if not self._teams():
            raise UserError(
                self.env._(
                    "%(programme)s has no team yet.",
                    programme=self.phase_id.programme_id.name,
                )
            )

    # === Search ===
    @job_method
    def _job_propose(self, job):
        """Search in parts; after each, the best plan so far is in the lines."""
        self.ensure_one()
        if job.done_count == 0:
            self._make_lines()
        problem = self._problem()
        plan = self._plan(problem)
        moves = max(200, MOVES_PER_UNIT * len(problem.units) // PARTS)
        for number in range(job.done_count, PARTS):
            if number == 0:
                plan.fill()
                self.sudo().first_cost = round(plan.cost)
            plan.anneal(moves, self.seed, (number, PARTS))
            plan.fill()
            self._keep(plan)
            job._checkpoint(
                number + 1,
                PARTS,
                self.env._("Cost %(cost)s", cost=round(plan.cost)),
            )
        self._keep(plan, explain_all=True)
        self.write({"state": "proposed"})

    def _plan(self, problem):
        """Return the plan that the lines hold."""
        plan = Plan(problem)
        for number, line in enumerate(problem.lines):
            place = problem.place_of(line)
            if plan.where[number] is None and place:
                plan.put(number, *place)
        return plan
