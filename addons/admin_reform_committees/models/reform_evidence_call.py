from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools import local_digits
from ..year_rules import QUARTERS

# Days before the due day, and then after it, on which units are reminded.
REMIND_BEFORE = 3
REMIND_EVERY = 7


class ReformEvidenceCall(models.Model):
    """A call to units to hand in the evidence of a quarter until some day."""

    _name = "reform.evidence.call"
    _description = "Call for Evidence"
    _inherit = ["reform.body.record", "mail.thread"]
    _order = "due_on desc, id desc"
    _rec_names_search = ["name"]
    _check_company_auto = True

    _state_transitions = {"draft": {"sent"}, "sent": {"closed"}, "closed": {"sent"}}
    _state_stamps = frozenset({"sent_at"})
    _states_for_members = ("sent", "closed")
    _living_fields = frozenset({"line_ids"})

    name = fields.Char("Subject", required=True)
    quarter = fields.Selection(
        QUARTERS, required=True, default=lambda self: str(self._this_quarter()[1])
    )
    due_on = fields.Date("Until", required=True)
    note = fields.Text("What Is Asked")
    state = fields.Selection(
        [("draft", "Draft"), ("sent", "Sent"), ("closed", "Closed")],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        index=True,
    )
    line_ids = fields.One2many("reform.evidence.call.line", "call_id", "Units")
    coverage = fields.Float(
        "Coverage (%)",
        compute="_compute_coverage",
        help="Percent of what was asked that was accepted.",
    )
    sent_at = fields.Datetime(readonly=True, copy=False)

    @api.depends("line_ids.state")
    def _compute_coverage(self):
        for call in self:
            accepted = call.line_ids.filtered(lambda line: line.state == "accepted")
            call.coverage = 100 * len(accepted) / (len(call.line_ids) or 1)

    def _check_transition(self, state):
        for call in self:
            if not call.line_ids:
                raise UserError(self.env._("Name the units that are to answer."))
            today = self.env["reform.term.mixin"]._today()
            if call.state == "draft" and call.due_on < today:
                raise UserError(self.env._("The day until which to answer has passed."))
        return super()._check_transition(state)

    def _transition_stamp(self, state):
        return {"sent_at": fields.Datetime.now()} if self.state == "draft" else {}

    def _enter(self, state):
        drafts = self.filtered(lambda call: call.state == "draft")
        result = super()._enter(state)
        drafts.line_ids._tell_unit()
        return result

    def action_send(self):
        """Send the call to the liaisons of the units."""
        return self.write({"state": "sent"})

    def action_close(self):
        """Close the call: nothing more is taken."""
        return self.write({"state": "closed"})

    def action_remind(self):
        """Remind the units that have not answered, now."""
        self.check_access("write")
        self.line_ids.filtered("is_open")._remind()


class ReformEvidenceCallLine(models.Model):
    """What one unit is asked for, and what it handed in."""

    _name = "reform.evidence.call.line"
    _description = "Evidence of a Unit"
    _inherit = ["agency.state.mixin", "mail.thread"]
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
    call_state = fields.Selection(related="call_id.state", string="Call Is")
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
        "reform.indicator", ondelete="restrict", check_company=True
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

    @api.depends("state", "due_on", "call_id.state")
    def _compute_is_open(self):
        today = self.env["reform.term.mixin"]._today()
        for line in self:
            line.is_open = line.call_id.state == "sent" and line.state in (
                "pending",
                "received",
                "returned",
            )
            line.is_overdue = line.is_open and bool(line.due_on) and line.due_on < today

    def _search_is_open(self, operator, value):
        # The ORM rewrites every condition on a boolean to `in [True]`.
        if operator != "in":
            return NotImplemented
        return Domain("call_id.state", "=", "sent") & Domain(
            "state", "in", ("pending", "received", "returned")
        )

    @api.depends_context("uid")
    def _compute_user_rights(self):
        mine = self.env["reform.indicator.score"]._liaison_departments()
        for line in self:
            line.user_answers = line.department_id in mine
            # sudo: a liaison does not see the call's body
            line.user_decides = line.sudo().call_id.with_user(self.env.user).user_edits

    @api.depends("department_id.name", "call_id.name")
    def _compute_display_name(self):
        for line in self:
            # sudo: a unit reads what it is asked, not the whole call
            line.display_name = (
                f"{line.sudo().call_id.name} – {line.department_id.name}"
            )

    # === Transitions ===

    def write(self, vals):
        if {"answer", "evidence_ids"} & vals.keys():
            for line in self:
                if not (self.env.su or line.user_answers or line.user_decides):
                    raise UserError(self.env._("The liaisons of the unit answer."))
                if not line.is_open:
                    raise UserError(
                        self.env._("%s waits for no answer now.", line.display_name)
                    )
        if {"department_id", "indicator_id", "call_id"} & vals.keys():
            for line in self:
                if line.call_state != "draft":
                    raise UserError(
                        self.env._("%s was sent to the unit.", line.display_name)
                    )
        return super().write(vals)

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
        return super()._enter(state)

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

    # === Messages ===

    def _tell_unit(self):
        for line in self:
            line._notify_liaisons(
                self.env._("Evidence is asked for"),
                self.env._(
                    "%(call)s: please hand in the evidence of %(unit)s until %(day)s.",
                    call=line.call_id.name,
                    unit=line.department_id.name,
                    day=line._due_text(),
                ),
            )

    def _remind(self):
        today = self.env["reform.term.mixin"]._today()
        for line in self:
            line._set_stamps(
                {"reminded_on": today, "reminder_count": line.reminder_count + 1}
            )
            line._notify_liaisons(
                self.env._("Reminder: evidence is asked for"),
                self.env._(
                    "%(call)s: the evidence of %(unit)s is still missing; it was asked "
                    "for until %(day)s.",
                    call=line.call_id.name,
                    unit=line.department_id.name,
                    day=line._due_text(),
                ),
            )

    def _due_text(self):
        text = self.env["ir.qweb.field.date"].value_to_html(
            self.due_on, {"format": "d MMMM y"}
        )
        return local_digits(text, self.env.lang)

    def _notify_liaisons(self, subject, body):
        # sudo: who a unit's liaisons are is not for everybody to read
        people = self.sudo().department_id.reform_liaison_ids.partner_id
        if people:
            # Queued: nobody waits for a mail server.
            self.with_context(mail_notify_force_send=False).message_post(
                subject=subject,
                body=body,
                partner_ids=people.ids,
                subtype_xmlid="mail.mt_comment",
            )

    @api.model
    def _cron_remind(self):
        """Remind units shortly before the due day, and weekly after it."""
        calling = self.env["reform.evidence.call"].search([("state", "=", "sent")])
        for company in calling.company_id:
            lines = self.with_company(company)
            today = lines.env["reform.term.mixin"]._today()
            waiting = lines.search(
                Domain("company_id", "=", company.id)
                & Domain("is_open", "=", True)
                & Domain("due_on", "<=", today + timedelta(days=REMIND_BEFORE))
                & (
                    Domain("reminded_on", "=", False)
                    | Domain("reminded_on", "<=", today - timedelta(days=REMIND_EVERY))
                )
            )
            for line in waiting:
                line._remind()
                self.env["ir.cron"]._commit_progress(1)
