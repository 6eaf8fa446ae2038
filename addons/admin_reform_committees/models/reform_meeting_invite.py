from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from odoo.addons.agency_base.tools.jobs import job_method

from ..ics import calendar
from ..texts import LONG_DAY, day_text, hour_text, listed

LETTER = "admin_reform_committees.report_invitation"
AGENDA = "admin_reform_committees.report_agenda"
CALENDAR_TYPE = "text/calendar"


class ReformMeetingInvite(models.Model):
    """The invitation: letter, e-mail with a calendar file, SMS, and what changes later.

    Convening only queues it: one job per meeting renders the papers once and leaves a
    mail and an SMS for everybody in Odoo's queues. Running it again tells only those
    who were not told yet, so it may be repeated after a crash or for a late guest.
    """

    _inherit = "reform.meeting"

    letter_number = fields.Char(
        "Letter",
        copy=False,
        help="Number of the invitation in the secretariat's register. If empty when "
        "the meeting is convened, the body's own next letter number is taken.",
    )
    letter_date = fields.Date(copy=False, readonly=True)
    invitation_note = fields.Text(
        "Note in the Invitation", help="Printed in the letter, above the agenda."
    )

    def write(self, vals):
        moved = self.browse()
        if "start_at" in vals or "place" in vals or "url" in vals:
            moved = self.filtered(lambda meeting: meeting.state == "convened")
        result = super().write(vals)
        for meeting in moved.filtered(lambda each: each.state == "convened"):
            meeting._queue_invitations("moved")
        return result

    def _after_transition(self, before):
        result = super()._after_transition(before)
        if self.state == "convened":
            self._queue_invitations("invited")
        elif self.state in ("cancelled", "adjourned") and before == "convened":
            self._queue_invitations("called_off")
        return result

    def _register_letter(self):
        """Give the letter its number, the first time that one goes out."""
        if self.letter_date:
            return
        today = self.env["reform.term.mixin"]._today()
        stamp = {"letter_date": today}
        if not self.letter_number:
            scope = self.committee_id.code
            counters = self.env["agency.counter"].with_company(self.company_id)
            number = counters._next(scope, fields.Datetime.now(), "letter")
            year = self.env["reform.body.record"]._this_quarter()[0]
            stamp["letter_number"] = f"{scope}/{year}/L{number:02d}"
        self._set_stamps(stamp)

    def _queue_invitations(self, message):
        self.ensure_one()
        self.env["agency.job"]._enqueue(
            self,
            "_job_tell_invited",
            self.env._("Invitations to %s", self.display_name),
            {"message": message},
        )

    def action_invite(self):
        """Invite those who were added after the meeting was convened."""
        for meeting in self:
            meeting.check_access("write")
            if meeting.state != "convened":
                raise UserError(
                    self.env._("Convene the meeting: that sends the invitations.")
                )
            meeting._queue_invitations("invited")
        return True

    @job_method
    def _job_tell_invited(self, job, message):
        """Tell everybody who is invited and was not told yet."""
        told = 0
        for meeting in self:
            lang = self.env["agency.seal"]._seal_lang(meeting.company_id)
            # sudo: the papers and queues are the system's
            told += meeting.sudo().with_context(lang=lang)._tell_invited(message)
        return {"told": told}

    def _tell_invited(self, message):
        self.ensure_one()
        if (self.state == "convened") == (message == "called_off"):
            return 0  # it was called off, or convened again, meanwhile
        seats, papers = self._not_told(message), []
        if seats and message == "invited":
            self._register_letter()
            papers = self._invitation_papers()
        for seat in seats:
            self._tell_by_mail(seat, message, papers)
            self._tell_by_sms(seat, message)
        if self.state == "cancelled":
            return len(seats)  # closed: nobody will be told anything more
        stamp = {"told_as": self._told_as() if message != "called_off" else False}
        if message == "invited":
            stamp["invited_at"] = fields.Datetime.now()
        seats.write(stamp)
        return len(seats)

    def _told_as(self):
        """Return what one was told when one knows when and where."""
        parts = (fields.Datetime.to_string(self.start_at), self.place, self.url)
        return " ".join(filter(None, parts))

    def _not_told(self, message):
        seats, now = self.attendance_ids, self._told_as()
        if message == "invited":
            return seats.filtered(lambda seat: not seat.told_as)
        if message == "moved":
            return seats.filtered(lambda seat: seat.told_as and seat.told_as != now)
        return seats.filtered("told_as")

    def _invitation_papers(self):
        """Return the letter and the agenda as attachments to be shared by all mails."""
        reports = self.env["ir.actions.report"]
        names = {
            LETTER: self.env._("Invitation.pdf"),
            AGENDA: self.env._("Agenda.pdf"),
        }
        return self.env["ir.attachment"].create(
            [
                {
                    "name": name,
                    "raw": reports._render_qweb_pdf(report, self.ids)[0],
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": self.id,
                }
                for report, name in names.items()
            ]
        )

    # === One person ===

    def _tell_by_mail(self, seat, message, papers):
        person = seat.partner_id
        if not email_normalize(person.email):
            return
        mail = self.env["mail.mail"].create(
            {
                "subject": self._invitation_subject(message),
                "email_to": person.email_formatted,
                "email_from": self.company_id.email_formatted,
                "reply_to": self.secretary_id.email_formatted or False,
                "body_html": self._invitation_body(seat, message),
                "auto_delete": True,
            }
        )
        # goes with the mail, unlike the papers, which stay with the meeting
        method = "CANCEL" if message == "called_off" else "REQUEST"
        event = self.env["ir.attachment"].create(
            {
                "name": "meeting.ics",
                "raw": calendar(self._ics_event(seat), method).encode(),
                "mimetype": CALENDAR_TYPE,
                "res_model": "mail.message",
                "res_id": mail.mail_message_id.id,
            }
        )
        mail.attachment_ids = event | papers if papers else event

    def _tell_by_sms(self, seat, message):
        person = seat.partner_id
        gateway = self.env["agency.sms.gateway"]._for_company(self.company_id)
        if not gateway or not person.phone:
            return
        self.env["sms.sms"].create(
            {
                "number": person.phone,
                "body": self._invitation_sms(seat, message),
                "partner_id": person.id,
                "agency_company_id": self.company_id.id,
            }
        )

    def _invitation_when(self):
        zone = self.company_id.agency_tz
        return self.env._(
            "%(day)s at %(hour)s",
            day=day_text(self.env, self.meeting_date, LONG_DAY),
            hour=hour_text(self.env, self.start_at, zone),
        )

    def _invitation_subject(self, message):
        values = {"body": self.committee_id.name, "when": self._invitation_when()}
        if message == "called_off":
            return self.env._("Called off: %(body)s, %(when)s", **values)
        if message == "moved":
            return self.env._("Changed: %(body)s now meets %(when)s", **values)
        return self.env._("Invitation: %(body)s, %(when)s", **values)

    def _invitation_sms(self, seat, message):
        parts = [self._invitation_subject(message), self.place]
        if message == "called_off":
            return listed(self.env, [parts[0], self.reason])
        return f"{listed(self.env, parts)}\n{seat._invitation_url()}"

    def _invitation_body(self, seat, message):
        lines = [
            self.env._("Dear %s,", seat.partner_id.name),
            listed(self.env, [self._invitation_subject(message), self.place]),
        ]
        if message == "called_off":
            lines.append(self.reason or "")
            return self._mail_lines(lines)
        if self.url:
            lines.append(self.url)
        lines.append(self.invitation_note or "")
        answer = Markup('<p dir="auto"><a href="%s">%s</a></p>') % (
            seat._invitation_url(),
            self.env._("Accept, decline, or name a substitute"),
        )
        return self._mail_lines(lines) + answer

    def _mail_lines(self, lines):
        return Markup().join(
            Markup('<p dir="auto">%s</p>') % line for line in lines if line
        )

    def _open_items(self):
        """Return the items that may be told outside the house."""
        items = self._minutes_ordered_items()
        if self.confidentiality == "confidential":
            return items.browse()
        return items.filtered(lambda item: not item.is_confidential)

    def _ics_event(self, seat):
        host = (self.get_base_url() or "").split("//")[-1]
        secretary = self.secretary_id
        sender = secretary if secretary.email else self.company_id.partner_id
        address = email_normalize(sender.email)
        return {
            "uid": f"reform-meeting-{self.id}@{host}",
            # grows with every change, which is what it is for
            "sequence": int(self.write_date.timestamp()) if self.write_date else 0,
            "stamp": fields.Datetime.now(),
            "start": self.start_at,
            "stop": self.end_at,
            "summary": self.committee_id.name,
            "location": self.place or self.url or "",
            "description": "\n".join(item.name for item in self._open_items()),
            "organizer": (sender.name, address) if address else None,
            "attendee": (seat.partner_id.name, email_normalize(seat.partner_id.email)),
        }
