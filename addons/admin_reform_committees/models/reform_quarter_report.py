from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools import local_digits
from ..year_rules import QUARTERS

STATES = [
    ("draft", "Draft"),
    ("submitted", "Submitted"),
    ("accepted", "Accepted"),
]
TEXTS = ("summary", "achievements", "obstacles", "next_steps")
FIGURES = (
    "meetings_planned", "meetings_held", "resolutions_adopted", "resolutions_verified",
    "resolutions_open", "resolutions_overdue", "planned_percent", "realised_percent",
    "realisation_percent", "score", "ceiling",
)  # fmt: skip


class ReformQuarterReport(models.Model):
    """What one body reports of one quarter, made of what is on record.

    Figures and lines are taken from meetings, resolutions, programme and indicators;
    the secretary adds words. Accepting it freezes and seals it with the head of the
    chain of seals; a correction is a new version that amends it.
    """

    _name = "reform.quarter.report"
    _description = "Quarterly Report"
    _inherit = ["reform.body.record", "agency.seal.mixin", "mail.thread"]
    _order = "jalali_year desc, quarter desc, committee_id, id desc"
    _rec_names_search = ["number", "committee_id.name"]
    _check_company_auto = True

    _state_transitions = {
        "draft": {"submitted"},
        "submitted": {"draft", "accepted"},
        "accepted": set(),
    }
    _state_stamps = frozenset(
        {
            "number", "made_at", "submitted_at", "submitted_by_id", "accepted_at",
            "accepted_by_id", "chain_length", "chain_hash", *FIGURES,
        }
    )  # fmt: skip
    _states_for_members = ("submitted", "accepted")
    _states_for_approver = ("submitted", "accepted")
    _states_published = ("accepted",)
    _states_returned = ("draft",)

    _seal_number_field = "number"
    _seal_report = "admin_reform_committees.quarter_report_paper"
    _seal_fields = (
        "number", "committee_id", "jalali_year", "quarter", "state", "made_at",
        "submitted_at", "submitted_by_id", "accepted_at", "accepted_by_id",
        "chain_length", "chain_hash", *TEXTS, *FIGURES,
    )  # fmt: skip
    _seal_children = ("line_ids",)

    # === Identity ===
    number = fields.Char(
        readonly=True, copy=False, help="Given when the report is accepted."
    )
    quarter = fields.Selection(
        QUARTERS, required=True, default=lambda self: self._last_quarter()[1]
    )
    jalali_year = fields.Integer(default=lambda self: self._last_quarter()[0])
    state = fields.Selection(
        STATES, required=True, readonly=True, copy=False, index=True, default="draft"
    )
    is_superseded = fields.Boolean(
        "Superseded", compute="_compute_is_superseded", search="_search_is_superseded"
    )

    # === Figures, as of `made_at` ===
    made_at = fields.Datetime("As of", readonly=True, copy=False)
    meetings_planned = fields.Integer(readonly=True, copy=False)
    meetings_held = fields.Integer(readonly=True, copy=False)
    resolutions_adopted = fields.Integer(
        readonly=True, copy=False, help="By meetings of this quarter."
    )
    resolutions_verified = fields.Integer(
        readonly=True,
        copy=False,
        help="Of those adopted since the beginning of the year.",
    )
    resolutions_open = fields.Integer(
        readonly=True, copy=False, help="Of this body, whenever they were adopted."
    )
    resolutions_overdue = fields.Integer(readonly=True, copy=False)
    planned_percent = fields.Float(
        "Planned (%)", readonly=True, copy=False, digits=(16, 1), aggregator="avg"
    )
    realised_percent = fields.Float(
        "Realised (%)", readonly=True, copy=False, digits=(16, 1), aggregator="avg"
    )
    realisation_percent = fields.Float(
        "Realisation (%)", readonly=True, copy=False, digits=(16, 1), aggregator="avg"
    )
    score = fields.Float(readonly=True, copy=False, digits=(16, 2))
    ceiling = fields.Float(readonly=True, copy=False, digits=(16, 2))
    line_ids = fields.One2many(
        "reform.quarter.report.line", "report_id", "Lines", readonly=True, copy=False
    )

    # === Words ===
    summary = fields.Text()
    achievements = fields.Text(help="One on each line; they also go into the dossier.")
    obstacles = fields.Text("Problems")
    next_steps = fields.Text("Next Quarter")

    # === Stamps ===
    submitted_at = fields.Datetime(readonly=True, copy=False)
    submitted_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    accepted_at = fields.Datetime(readonly=True, copy=False)
    accepted_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    chain_length = fields.Integer("Seals before It", readonly=True, copy=False)
    chain_hash = fields.Char("Last Seal before It", readonly=True, copy=False)

    _accepted_is_numbered = models.Constraint(
        "CHECK ((state = 'accepted') = (number IS NOT NULL))",
        "Reports are numbered when, and only when, they are accepted.",
    )
    _open_uniq = models.UniqueIndex(
        "(committee_id, jalali_year, quarter) WHERE state != 'accepted'",
        "A report of this body and quarter is being made already.",
    )
    _accepted_uniq = models.UniqueIndex(
        "(committee_id, jalali_year, quarter) "
        "WHERE state = 'accepted' AND seal_amends_id IS NULL",
        "The report of this body and quarter was accepted already.",
    )
    _amended_once = models.UniqueIndex(
        "(seal_amends_id) WHERE seal_amends_id IS NOT NULL",
        "A report is amended by one other.",
    )

    @api.model
    def _last_quarter(self, back=1):
        """Return the Jalali year and quarter that ended ``back`` quarters ago."""
        year, quarter = self._this_quarter()
        year, before = divmod(year * 4 + quarter - 1 - back, 4)
        return year, str(before + 1)

    @api.depends("number", "committee_id.name", "jalali_year", "quarter")
    @api.depends_context("lang")
    def _compute_display_name(self):
        quarters = dict(self._fields["quarter"]._description_selection(self.env))
        for report in self:
            report.display_name = self.env._(
                "Report of %(quarter)s %(year)s, %(body)s",
                quarter=quarters.get(report.quarter, ""),
                year=local_digits(report.jalali_year, self.env.lang),
                body=report.committee_id.name or "",
            )

    @api.depends("seal_id")
    def _compute_is_superseded(self):
        later = self._later(self.seal_id.ids)
        for report in self:
            report.is_superseded = report.seal_id in later.seal_amends_id

    def _search_is_superseded(self, operator, value):
        # The ORM rewrites every condition on a boolean to `in [True]`.
        if operator != "in":
            return NotImplemented
        amended = self._later().seal_amends_id
        return Domain("seal_id", "in", amended.ids)

    @api.model
    def _later(self, seal_ids=None):
        """Return the accepted reports that amend others."""
        # sudo: what was superseded is so for everybody
        domain = Domain("state", "=", "accepted")
        if seal_ids is None:
            return self.sudo().search(domain & Domain("seal_amends_id", "!=", False))
        return self.sudo().search(domain & Domain("seal_amends_id", "in", seal_ids))

    @api.model
    def _accepted_of(self, committee, year, quarters):
        """Return the accepted reports in force of a body's quarters."""
        # sudo: that a quarter was reported binds whoever changes what it is made of
        return self.sudo().search(
            [
                ("committee_id", "in", committee.ids),
                ("jalali_year", "=", year),
                ("quarter", "in", quarters),
                ("state", "=", "accepted"),
                ("is_superseded", "=", False),
            ]
        )

    # === Guards ===

    def _may_decide(self):
        self.ensure_one()
        return self.env.su or self._has_role("reform_office")

    def _check_transition(self, state):
        for report in self:
            if report.state == "draft":
                report._check_complete()
                continue
            if not report._may_decide():
                raise AccessError(
                    self.env._("The reform office accepts or returns reports.")
                )
            if state == "accepted":
                report._check_acceptable()
        return super()._check_transition(state)

    def _check_complete(self):
        faults = self._faults()
        if faults:
            raise UserError(
                "\n".join([self.env._("Before the report is submitted:"), *faults])
            )

    def _check_acceptable(self):
        if self.submitted_by_id == self.env.user and not self.env.su:
            raise AccessError(
                self.env._("Who submitted the report cannot accept it as well.")
            )
        waiting = self._scores().filtered(lambda score: score.state != "evaluated")
        if waiting:
            raise UserError(
                self.env._(
                    "%(count)s indicators of this quarter are not evaluated yet: "
                    "%(first)s",
                    count=len(waiting),
                    first=waiting[0].indicator_id.display_name,
                )
            )

    def _faults(self):
        """Return what keeps the report from being submitted, in sentences."""
        self.ensure_one()
        faults = []
        if not (self.summary or "").strip():
            faults.append(self.env._("• The summary is empty."))
        accepted = self._accepted_of(
            self.committee_id, self.jalali_year, [self.quarter]
        )
        if accepted and not self.seal_amends_id:
            faults.append(
                self.env._("• %s was accepted already: amend it.", accepted.number)
            )
        faults += [
            self.env._("• “%s” is not declared.", score.indicator_id.display_name)
            for score in self._scores()
            if score.state == "draft"
        ]
        return faults

    def _transition_stamp(self, state):
        now, user = fields.Datetime.now(), self.env.uid
        return {
            "submitted": {
                "submitted_at": now,
                "submitted_by_id": user,
                "reason": False,
            },
            "draft": {"submitted_at": False, "submitted_by_id": False},
            "accepted": {"accepted_at": now, "accepted_by_id": user},
        }[state]

    def _stamp_state(self, state):
        if state != "accepted":
            return super()._stamp_state(state)
        for report in self:
            # What the evaluator decided after the report was submitted.
            report._collect()
            stamp = {"state": state, "number": report._own_number()}
            report._set_stamps(report._transition_stamp(state) | stamp)
        # sudo: seals are nobody's to read; that the user may accept was checked
        return self.sudo()._seal()

    def _own_number(self):
        number = f"{self.committee_id.code}/{self.jalali_year}/Q{self.quarter}"
        # sudo: seals are nobody's to read
        amended_sudo = self.sudo().seal_amends_id
        version = amended_sudo.version + 1 if amended_sudo else 1
        return number if version == 1 else f"{number}-{version}"

    def _seal_prepare(self):
        """Write down the head of the chain that the report is added to."""
        for report in self:
            # sudo: the head is printed for whoever may read the report
            chain_sudo = (
                self.env["agency.seal.chain"]
                .sudo()
                .search([("company_id", "=", report.company_id.id)])
            )
            report._set_stamps(
                {
                    "chain_length": chain_sudo.length,
                    "chain_hash": chain_sudo.head_hash,
                }
            )
        return super()._seal_prepare()

    def action_submit(self):
        """Hand the report to the reform office."""
        return self.write({"state": "submitted"})

    def action_accept(self):
        """Accept the report: freeze it and seal it."""
        return self.write({"state": "accepted"})

    def action_return(self):
        """Give the report back, asking for the reason."""
        return self._ask_reason("draft")

    def action_amend(self):
        """Begin a new version of an accepted report."""
        self.ensure_one()
        if not self.user_edits or not self.seal_id or self.is_superseded:
            raise UserError(
                self.env._("Who runs the body amends the report that is in force.")
            )
        return self._seal_new_version()._get_records_action()


class ReformQuarterReportLine(models.Model):
    """One row of a quarterly report, as it stood when the report was made."""

    _name = "reform.quarter.report.line"
    _description = "Line of a Quarterly Report"
    _inherit = ["agency.seal.part"]
    _order = "report_id, section, sequence, id"

    _seal_parent = "report_id"
    _seal_fields = (
        "section", "sequence", "code", "name", "person", "day", "status", "unit",
        "planned", "realised", "score", "ceiling", "annexes", "is_late",
    )  # fmt: skip

    report_id = fields.Many2one(
        "reform.quarter.report", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="report_id.company_id", store=True, precompute=True
    )
    section = fields.Selection(
        [
            ("1_meeting", "Meetings"),
            ("2_resolution", "Resolutions"),
            ("3_plan", "Programme"),
            ("4_indicator", "Indicators"),
            ("5_course", "Course of the Year"),
        ],
        required=True,
        readonly=True,
    )
    sequence = fields.Integer(readonly=True)
    code = fields.Char("Number", readonly=True)
    name = fields.Char(readonly=True)
    person = fields.Char("Responsible", readonly=True)
    day = fields.Date(readonly=True)
    status = fields.Char(readonly=True)
    unit = fields.Char("Unit of Measure", readonly=True)
    planned = fields.Float("Planned, or Standard", readonly=True, digits=(16, 3))
    realised = fields.Float(readonly=True, digits=(16, 3))
    score = fields.Float(readonly=True, digits=(16, 2))
    ceiling = fields.Float(readonly=True, digits=(16, 2))
    annexes = fields.Char("Annex No.", readonly=True)
    is_late = fields.Boolean("Overdue", readonly=True)
