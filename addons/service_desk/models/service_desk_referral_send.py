from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError

from .. import clock
from .service_desk_referral import OPEN_REFERRALS


class ServiceDeskReferral(models.Model):
    """Who gets the file, and when his clock starts: at once, or when his turn comes."""

    _inherit = "service.desk.referral"

    turn = fields.Integer(
        default=1,
        help="Units of one turn work at the same time; the next turn begins when all "
        "of them have done their part.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Liaison in Charge",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The liaison of the unit, or the stand-in while he is absent.",
    )

    _turn_is_positive = models.Constraint(
        "CHECK (turn > 0)", "The first turn is number 1."
    )

    def _send(self):
        """Put the referrals in their round and start those whose turn it is."""
        for request, referrals in self.grouped("request_id").items():
            files = referrals.filtered(lambda referral: referral.kind == "file")
            if request:
                # sudo: whoever may refer the file, an answer waits for it
                request.sudo()._hold()
                files._check_request(request)
            previous = request.referral_ids - referrals
            number = max(previous.mapped("round"), default=0)
            if request.state != "referred":
                number += 1
            referrals._set_stamps({"round": number})
            by_turn = files.grouped("turn")
            first = by_turn[min(by_turn)] if by_turn else files
            (first | (referrals - files))._start()

    def _start(self):
        """Start the clocks of ``self``; each calendar is read once for all of them."""
        now = clock.now()
        by_calendar = defaultdict(self.browse)
        for referral in self:
            by_calendar[referral.department_id.sudo()._desk_calendar()] |= referral
        for calendar, referrals in by_calendar.items():
            days = {file: file.days or file._default_days() for file in referrals}
            wishes = {file: (now, days[file], "days") for file in referrals}
            due = calendar._desk_due_batch(wishes.values())
            for referral in referrals:
                referral._set_stamps(
                    {
                        "state": "sent",
                        "date_sent": now,
                        "date_due": due[wishes[referral]],
                        "days": days[referral],
                        "user_id": referral._pick_liaison().id,
                    }
                )
        for request, files in self.grouped("request_id").items():
            files = files.filtered(lambda referral: referral.kind == "file")
            if files:
                request.department_id = files[0].department_id
                request.write({"state": "referred"})
        self._record("sent")

    def _check_request(self, request):
        if request.state not in ("registered", "referred", "ready"):
            raise UserError(
                self.env._(
                    "%(request)s is “%(state)s” and cannot be referred.",
                    request=request.display_name,
                    state=request._state_label(request.state),
                )
            )
        for referral in self:
            referral._check_not_there()
            if not referral.department_id._desk_liaisons():
                raise ValidationError(
                    self.env._(
                        "“%s” has no liaison who would receive the file; ask the "
                        "supervisor to name one.",
                        referral.department_id.name,
                    )
                )

    def _check_not_there(self):
        """Refuse to send a file to a unit that has it, or has it twice in one turn."""
        there = self.request_id.referral_ids.filtered(
            lambda other: (
                other != self
                and other.kind == "file"
                and other.department_id == self.department_id
                and (
                    other.state in OPEN_REFERRALS
                    or (other.state == "waiting" and other.turn == self.turn)
                )
            )
        )
        if there:
            raise UserError(
                self.env._(
                    "%(request)s is with “%(unit)s” already; wait for the answer, or "
                    "recall it first.",
                    request=self.request_id.display_name,
                    unit=self.department_id.name,
                )
            )

    def _default_days(self):
        """Return the days the sheet gives the unit, else one."""
        steps = self.request_id.service_id.step_ids.filtered(
            lambda step: step.department_id == self.department_id
        )
        return sum(steps.mapped("days")) or 1

    def _pick_liaison(self):
        """Return a liaison of the unit who is present, else the stand-in of one."""
        liaisons = self.department_id._desk_liaisons()
        absences = self.env["service.desk.absence"]
        stand_ins = absences._stand_ins(liaisons)
        present = liaisons.filtered(lambda user: user not in stand_ins)
        return present[:1] or next(iter(stand_ins.values()), liaisons[:1])

    # === What follows an answer ===

    def _settle_requests(self):
        """Go on with the next turn, or give the desk back what no unit works on."""
        # sudo: the unit's answer moves the request, which a liaison may only read
        for request_sudo in self.sudo().request_id:
            if request_sudo.state != "referred":
                continue
            files = request_sudo.referral_ids.filtered(lambda r: r.kind == "file")
            if files.filtered(lambda referral: referral.state in OPEN_REFERRALS):
                continue
            last = max(files.mapped("round"))
            files = files.filtered(lambda file, last=last: file.round == last)
            waiting = files.filtered(lambda file: file.state == "waiting")
            worked = files.filtered(
                lambda file: file.state not in ("waiting", "cancelled")
            )
            done = worked and all(file.outcome == "done" for file in worked)
            if done and waiting:
                by_turn = waiting.grouped("turn")
                by_turn[min(by_turn)]._start()
                continue
            # The desk decides what a refusal or a return means for the others.
            waiting._close_as_recalled()
            request_sudo.write({"state": "ready" if done else "registered"})

    def _cancel_open(self):
        """Close what is still with units when the desk closes the request."""
        self.filtered(
            lambda referral: referral.state in ("waiting", *OPEN_REFERRALS)
        )._close_as_recalled()

    def _close_as_recalled(self):
        for referral in self:
            was_sent = referral.state != "waiting"
            referral._stamp_state("cancelled")
            if was_sent:
                referral._record("cancelled")
