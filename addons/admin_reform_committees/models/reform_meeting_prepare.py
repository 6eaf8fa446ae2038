from odoo import fields, models
from odoo.fields import Command, Domain

from .reform_resolution import OPEN_STATES

SHOWN_IN_CALENDARS = {"start_at", "end_at", "place", "committee_id", "confidentiality"}
# Where automatic items stand among those that people enter (10, 20, …).
LAST_MINUTES, CARRIED_OVER, OPEN_RESOLUTIONS, STANDING = 1, 5, 800, 900


class ReformMeetingPrepare(models.Model):
    """Members, standing items and open resolutions come onto a meeting by themselves.

    Done when a meeting is planned, and again when it is convened: between the two,
    members change and resolutions get done.
    """

    _inherit = "reform.meeting"

    def write(self, vals):
        if "start_at" in vals and "end_at" not in vals:
            # moved as a whole: it stays as long as it was
            start = fields.Datetime.to_datetime(vals["start_at"])
            for meeting in self:
                end = start and start + (meeting.end_at - meeting.start_at)
                meeting.write(vals | {"end_at": end})
            return True
        result = super().write(vals)
        if not SHOWN_IN_CALENDARS.isdisjoint(vals):
            drafts = self.filtered(lambda meeting: meeting.state == "draft")
            if "start_at" in vals or "committee_id" in vals:
                drafts._prepare()
            (self - drafts)._move_in_calendars()
        return result

    def _prepare(self):
        for meeting in self:
            body = meeting.committee_id
            meeting._set_stamps(
                {"quorum_rule": body.quorum_rule, "quorum_fixed": body.quorum_fixed}
            )
            # sudo: seats follow from memberships; nobody sets them by hand
            meeting.sudo()._prepare_people()
            # what comes by itself is written in the language of the agency's papers
            lang = self.env["agency.seal"]._seal_lang(meeting.company_id)
            # sudo: the same comes onto the agenda whoever prepares it
            meeting.sudo().with_context(lang=lang)._prepare_items()

    # === People ===

    def _prepare_people(self):
        """Let the attendance be the members in office on the day of the meeting.

        A deputy by decree who is no member himself sits in the chair's place.
        """
        self.ensure_one()
        seats = self.committee_id._seats_on(self.meeting_date)
        delegation = self.committee_id._delegation_on(self.meeting_date)
        deputy, chair = delegation.partner_id, delegation.membership_id
        chair_goes = deputy and deputy not in seats.partner_id
        wanted = {
            (deputy if chair_goes and seat == chair else seat.partner_id): seat
            for seat in seats
        }
        gone = self.attendance_ids.filtered(
            lambda attendance: (
                attendance.membership_id and attendance.partner_id not in wanted
            )
        )
        gone.unlink()
        present = {
            attendance.partner_id: attendance for attendance in self.attendance_ids
        }
        missing = []
        for person, seat in wanted.items():
            vals = {
                "membership_id": seat.id,
                "role": seat.role,
                "is_voting": seat.is_voting,
                "status": "invited",
                "arrived_at": False,
                "left_at": False,
            }
            if person in present:
                present[person].write(vals)
            else:
                missing.append(vals | {"meeting_id": self.id, "partner_id": person.id})
        self.env["reform.attendance"].create(missing)
        self._set_stamps(
            {
                "presided_by_id": (deputy or self._first("chair")).id,
                "secretary_id": self._first("secretary").id,
            }
        )

    def _first(self, role):
        seats = self.attendance_ids.filtered(lambda attendance: attendance.role == role)
        return seats[:1].partner_id

    # === Agenda ===

    def _prepare_items(self):
        """Add the items that need nobody to think of them, each once."""
        self.ensure_one()
        values = []
        if not self.item_ids.filtered("minutes_of_id"):
            values += self._last_minutes_item()
        values += self._carried_items()
        values += self._open_resolutions_item()
        if self.state == "draft" and not self.item_ids:
            values += self._standing_items()
        self.env["reform.agenda.item"].create(
            [vals | {"meeting_id": self.id} for vals in values]
        )

    def _previous(self):
        """Return the latest meeting of the body that was held before this one."""
        return self.search(
            Domain("committee_id", "=", self.committee_id.id)
            & Domain("start_at", "<", self.start_at)
            & Domain("state", "in", ("held", "minutes_review", "approved")),
            limit=1,
        )

    def _last_minutes_item(self):
        last = self._previous()
        if not last:
            return []
        name = self.env._("Approval of the minutes of %s", last.display_name)
        return [
            {
                "name": name,
                "source": "last_minutes",
                "sequence": LAST_MINUTES,
                "minutes_of_id": last.id,
            }
        ]

    def _carried_items(self):
        items = self.env["reform.agenda.item"].search(
            Domain("meeting_id", "=", self._previous().id)
            & Domain("outcome", "in", ("postponed", "tabled"))
            & Domain("carried_to_ids", "=", False)
        )
        return [
            {
                "name": item.name,
                "source": "carry_over",
                "sequence": CARRIED_OVER,
                "carried_from_id": item.id,
                "presenter_id": item.presenter_id.id,
                "programme_id": item.programme_id.id,
                "planned_minutes": item.planned_minutes,
                "explanation": item.explanation,
                "is_confidential": item.is_confidential,
            }
            for item in items
        ]

    def _open_resolutions_item(self):
        resolutions = self.env["reform.resolution"].search(
            Domain("committee_id", "=", self.committee_id.id)
            & Domain("state", "in", OPEN_STATES)
            & Domain("meeting_date", "<", self.meeting_date)
        )
        item = self.item_ids.filtered(lambda item: item.source == "open_resolutions")
        if item:
            item.review_resolution_ids = resolutions
            return []
        if not resolutions:
            return []
        return [
            {
                "name": self.env._("Open and overdue resolutions"),
                "source": "open_resolutions",
                "sequence": OPEN_RESOLUTIONS,
                "review_resolution_ids": [Command.set(resolutions.ids)],
            }
        ]

    def _standing_items(self):
        return [
            {
                "name": item.name,
                "source": "standing",
                "sequence": STANDING + place,
                "planned_minutes": item.planned_minutes,
            }
            for place, item in enumerate(self.committee_id.standing_item_ids)
        ]

    # === Calendars of those invited ===

    def _put_into_calendars(self):
        self._take_out_of_calendars()
        # Invitations go out from a queue of ours, never from the clerk's transaction.
        quiet = {"no_mail_to_attendees": True, "mail_create_nolog": True}
        # sudo: events of confidential meetings belong to nobody but those invited
        events_sudo = self.env["calendar.event"].sudo().with_context(**quiet)
        for meeting in self:
            event_sudo = events_sudo.create(meeting._prepare_calendar_event())
            meeting._set_stamps({"calendar_event_id": event_sudo.id})

    def _prepare_calendar_event(self):
        return self._calendar_values() | {
            "user_id": self.env.uid,
            "partner_ids": [Command.set(self.attendance_ids.partner_id.ids)],
        }

    def _calendar_values(self):
        # Whoever looks for the name of a body in calendars finds no meeting of it that
        # is only for those invited.
        secret = self.confidentiality == "confidential"
        return {
            "name": self.env._("Confidential Meeting")
            if secret
            else self.committee_id.name,
            "start": self.start_at,
            "stop": self.end_at,
            "location": self.place,
            "videocall_location": self.url,
            "privacy": "private" if secret else False,
        }

    def _move_in_calendars(self):
        for meeting in self.filtered("calendar_event_id"):
            # sudo: the event may have been made by another secretary
            event_sudo = meeting.calendar_event_id.sudo().with_context(
                no_mail_to_attendees=True, skip_attendee_notification=True
            )
            event_sudo.write(meeting._calendar_values())

    def _take_out_of_calendars(self):
        # sudo: as above
        self.calendar_event_id.sudo().unlink()
