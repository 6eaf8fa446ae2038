from freezegun import freeze_time

from odoo.tests import tagged

from .common import MeetingCase

RUN = {"secretary", "chair"}
OFFICE = {"reform_office", "administrator"}
# Who reads a meeting of the body in each state, besides those who run it.
READ = {
    "draft": OFFICE,
    "convened": OFFICE | {"member"},
    "in_session": OFFICE | {"member"},
    "held": OFFICE | {"member"},
    "minutes_review": OFFICE | {"member", "approver"},
    "approved": OFFICE | {"member", "approver", "observer"},
}


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 05:00:00")
class TestSecurityMeetings(MeetingCase):
    def _at(self, state, **vals):
        meeting = self._meeting(**vals)
        if state == "draft":
            return meeting
        if state == "convened":
            meeting.action_convene()
            return meeting
        if state == "in_session":
            meeting.action_start()
            return meeting
        meeting.unlink()
        meeting = self._held(**vals)
        if state == "minutes_review":
            self._as("secretary", meeting).action_submit_minutes()
        if state == "approved":
            self._approve(meeting)
        return meeting

    def _belongings(self, meeting):
        return [
            meeting,
            meeting.attendance_ids[:1],
            meeting.item_ids[:1],
            meeting.event_ids[:1],
            meeting.resolution_ids.filtered(
                lambda resolution: resolution.responsible_id != self.people["member"]
            )[:1],
        ]

    def _who(self, records, verb):
        return {
            role
            for role, user in self.users.items()
            if records.with_user(user).has_access(verb)
        }

    def test_who_reads_in_which_state(self):
        for state, others in READ.items():
            for records in self._belongings(self._at(state)):
                if records:
                    with self.subTest(state=state, model=records._name):
                        self.assertEqual(self._who(records, "read"), RUN | others)

    def test_who_writes(self):
        meeting = self._at("held")
        meeting, attendance, item, event, _resolution = self._belongings(meeting)
        resolution = meeting.resolution_ids
        for verb in ("write", "create", "unlink"):
            for records in (meeting, attendance, item, resolution):
                with self.subTest(verb=verb, model=records._name):
                    self.assertEqual(self._who(records, verb), RUN | OFFICE)
            self.assertFalse(self._who(event, verb), verb)

    def test_approver_decides_on_minutes_under_review_only(self):
        self.assertIn("approver", self._who(self._at("minutes_review"), "write"))
        meeting = self._at("minutes_review")
        self.assertNotIn("approver", self._who(meeting.item_ids, "write"))
        self.assertNotIn("approver", self._who(self._at("held"), "write"))

    def test_confidential_meetings_are_for_those_invited(self):
        meeting = self._at("approved", confidentiality="confidential")
        for records in (meeting, meeting.item_ids[:1], meeting.event_ids[:1]):
            with self.subTest(model=records._name):
                self.assertEqual(
                    self._who(records, "read"), RUN | {"member", "approver"}
                )
        later = self._user("later", "member")
        self._seat(self.body, "member", later.partner_id, "2026-11-22")
        self.assertFalse(meeting.with_user(later).has_access("read"))

    def test_internal_meetings_are_not_for_observers(self):
        meeting = self._at("approved", confidentiality="internal")
        self.assertNotIn("observer", self._who(meeting, "read"))

    def test_council_sees_what_its_committees_had_approved(self):
        councillor = self._user("councillor", "member")
        self._seat(self.council, "member", councillor.partner_id)
        self.assertFalse(self._at("held").with_user(councillor).has_access("read"))
        meeting = self._at("approved")
        for records in (meeting, meeting.resolution_ids):
            self.assertTrue(records.with_user(councillor).has_access("read"))

    def test_guests_and_substitutes_see_the_meeting_they_are_invited_to(self):
        guest = self._user("guest", "member")
        meeting = self._at("convened")
        self.assertFalse(meeting.with_user(guest).has_access("read"))
        meeting.attendance_ids[2].substitute_id = guest.partner_id
        self.env.flush_all()
        self.assertTrue(meeting.with_user(guest).has_access("read"))

    def test_former_members_see_the_meetings_they_were_at(self):
        meeting = self._at("approved")
        self.seats["member"].ends_on = "2026-11-21"
        self.env.invalidate_all()
        self.assertTrue(meeting.with_user(self.users["member"]).has_access("read"))
        later = self._at("convened", start_at="2026-12-22 06:00:00")
        self.assertFalse(later.with_user(self.users["member"]).has_access("read"))

    def test_former_secretary_keeps_nothing(self):
        meeting = self._at("held")
        self.seats["secretary"].ends_on = "2026-11-21"
        self.env.invalidate_all()
        secretary = meeting.with_user(self.users["secretary"])
        self.assertFalse(secretary.has_access("write"))

    def test_responsible_people_reach_their_resolution_without_having_been_there(self):
        meeting = self._held()
        meeting.resolution_ids.responsible_id = self.outsider.partner_id
        resolution = meeting.resolution_ids.with_user(self.outsider)
        self.assertFalse(resolution.has_access("read"))
        self._approve(meeting)
        self.env.invalidate_all()
        self.assertTrue(resolution.has_access("read"))
        self.assertFalse(resolution.has_access("write"))
        self.assertFalse(meeting.with_user(self.outsider).has_access("read"))
        self.assertEqual(resolution.text, "Do it")

    def test_other_companies_see_nothing(self):
        user = self._other_company_user("administrator")
        for records in self._belongings(self._at("approved")):
            if records:
                self.assertFalse(records.with_user(user).has_access("read"))

    def test_search_agrees_with_access(self):
        meetings = self.env["reform.meeting"]
        for state in READ:
            meetings |= self._at(state)
        for user in (*self.users.values(), self.other_secretary):
            mine = meetings.with_user(user)
            found = mine.search([("id", "in", meetings.ids)])
            self.assertEqual(found, mine._filtered_access("read"), user.login)
