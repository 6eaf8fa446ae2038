import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.agency_base.tools import normalize_persian

TOKEN_BYTES = 24
MAX_NAME, MAX_NOTE = 120, 500
# What only the system writes of an invitation.
STAMPS = {"invitation_token", "invited_at", "answered_at", "answer_note", "told_as"}


class ReformInvitation(models.Model):
    """The invitation of one person to a meeting, and what he answered.

    Whoever has no account answers by a link that nobody can guess. It opens one
    invitation, for as long as the meeting has not begun.
    """

    _inherit = "reform.attendance"

    invitation_token = fields.Char(
        copy=False, readonly=True, groups="base.group_system"
    )
    invited_at = fields.Datetime("Invited", readonly=True, copy=False)
    told_as = fields.Char(
        readonly=True, copy=False, help="When and where, as he was told last."
    )
    answered_at = fields.Datetime("Answered", readonly=True, copy=False)
    answer_note = fields.Char("Said", readonly=True, copy=False)

    _invitation_token_uniq = models.UniqueIndex(
        "(invitation_token) WHERE invitation_token IS NOT NULL"
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(STAMPS & set(vals) for vals in vals_list):
            raise AccessError(self._stamp_message())
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and STAMPS & set(vals):
            raise AccessError(self._stamp_message())
        return super().write(vals)

    def _stamp_message(self):
        return self.env._("Invitations are sent and answered, not written.")

    def _invitation_url(self):
        """Return the link by which this one answers without logging in."""
        self.ensure_one()
        if not self.invitation_token:
            self.invitation_token = secrets.token_urlsafe(TOKEN_BYTES)
        return f"{self.get_base_url()}/reform/invitation/{self.invitation_token}"

    @api.model
    def _by_token(self, token):
        """Return the invitation that a link opens, if there is one."""
        return self.sudo().search(Domain("invitation_token", "=", token or "-"))

    def _may_answer(self):
        return self.meeting_id.state == "convened"

    def _answer(self, status, note="", substitute=""):
        """Take an answer in: accepted, declined, or a substitute by name."""
        self.ensure_one()
        if not self._may_answer():
            raise UserError(self.env._("This invitation is not open any more."))
        if status not in ("accepted", "declined"):
            raise UserError(self.env._("Accept or decline."))
        name = normalize_persian(substitute)[:MAX_NAME]
        vals = {
            "status": status,
            "answered_at": fields.Datetime.now(),
            "answer_note": normalize_persian(note)[:MAX_NOTE] or False,
            "substitute_id": False,
        }
        if name:
            if status == "accepted":
                raise UserError(
                    self.env._("Who comes himself sends nobody in his place.")
                )
            vals["substitute_id"] = self.meeting_id._minutes_person(name)
        # sudo: an answer is one's own; the seat itself is not changed
        self.sudo().write(vals)
        self._tell_secretary()

    def _answer_text(self):
        """Return what was answered, in the language of the context."""
        states = dict(self._fields["status"]._description_selection(self.env))
        answer = states[self.status]
        if not self.substitute_id:
            return answer
        return self.env._(
            "%(line)s, %(substitute)s comes instead",
            line=answer,
            substitute=self.substitute_id.name,
        )

    def _tell_secretary(self):
        """Leave a line at the meeting for the secretary, who need not be disturbed."""
        lang = self.env["agency.seal"]._seal_lang(self.company_id)
        seat = self.sudo().with_context(lang=lang)
        line = f"{seat.partner_id.name}: {seat._answer_text()}"
        if seat.answer_note:
            line = f"{line} – {seat.answer_note}"
        seat.meeting_id._message_log(body=line)


class ReformMeetingAnswer(models.Model):
    """The same for those who have an account."""

    _inherit = "reform.meeting"

    user_seat_id = fields.Many2one(
        "reform.attendance", "My Invitation", compute="_compute_user_seat_id"
    )
    user_may_answer = fields.Boolean(compute="_compute_user_seat_id")
    user_answer = fields.Char("My Answer", compute="_compute_user_seat_id")

    @api.depends(
        "attendance_ids.partner_id",
        "attendance_ids.status",
        "attendance_ids.substitute_id",
        "state",
    )
    @api.depends_context("uid", "lang")
    def _compute_user_seat_id(self):
        me = self.env.user.partner_id
        for meeting in self:
            seat = meeting.attendance_ids.filtered(lambda seat: seat.partner_id == me)[
                :1
            ]
            meeting.user_seat_id = seat
            meeting.user_may_answer = bool(seat) and meeting.state == "convened"
            meeting.user_answer = seat.answered_at and seat._answer_text()

    def answer_invitation(self, status, note="", substitute=""):
        """Answer one's own invitation."""
        self.ensure_one()
        self.check_access("read")
        seat = self.user_seat_id
        if not seat:
            raise UserError(self.env._("You are not invited to this meeting."))
        seat._answer(status, note, substitute)
        return True

    def action_accept(self):
        """Say that one comes."""
        return self.answer_invitation("accepted")

    def action_decline(self):
        """Say that one does not come, asking for the reason and the substitute."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "admin_reform_committees.reform_invitation_decline_action"
        )
        return action | {"context": {"default_meeting_id": self.id}}
