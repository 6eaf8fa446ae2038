from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import MeetingCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 05:00:00")
class TestMeeting(MeetingCase):
    def test_the_only_body_that_one_runs_is_chosen_by_itself(self):
        meetings = self.env["reform.meeting"]
        for role, body in (("secretary", self.body), ("reform_office", None)):
            form = Form(self._as(role, meetings))
            self.assertEqual(form.committee_id, body or self.body.browse())

    def test_a_body_that_is_not_run_locks_no_new_meeting(self):
        form = Form(self._as("secretary", self.env["reform.meeting"]))
        form.committee_id = self.other_body
        form.committee_id = self.body
        form.start_at = "2026-11-30 06:00:00"
        self.assertTrue(form.save().user_keeps)

    def test_members_place_and_rules_come_by_themselves(self):
        self.body.write({"usual_place": "Hall", "usual_minutes": 60})
        meeting = self._meeting()
        self.assertEqual(
            meeting.attendance_ids.partner_id, self.body.membership_ids.partner_id
        )
        self.assertEqual(meeting.attendance_ids[0].role, "chair")
        self.assertEqual(meeting.presided_by_id, self.people["chair"])
        self.assertEqual(meeting.secretary_id, self.people["secretary"])
        self.assertEqual(meeting.place, "Hall")
        self.assertEqual(str(meeting.end_at), "2026-11-22 07:00:00")
        self.assertEqual((meeting.quorum_required, meeting.voter_count), (3, 5))

    def test_any_body_may_be_chosen_before_the_company_follows_from_it(self):
        for name in ("meeting", "agenda.proposal", "membership", "plan"):
            record = self.env[f"reform.{name}"].new()
            field = record.fields_get(["committee_id"], ["domain"])["committee_id"]
            with self.subTest(name):
                self.assertNotIn("company_id", str(field.get("domain")))
        self.assertEqual(self.env["reform.meeting"].new().display_name, "")

    def test_members_are_those_of_the_day_of_the_meeting(self):
        self.seats["m1"].ends_on = "2026-12-31"
        early = self._meeting(start_at="2026-12-31 06:00:00")
        late = self._meeting(start_at="2027-01-01 06:00:00")
        self.assertIn(self.seats["m1"].partner_id, early.attendance_ids.partner_id)
        self.assertNotIn(self.seats["m1"].partner_id, late.attendance_ids.partner_id)
        late.start_at = "2026-12-30 06:00:00"
        self.assertIn(self.seats["m1"].partner_id, late.attendance_ids.partner_id)

    def test_the_list_of_members_is_taken_again_when_convening(self):
        meeting = self._meeting(start_at="2026-12-31 06:00:00")
        meeting.attendance_ids = [
            Command.create({"partner_id": self._partner("Guest").id})
        ]
        self.seats["m1"].ends_on = "2026-12-01"
        new = self._seat(self.body, "member", self._partner("New"), "2026-12-01")
        meeting.action_convene()
        people = meeting.attendance_ids.partner_id
        self.assertNotIn(self.seats["m1"].partner_id, people)
        self.assertIn(new.partner_id, people)
        self.assertIn("Guest", people.mapped("name"))

    def test_year_and_day_are_those_of_tehran(self):
        # 29 Esfand 1405, 23:59 in Tehran; a minute later it is 1406
        eve = self._meeting(start_at="2027-03-20 20:29:00")
        self.assertEqual(eve.jalali_year, 1405)
        new_year = self._meeting(start_at="2027-03-20 20:30:00")
        self.assertEqual(new_year.jalali_year, 1406)
        self.assertEqual(str(new_year.meeting_date), "2027-03-21")

    def test_deputy_by_decree_presides_on_behalf_of_the_chair(self):
        deputy = self._partner("Deputy")
        self.env["reform.delegation"].create(
            {
                "membership_id": self.seats["chair"].id,
                "partner_id": deputy.id,
                "begins_on": "2026-01-01",
                "decree_no": "1",
            }
        )
        meeting = self._meeting()
        self.assertEqual(meeting.presided_by_id, deputy)
        self.assertEqual(meeting.on_behalf_of_id, self.people["chair"])
        seat = meeting.attendance_ids[0]
        self.assertEqual((seat.partner_id, seat.role), (deputy, "chair"))
        self.assertEqual(meeting.voter_count, 5)
        meeting.presided_by_id = self.people["member"]
        self.assertFalse(meeting.on_behalf_of_id)

    def test_seats_and_delegations_a_meeting_refers_to_stay(self):
        deputy = self._partner("Deputy")
        delegation = self.env["reform.delegation"].create(
            {
                "membership_id": self.seats["chair"].id,
                "partner_id": deputy.id,
                "begins_on": "2026-01-01",
                "decree_no": "1",
            }
        )
        meeting = self._meeting()
        self.seats["m1"].role = "observer"
        meeting.action_convene()
        for term, vals in (
            (self.seats["m1"], {"role": "member"}),
            (self.seats["m2"], {"partner_id": deputy.id}),
            (self.seats["m2"], {"begins_on": "2026-12-01"}),
            (delegation, {"partner_id": self.people["member"].id}),
        ):
            with (
                self.subTest(vals),
                self.assertRaisesRegex(UserError, "Meetings refer"),
            ):
                term.write(vals)
            with self.assertRaisesRegex(UserError, "Meetings refer"):
                term.with_context(_force_unlink=True).unlink()
        self.seats["m1"].ends_on = "2026-12-31"
        delegation.ends_on = "2026-12-31"

    def test_convening_puts_it_into_the_calendars_of_those_invited(self):
        meeting = self._meeting()
        meeting.action_convene()
        event = meeting.calendar_event_id
        self.assertEqual(event.partner_ids, meeting.attendance_ids.partner_id)
        meeting.start_at = "2026-11-23 06:00:00"
        self.assertEqual(event.start, datetime(2026, 11, 23, 6))
        meeting.write({"state": "cancelled", "reason": "No room"})
        self.assertFalse(event.exists())

    def test_no_calendar_tells_which_body_meets_in_confidence(self):
        meeting = self._meeting(confidentiality="confidential")
        meeting.action_convene()
        event = meeting.calendar_event_id
        self.assertNotIn(self.body.name, event.name)
        self.assertEqual(event.privacy, "private")
        meeting.confidentiality = "normal"
        self.assertEqual((event.name, event.privacy), (self.body.name, False))

    def test_new_meeting_from_the_card_of_the_body(self):
        body = self.body.with_user(self.users["secretary"])
        action = body.action_new_meeting()
        meeting = self.env["reform.meeting"].browse(action["context"]["active_id"])
        self.assertEqual(str(meeting.start_at), "2026-11-23 05:30:00")
        self.assertEqual(len(meeting.attendance_ids), 5)

    def test_rule_of_the_quorum_is_that_of_the_day(self):
        meeting = self._meeting()
        meeting.action_convene()
        self.body.quorum_rule = "two_thirds"
        self.assertEqual(meeting.quorum_required, 3)
