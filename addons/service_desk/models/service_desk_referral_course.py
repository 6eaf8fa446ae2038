from odoo import fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .. import clock
from .service_desk_referral import OPEN_REFERRALS

FROZEN = {
    "request_id",
    "visit_id",
    "company_id",
    "kind",
    "department_id",
    "coordinated_with",
    "coordinated_at",
    "reason",
    "days",
}


class ServiceDeskReferral(models.Model):
    """The course of a referral: accepted, returned or answered by the unit."""

    _inherit = "service.desk.referral"
    _state_transitions = {
        "sent": {"accepted", "returned", "answered", "cancelled"},
        "accepted": {"returned", "answered", "cancelled"},
        "returned": set(),
        "answered": set(),
        "cancelled": set(),
    }
    _state_stamps = {
        "round",
        "date_sent",
        "date_due",
        "date_accepted",
        "date_done",
        "done_by_id",
    }

    state = fields.Selection(
        [
            ("sent", "Sent"),
            ("accepted", "In the Unit"),
            ("returned", "Returned"),
            ("answered", "Answered"),
            ("cancelled", "Recalled"),
        ],
        default="sent",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        group_expand=True,
    )

    def write(self, vals):
        if FROZEN & vals.keys():
            raise UserError(
                self.env._("A referral does not change once sent; recall it instead.")
            )
        if vals.keys() - {"state"}:
            self._check_open()
        return super().write(vals)

    def _enter(self, state):
        self._stamp_state(state)
        self._record(state)
        self._settle_requests()

    def action_accept(self):
        self.write({"state": "accepted"})

    def action_return(self):
        self.write({"state": "returned"})

    def action_answer(self):
        self.write({"state": "answered"})

    def action_recall(self):
        self.write({"state": "cancelled"})

    def _transition_stamp(self, state):
        now = clock.now()
        if state == "accepted":
            return {"date_accepted": now}
        return {"date_done": now, "done_by_id": self.env.uid}

    def _check_open(self):
        if self.filtered(lambda referral: referral.state not in OPEN_REFERRALS):
            raise UserError(
                self.env._("The referral is closed; nothing changes in it.")
            )

    def _check_transition(self, state):
        is_supervisor = self.env.user.has_group("service_desk.group_supervisor")
        for referral in self:
            own = referral.department_id.desk_liaison_ids
            if state != "cancelled" and self.env.user not in own and not is_supervisor:
                raise AccessError(
                    self.env._(
                        "Only a liaison of “%s” answers for the unit.",
                        referral.department_id.name,
                    )
                )
            if state == "cancelled" and not self._may_recall():
                raise AccessError(self.env._("Only the desk recalls a referral."))
            referral._check_words(state)

    def _may_recall(self):
        return self.env.su or self.env.user.has_group("service_desk.group_clerk")

    def _check_words(self, state):
        if state == "returned" and not (self.return_reason or "").strip():
            raise ValidationError(
                self.env._("Write why the unit returns it: the desk must act on it.")
            )
        answered = self.outcome and (self.answer or "").strip()
        if state == "answered" and self.kind == "file" and not answered:
            raise ValidationError(
                self.env._("Choose the outcome and write the answer of the unit.")
            )

    # === Sending ===

    def _send(self):
        """Start the units' clocks and hand the files over to them."""
        now = clock.now()
        for request, referrals in self.grouped("request_id").items():
            files = referrals.filtered(lambda referral: referral.kind == "file")
            if request:
                files._check_request(request)
            previous = request.referral_ids - referrals
            turn = max(previous.mapped("round"), default=0)
            if request.state != "referred":
                turn += 1
            for referral in referrals:
                days = referral.days or referral._default_days()
                calendar = referral.department_id.sudo()._desk_calendar()
                wish = (now, days, "days")
                due = calendar._desk_due_batch([wish])[wish]
                referral._set_stamps(
                    {"date_sent": now, "date_due": due, "days": days, "round": turn}
                )
            if files:
                request.department_id = files[0].department_id
                request.write({"state": "referred"})
            referrals._record("sent")

    def _check_request(self, request):
        if request.state not in ("registered", "referred", "ready"):
            labels = dict(request._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(request)s is “%(state)s” and cannot be referred.",
                    request=request.display_name,
                    state=labels[request.state],
                )
            )
        for referral in self:
            if not referral.department_id.desk_liaison_ids:
                raise ValidationError(
                    self.env._(
                        "“%s” has no liaison who would receive the file; ask the "
                        "supervisor to name one.",
                        referral.department_id.name,
                    )
                )

    def _default_days(self):
        """Return the days the sheet gives the unit, else one."""
        steps = self.request_id.service_id.step_ids.filtered(
            lambda step: step.department_id == self.department_id
        )
        return sum(steps.mapped("days")) or 1

    # === What follows ===

    def _record(self, state):
        for referral in self.filtered("request_id"):
            kind, note = {
                "sent": ("referred", referral.note),
                "accepted": ("accepted", False),
                "returned": ("returned", referral.return_reason),
                "answered": ("answered", referral.answer),
                "cancelled": ("returned", self.env._("Recalled by the desk")),
            }[state]
            if referral.kind == "person" and state == "sent":
                kind, note = "sent_inside", referral.reason
            referral.request_id._log(kind, note, referral.department_id)

    def _settle_requests(self):
        """Give the desk back what no unit is working on any more."""
        # sudo: the unit's answer moves the request, which a liaison may only read
        for request_sudo in self.sudo().request_id:
            if request_sudo.state != "referred":
                continue
            files = request_sudo.referral_ids.filtered(lambda r: r.kind == "file")
            if files.filtered(lambda referral: referral.state in OPEN_REFERRALS):
                continue
            turn = max(files.mapped("round"))
            last = files.filtered(
                lambda r, turn=turn: r.round == turn and r.state != "cancelled"
            )
            done = last and all(referral.outcome == "done" for referral in last)
            request_sudo.write({"state": "ready" if done else "registered"})

    def _cancel_open(self):
        """Close what is still with units when the desk closes the request."""
        for referral in self.filtered(lambda r: r.state in OPEN_REFERRALS):
            referral._stamp_state("cancelled")
            referral._record("cancelled")
