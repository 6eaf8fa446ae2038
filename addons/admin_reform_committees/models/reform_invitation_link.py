from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize

from ..texts import listed


class ReformInvitationLink(models.Model):
    """The link of an invitation, for those whom no message reaches.

    Whoever has neither an e-mail address nor a mobile number is handed his link by the
    secretary: copied into a message of his own, or printed with a code for the phone.
    """

    _inherit = "reform.attendance"

    is_unreached = fields.Boolean(
        "No Message Reaches Him",
        compute="_compute_is_unreached",
        help="Neither an e-mail address nor a mobile number that SMS go to nor an "
        "account is known.",
    )

    @api.depends("partner_id.email", "partner_id.phone", "partner_id.user_ids")
    def _compute_is_unreached(self):
        gateways = self.env["agency.sms.gateway"]
        sends = {
            company: bool(gateways._for_company(company)) for company in self.company_id
        }
        for seat in self:
            person = seat.partner_id
            seat.is_unreached = not (
                email_normalize(person.email)
                or (person.phone and sends.get(seat.company_id))
                or person.user_ids
            )

    def _handed_over(self):
        """Return the link for whom it belongs to, if the user may hand it over."""
        self.ensure_one()
        self.check_access("write")
        if not self.meeting_id.user_keeps:
            raise AccessError(
                self.env._("Those who keep the meeting hand its invitations over.")
            )
        if not self._may_answer():
            raise UserError(
                self.env._(
                    "Convene the meeting: invitations are answered from then on."
                )
            )
        # sudo: the key itself is nobody's to read
        return self.sudo()._invitation_url()

    def action_link(self):
        """Show the link, to be copied or printed."""
        self._handed_over()
        shown = self.env["reform.invitation.link"].create({"attendance_id": self.id})
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "admin_reform_committees.reform_invitation_link_action"
        )
        return action | {"res_id": shown.id}

    def _slip_content(self):
        """Return what the printed invitation of this one says beside the letter."""
        return {
            **self.meeting_id._invitation_content(),
            "answer_url": self._handed_over(),
            "address": self.partner_id.name,
        }


class ReformMeetingUnreached(models.Model):
    """Whom the invitation does not reach, said on the meeting itself."""

    _inherit = "reform.meeting"

    unreached_note = fields.Char(compute="_compute_unreached_note")

    @api.depends("attendance_ids.is_unreached", "attendance_ids.status", "state")
    @api.depends_context("uid", "lang")
    def _compute_unreached_note(self):
        for meeting in self:
            waiting = meeting.attendance_ids.filtered(
                lambda seat: seat.is_unreached and seat.status == "invited"
            )
            is_said = meeting.state == "convened" and meeting.user_keeps
            names = waiting.mapped("partner_id.name") if is_said else []
            meeting.unreached_note = listed(self.env, names)
