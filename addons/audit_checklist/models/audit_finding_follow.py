from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

LIVING = ("issued", "contested", "accepted")


class AuditFinding(models.Model):
    """What becomes of an issued finding: answer, ruling, actions, outcome.

    The agency answers in the portal (``audit_finding_portal.py``). An objection is
    ruled on by an officer: upheld, the finding stands and is to be accepted; withdrawn,
    it is closed. What the agency did about it is judged by the next visit that asks the
    same item there.
    """

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.finding"
    _state_stamps = {
        "issued_at",
        "closed_at",
        "answer",
        "answer_text",
        "answered_at",
        "answered_by_id",
        "ruled_at",
        "ruled_by_id",
        "is_withdrawn",
        "outcome",
        "outcome_assessment_id",
        "reminder_count",
        "reminded_on",
    }

    version_id = fields.Many2one(related="assessment_id.version_id")

    # === Answer of the agency ===
    date_answer_due = fields.Date("Answer Due", index=True)
    answer = fields.Selection(
        [("accept", "Accepted"), ("contest", "Contested")],
        "Agency’s Answer",
        readonly=True,
        copy=False,
    )
    answer_text = fields.Text("In Its Words", readonly=True, copy=False)
    answered_at = fields.Datetime(readonly=True, copy=False)
    answered_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    ruling = fields.Text(
        copy=False, help="What is said to the objection; the agency reads it."
    )
    ruled_at = fields.Datetime(readonly=True, copy=False)
    ruled_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )

    # === What is done ===
    action_ids = fields.One2many("audit.action", "finding_id", "Actions")
    action_count = fields.Integer(compute="_compute_action_counts")
    open_action_count = fields.Integer("Open Actions", compute="_compute_action_counts")
    close_reason = fields.Text("Why Closed", copy=False)
    is_withdrawn = fields.Boolean(
        "Withdrawn", readonly=True, copy=False, help="The objection was right."
    )

    # === What came of it ===
    outcome = fields.Selection(
        [
            ("unknown", "Not seen yet"),
            ("effective", "Mended"),
            ("ineffective", "Still there"),
        ],
        "What Came of It",
        required=True,
        readonly=True,
        default="unknown",
        copy=False,
        index=True,
        help="What the next visit that asked the same item saw.",
    )
    outcome_assessment_id = fields.Many2one(
        "audit.assessment", "Seen In", readonly=True, copy=False, ondelete="restrict"
    )
    outcome_note = fields.Text(copy=False)
    repeat_ids = fields.One2many("audit.finding", "repeat_of_id", "Found Again")

    # === Reminders ===
    is_answer_overdue = fields.Boolean(
        "Answer Overdue",
        compute="_compute_is_answer_overdue",
        search="_search_is_answer_overdue",
    )
    is_overdue = fields.Boolean(
        "Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    reminder_count = fields.Integer("Reminders", readonly=True, copy=False)
    reminded_on = fields.Date(readonly=True, copy=False)

    _answer_idx = models.Index("(date_answer_due) WHERE state = 'issued'")
    _unit_item_idx = models.Index("(unit_id, item_code)")

    @api.depends("action_ids.state")
    def _compute_action_counts(self):
        counts = {}
        for finding, state, count in self.env["audit.action"]._read_group(
            [("finding_id", "in", self.ids), ("state", "!=", "cancelled")],
            ["finding_id", "state"],
            ["__count"],
        ):
            whole, waiting = counts.get(finding, (0, 0))
            still = count if state in ("open", "claimed") else 0
            counts[finding] = (whole + count, waiting + still)
        for finding in self:
            finding.action_count, finding.open_action_count = counts.get(
                finding, (0, 0)
            )

    @api.depends("state", "date_answer_due")
    def _compute_is_answer_overdue(self):
        today = fields.Date.context_today(self)
        for finding in self:
            due = finding.date_answer_due
            finding.is_answer_overdue = (
                finding.state == "issued" and bool(due) and due < today
            )

    def _search_is_answer_overdue(self, operator, value):
        # The ORM rewrites every condition on a boolean to `in [True]`.
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        return Domain("state", "=", "issued") & Domain("date_answer_due", "<", today)

    @api.depends("state", "date_due")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for finding in self:
            due = finding.date_due
            finding.is_overdue = finding.state in LIVING and bool(due) and due < today

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        return Domain("state", "in", LIVING) & Domain("date_due", "<", today)

    def write(self, vals):
        names = {n for n in vals if not n.startswith(("message_", "activity_"))}
        if names and "closed" in self.mapped("state"):
            raise UserError(self.env._("A closed finding is not changed any more."))
        return super().write(vals)

    # === Course ===
    def action_uphold(self):
        """Let contested findings stand; the ruling says why."""
        self._check_contested()
        for finding in self:
            due = fields.Date.context_today(finding) + timedelta(
                days=finding.programme_id.answer_days
            )
            finding.write({"state": "issued", "date_answer_due": due})
        self._stamp_ruling()
        for finding in self:
            told = finding._for_agency()
            told._tell_agency(
                told.env._("The objection was not accepted"),
                told.env._("%(finding)s stands.", finding=finding.name),
            )

    def action_withdraw(self):
        """Withdraw contested findings; the ruling says why."""
        self._check_contested()
        self._stamp_ruling()
        self._set_stamps({"is_withdrawn": True})
        for finding in self:
            finding.write({"state": "closed", "close_reason": finding.ruling})
            told = finding._for_agency()
            told._tell_agency(
                told.env._("A finding was withdrawn"),
                told.env._("%(finding)s is withdrawn.", finding=finding.name),
            )

    def action_close(self):
        """Close findings whose actions are verified, or say why without."""
        self.write({"state": "closed"})

    def action_follow_up(self):
        """Open a visit to the same unit that looks at it again."""
        self.ensure_one()
        phase = self.env["audit.phase"].search(
            [
                ("programme_id", "=", self.programme_id.id),
                ("state", "in", ("draft", "open")),
                ("source", "=", "visit"),
            ],
            limit=1,
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Follow-up Visit"),
            "res_model": "audit.visit",
            "view_mode": "form",
            "target": "current",
            "context": {
                "default_kind": "follow_up",
                "default_unit_id": self.unit_id.id,
                "default_phase_id": phase.id,
                "default_earlier_visit_id": self.visit_id.id,
            },
        }

    def _check_transition(self, state):
        result = super()._check_transition(state)
        if state == "closed":
            for finding in self:
                finding._check_closable()
        return result

    def _check_closable(self):
        self.ensure_one()
        if self.open_action_count:
            raise UserError(
                self.env._(
                    "%(finding)s still has actions that nobody verified.",
                    finding=self.display_name,
                )
            )
        explained = (self.close_reason or self.ruling or "").strip()
        praise = self.grade == "good_practice"
        if not explained and not praise and self.outcome != "effective":
            raise UserError(
                self.env._(
                    "No visit has seen %(finding)s mended yet: say why it is closed.",
                    finding=self.display_name,
                )
            )

    def _check_contested(self):
        for finding in self:
            if finding.state != "contested":
                raise UserError(
                    self.env._(
                        "%(finding)s is not contested.", finding=finding.display_name
                    )
                )
            if not (finding.ruling or "").strip():
                raise UserError(
                    self.env._(
                        "Write the ruling under “Answer” first: the agency reads it."
                    )
                )
            if finding.answered_by_id == self.env.user:
                raise AccessError(self.env._("Nobody rules on his own objection."))

    def _stamp_ruling(self):
        self._set_stamps(
            {"ruled_at": fields.Datetime.now(), "ruled_by_id": self.env.uid}
        )

    def action_issue(self):
        """Let the agency see the findings, and say until when it answers."""
        today = fields.Date.context_today(self)
        drafts = self.filtered(lambda finding: finding.state == "draft")
        result = super().action_issue()
        for finding in drafts.filtered(lambda f: f.grade != "good_practice"):
            programme = finding.programme_id
            finding.date_answer_due = finding.date_answer_due or today + timedelta(
                days=programme.answer_days
            )
            finding.date_due = finding.date_due or today + timedelta(
                days=programme.mending_days
            )
        for unit, findings in drafts.grouped("unit_id").items():
            findings._tell_of_issue(unit)
        return result
