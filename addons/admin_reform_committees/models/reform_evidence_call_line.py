from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

# What the unit says, and what it is asked.
ANSWER = {"answer", "evidence_ids"}
ASKED = {"call_id", "department_id", "indicator_id", "asked"}


class ReformEvidenceCallLine(models.Model):
    """What one unit is asked for, and what it handed in."""

    _name = "reform.evidence.call.line"
    _description = "Evidence of a Unit"
    _inherit = ["agency.derived.mixin", "agency.state.mixin", "mail.thread"]
    _order = "call_id, id"
    _check_company_auto = True

    _state_transitions = {
        "pending": {"received", "delivered"},
        "received": {"delivered"},
        "delivered": {"accepted", "returned"},
        "returned": {"delivered"},
        "accepted": {"returned"},
    }
    _state_stamps = frozenset(
        {"received_at", "delivered_at", "decided_at", "reminded_on", "reminder_count"}
    )

    call_id = fields.Many2one(
        "reform.evidence.call", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="call_id.company_id", store=True, precompute=True
    )
    # Stored, as a unit may read what it is asked but not the call.
    call_state = fields.Selection(related="call_id.state", store=True, string="Call Is")
    due_on = fields.Date(related="call_id.due_on", store=True)
    quarter = fields.Selection(related="call_id.quarter")
    department_id = fields.Many2one(
        "hr.department",
        "Unit",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    indicator_id = fields.Many2one(
        "reform.indicator",
        ondelete="restrict",
        check_company=True,
        domain="[('id', 'in', fitting_indicator_ids)]",
    )
    fitting_indicator_ids = fields.Many2many(
        "reform.indicator",
        string="Indicators of the Body",
        compute="_compute_fitting_indicator_ids",
        help="What the body answers for, or is scored on, in this quarter.",
    )
    asked = fields.Char("Asked for")
    state = fields.Selection(
        [
            ("pending", "Not Seen"),
            ("received", "Seen"),
            ("delivered", "Handed In"),
            ("accepted", "Accepted"),
            ("returned", "Returned"),
        ],
        required=True,
        readonly=True,
        copy=False,
        index=True,
        default="pending",
    )
    is_open = fields.Boolean(
        "Waits for the Unit", compute="_compute_is_open", search="_search_is_open"
    )
    is_overdue = fields.Boolean("Overdue", compute="_compute_is_open")
    user_answers = fields.Boolean("I Answer", compute="_compute_user_rights")
    user_decides = fields.Boolean("I Decide on It", compute="_compute_user_rights")
    answer = fields.Text()
    evidence_ids = fields.Many2many("ir.attachment")
    reason = fields.Text("Reason for the Return", copy=False)

    received_at = fields.Datetime("Seen at", readonly=True, copy=False)
    delivered_at = fields.Datetime("Handed in at", readonly=True, copy=False)
    decided_at = fields.Datetime(readonly=True, copy=False)
    reminded_on = fields.Date(readonly=True, copy=False)
    reminder_count = fields.Integer("Reminders", readonly=True, copy=False)

    _asked_uniq = models.UniqueIndex(
        "(call_id, department_id, COALESCE(indicator_id, 0))",
        "A unit is asked once for the evidence of an indicator.",
    )
    _waiting_idx = models.Index(
        "(due_on) WHERE state IN ('pending', 'received', 'returned')"
    )

    @api.depends("state", "due_on", "call_state")
    def _compute_is_open(self):
        today = self.env["reform.term.mixin"]._today()
        for line in self:
            line.is_open = line.call_state == "sent" and line.state in (
                "pending",
                "received",
                "returned",
            )
            line.is_overdue = line.is_open and bool(line.due_on) and line.due_on < today

    def _search_is_open(self, operator, value):
        # The ORM rewrites every condition on a boolean to `in [True]`.
        if operator != "in":
            return NotImplemented
        return Domain("call_state", "=", "sent") & Domain(
            "state", "in", ("pending", "received", "returned")
        )

    @api.depends("call_id", "department_id")
    @api.depends_context("uid")
    def _compute_user_rights(self):
        mine = self.env["reform.indicator.score"]._liaison_departments()
        for line in self:
            line.user_answers = line.department_id in mine
            # sudo: a liaison does not see the call's body
            line.user_decides = line.sudo().call_id.with_user(self.env.user).user_edits

    @api.depends("call_id.committee_id", "call_id.jalali_year", "call_id.quarter")
    def _compute_fitting_indicator_ids(self):
        for line in self:
            # sudo: a liaison does not see the call's body
            call_sudo = line.sudo().call_id
            scored = Domain("committee_id", "=", call_sudo.committee_id.id) & Domain(
                "quarter", "=", call_sudo.quarter
            )
            line.fitting_indicator_ids = self.env["reform.indicator"].search(
                Domain("jalali_year", "=", call_sudo.jalali_year)
                & (
                    Domain("committee_id", "=", call_sudo.committee_id.id)
                    | Domain("score_ids", "any", scored)
                )
            )

    @api.depends("department_id.name", "call_id.name")
    def _compute_display_name(self):
        for line in self:
            # sudo: a unit reads what it is asked, not the whole call
            line.display_name = (
                f"{line.sudo().call_id.name} – {line.department_id.name}"
            )

    # === Transitions ===

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.call_id._check_takes_units()
        lines.filtered(lambda line: line.call_state == "sent")._tell_unit()
        return lines

    def write(self, vals):
        if "reason" in vals and vals.get("state") != "returned":
            raise UserError(self.env._("A reason belongs to giving something back."))
        answers = bool(ANSWER & vals.keys())
        if answers:
            before = self.evidence_ids
            self._check_answers()
        if ASKED & vals.keys():
            self._check_not_asked()
        result = super().write(vals)
        if ASKED & vals.keys():
            # nor in somebody else's call, or one that was sent
            self._check_not_asked()
        if answers:
            (self.evidence_ids - before)._check_evidence()
            for line in self:
                line.evidence_ids._check_given_to(line)
        return result

    def _check_answers(self):
        """Refuse an answer of others, and one that is not waited for."""
        for line in self:
            if not (self.env.su or line.user_answers or line.user_decides):
                raise UserError(self.env._("The liaisons of the unit answer."))
            if not line.is_open:
                raise UserError(
                    self.env._("%s waits for no answer now.", line.display_name)
                )

    def _check_not_asked(self):
        """Refuse to ask for something else than what the unit was asked for."""
        for line in self:
            if line.call_state != "draft":
                raise UserError(
                    self.env._("%s was sent to the unit.", line.display_name)
                )
            if not (self.env.su or line.user_decides):
                raise AccessError(self.env._("Who runs the body calls for evidence."))

    def _check_deletable(self):
        if asked := self.filtered(lambda line: line.call_state != "draft")[:1]:
            raise UserError(self.env._("%s was sent to the unit.", asked.display_name))
        return super()._check_deletable()

    def _check_files_open(self, files):
        """Refuse to change files that were handed in."""
        for line in self:
            if files & line.evidence_ids and not line.is_open:
                raise UserError(
                    self.env._("%s waits for no answer now.", line.display_name)
                )

    def _check_transition(self, state):
        for line in self:
            if line.call_state != "sent":
                raise UserError(self.env._("The call is not open."))
            allowed = line.user_decides or (
                state in ("received", "delivered") and line.user_answers
            )
            if not (self.env.su or allowed):
                raise UserError(
                    self.env._("The unit hands in, and who called decides.")
                )
            if state == "delivered" and not (line.answer or line.evidence_ids):
                raise UserError(
                    self.env._("Write an answer or add a file before handing in.")
                )
            if state == "returned" and not (line.reason or "").strip():
                raise UserError(self.env._("Say why it is returned."))
        return super()._check_transition(state)

    def _transition_stamp(self, state):
        now = fields.Datetime.now()
        seen = {} if self.received_at else {"received_at": now}
        return {
            "received": seen,
            "delivered": seen | {"delivered_at": now, "reason": False},
        }.get(state, {"decided_at": now})

    def _enter(self, state):
        if state == "delivered":
            for line in self:
                line.evidence_ids._become_evidence_of(line)
        result = super()._enter(state)
        if state == "returned":
            self._tell_return()
        return result

    def action_receive(self):
        """Confirm that the unit has seen the call."""
        return self.write({"state": "received"})

    def action_deliver(self):
        """Hand in the answer."""
        return self.write({"state": "delivered"})

    def action_accept(self):
        """Accept the evidence: it counts for the coverage."""
        return self.write({"state": "accepted"})

    def action_return(self):
        """Give it back, asking for the reason."""
        self.ensure_one()
        return self.env["reform.body.record"]._ask_reason_for(self, "returned")

    def action_annex(self):
        """Make the accepted files annexes of the score they were asked for."""
        scores = self.env["reform.indicator.score"]
        for line in self:
            score = scores.search(
                [
                    ("indicator_id", "=", line.indicator_id.id),
                    ("quarter", "=", line.quarter),
                    ("committee_id", "=", line.call_id.committee_id.id),
                ]
            )
            if not (score and line.state == "accepted" and line.evidence_ids):
                raise UserError(
                    self.env._(
                        "Only accepted files, asked for an indicator that the body has "
                        "a score of in this quarter, become annexes."
                    )
                )
            self.env["reform.annex"].create(
                [
                    {"score_id": score.id, "filename": file.name, "file": file.datas}
                    for file in line.evidence_ids
                ]
            )
            scores |= score
        return scores._get_records_action()
