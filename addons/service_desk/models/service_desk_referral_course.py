from odoo import api, fields, models
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
    "turn",
}


class ServiceDeskReferral(models.Model):
    """The course of a referral: accepted, returned or answered by the unit."""

    _inherit = "service.desk.referral"
    _state_transitions = {
        "waiting": {"sent", "cancelled"},
        "sent": {"accepted", "returned", "answered", "cancelled"},
        "accepted": {"returned", "answered", "cancelled"},
        "returned": set(),
        "answered": set(),
        "cancelled": set(),
    }
    _state_stamps = {
        "round",
        "user_id",
        "reminded_at",
        "escalated_at",
        "date_sent",
        "date_due",
        "date_accepted",
        "date_done",
        "done_by_id",
    }

    state = fields.Selection(
        [
            ("waiting", "Waits for Its Turn"),
            ("sent", "Sent"),
            ("accepted", "In the Unit"),
            ("returned", "Returned"),
            ("answered", "Answered"),
            ("cancelled", "Recalled"),
        ],
        default="waiting",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        group_expand=True,
    )

    @api.constrains("attachment_ids")
    def _check_files(self):
        """Refuse a file that is not what it says: the answer goes out of the unit."""
        for referral in self:
            # sudo: the bytes are looked at, whoever added them
            for file_sudo in referral.sudo().attachment_ids:
                file_sudo._check_upload(file_sudo.name, file_sudo.raw or b"")

    def write(self, vals):
        if FROZEN & vals.keys():
            raise UserError(
                self.env._("A referral does not change once sent; recall it instead.")
            )
        if vals.keys() - {"state"}:
            self._check_open()
        return super().write(vals)

    def _enter(self, state):
        # sudo: units that answer at the same moment settle one request in turns
        self.sudo().request_id._hold()
        self._stamp_state(state)
        self._record(state)
        self._settle_requests()

    def action_accept(self):
        self._press("accepted")

    def action_return(self):
        self._press("returned")

    def action_answer(self):
        self._press("answered")

    def action_recall(self):
        self._press("cancelled")

    def _who_was_last(self):
        if self.date_done:
            return self.done_by_id, self.date_done
        return self.user_id, self.date_accepted

    def _transition_stamp(self, state):
        now = clock.now()
        if state == "accepted":
            return {"date_accepted": now}
        return {"date_done": now, "done_by_id": self.env.uid}

    def _check_open(self):
        living = ("waiting", *OPEN_REFERRALS)
        if self.filtered(lambda referral: referral.state not in living):
            raise UserError(
                self.env._("The referral is closed; nothing changes in it.")
            )

    def _check_transition(self, state):
        is_supervisor = self.env.user.has_group("service_desk.group_supervisor")
        for referral in self:
            own = referral.department_id._desk_liaisons() | referral.user_id
            if state == "sent":
                raise UserError(
                    self.env._("A referral starts by itself when its turn comes.")
                )
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
