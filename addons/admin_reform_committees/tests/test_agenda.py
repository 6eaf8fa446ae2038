from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import MeetingCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 05:00:00")
class TestAttendance(MeetingCase):
    def setUp(self):
        super().setUp()
        self.meeting = self._meeting()

    def _kinds(self):
        return self.meeting.event_ids.sorted("id").mapped("kind")

    def test_nobody_is_present_before_it_opens(self):
        with self.assertRaisesRegex(ValidationError, "once the meeting is open"):
            self.meeting.attendance_ids[0].status = "present"

    def test_quorum_follows_arrivals_and_departures(self):
        self.meeting.action_start()
        for attendance in self.meeting.attendance_ids[:3]:
            attendance.action_present()
        self.assertTrue(self.meeting.has_quorum)
        self.assertEqual(str(attendance.arrived_at), "2026-11-22 05:00:00")
        with freeze_time("2026-11-22 05:40:00"):
            attendance.action_leave()
        self.assertFalse(self.meeting.has_quorum)
        self.assertEqual(
            self._kinds(),
            ["convened", "in_session", "no_quorum", "arrival", "arrival", "arrival",
             "quorum", "departure", "no_quorum"],
        )  # fmt: skip

    def test_who_stands_aside_is_not_counted_for_that_item(self):
        item = self.env["reform.agenda.item"].create(
            {"meeting_id": self.meeting.id, "name": "His own case"}
        )
        self.meeting.action_start()
        voters = self.meeting.attendance_ids[:3]
        voters.write({"status": "present"})
        voters[2].recused_item_ids = item
        self.assertTrue(self.meeting._quorum().is_met)
        self.assertFalse(self.meeting._quorum(item).is_met)
        self.assertIn("recusal", self._kinds())

    def test_substitute_fills_one_seat_only(self):
        self.meeting.action_start()
        alternate = self._partner("Alternate")
        first, second = self.meeting.attendance_ids[:2]
        first.write({"status": "substituted", "substitute_id": alternate.id})
        self.assertEqual(self.meeting.voters_present, 1)
        with self.assertRaisesRegex(ValidationError, "two seats"):
            second.write({"status": "substituted", "substitute_id": alternate.id})

    def test_guests_have_no_vote(self):
        with self.assertRaisesRegex(ValidationError, "has no vote"):
            self._as("secretary", self.env["reform.attendance"]).create(
                {
                    "meeting_id": self.meeting.id,
                    "partner_id": self._partner("Guest").id,
                    "is_voting": True,
                }
            )

    def test_nobody_makes_a_quorum_by_changing_the_seats(self):
        self.meeting.action_start()
        seat = self._as("secretary", self.meeting.attendance_ids[0])
        for vals in (
            {"is_voting": False},
            {"role": "observer"},
            {"membership_id": False},
            {"partner_id": self._partner("Friend").id},
            {"meeting_id": self._meeting().id},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                seat.write(vals)
        with self.assertRaises(AccessError):
            seat.unlink()
        with self.assertRaises(AccessError):
            seat.create(
                {
                    "meeting_id": self.meeting.id,
                    "partner_id": self._partner("Friend").id,
                    "membership_id": self.seats["m1"].id,
                    "is_voting": True,
                }
            )
        guest = seat.create(
            {
                "meeting_id": self.meeting.id,
                "partner_id": self._partner("Guest").id,
            }
        )
        self.assertTrue(guest.unlink())

    def test_history_of_a_meeting_cannot_be_changed(self):
        self.meeting.action_start()
        event = self.meeting.event_ids[0]
        with self.assertRaises(UserError):
            event.sudo().write({"note": "Changed"})
        with self.assertRaises(UserError):
            event.sudo().unlink()


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 05:00:00")
class TestAgenda(MeetingCase):
    def test_last_minutes_open_resolutions_and_standing_items_come_along(self):
        self.env["reform.standing.item"].create(
            {"committee_id": self.body.id, "name": "Any other business"}
        )
        last = self._approved(start_at="2026-10-22 06:00:00")
        meeting = self._meeting()
        self.assertEqual(
            meeting.item_ids.mapped("source"),
            ["last_minutes", "open_resolutions", "standing"],
        )
        self.assertEqual(meeting.item_ids[0].minutes_of_id, last)
        self.assertEqual(meeting.item_ids[1].review_resolution_ids, last.resolution_ids)
        meeting.action_convene()
        self.assertEqual(len(meeting.item_ids), 3)

    def test_resolutions_of_other_bodies_stay_away(self):
        self._approved()
        meeting = self.env["reform.meeting"].create(
            {"committee_id": self.other_body.id, "start_at": "2026-12-22 06:00:00"}
        )
        self.assertFalse(meeting.item_ids)

    def test_postponed_items_are_carried_over_once(self):
        last = self._held(start_at="2026-10-22 06:00:00")
        last.item_ids[0].outcome = "postponed"
        meeting = self._meeting()
        carried = meeting.item_ids.filtered("carried_from_id")
        self.assertEqual(carried.carried_from_id, last.item_ids[0])
        again = self._meeting(start_at="2026-12-22 06:00:00")
        self.assertFalse(again.item_ids.filtered("carried_from_id"))

    def test_items_after_the_invitation_are_late(self):
        meeting = self._meeting()
        vals = {"meeting_id": meeting.id, "name": "Item"}
        item = self.env["reform.agenda.item"].create(vals)
        meeting.action_convene()
        late = item.create(vals)
        self.assertEqual((item.is_late, late.is_late), (False, True))
        self.assertEqual((item.number, late.number), (1, 2))
        with self.assertRaises(UserError):
            late.is_late = False

    def test_nothing_is_decided_before_the_meeting(self):
        meeting = self._meeting()
        item = self.env["reform.agenda.item"].create(
            {"meeting_id": meeting.id, "name": "Item"}
        )
        with self.assertRaisesRegex(ValidationError, "once the meeting is open"):
            item.outcome = "approved"
        meeting.action_start()
        item.outcome = "approved"
        with self.assertRaisesRegex(UserError, "withdrawn"):
            item.unlink()

    def test_deadline_before_the_meeting_is_refused(self):
        meeting = self._held()
        with self.assertRaisesRegex(ValidationError, "before the meeting"):
            meeting.resolution_ids.due_on = "2026-11-21"

    def test_resolutions_do_not_slip_into_another_meeting(self):
        approved, meeting = self._approved(), self._held()
        resolution = self._as("secretary", meeting.resolution_ids)
        with self.assertRaisesRegex(UserError, "stays with the meeting"):
            resolution.item_id = approved.item_ids[0]

    def test_resolutions_move_by_acts_only(self):
        meeting = self._approved()
        resolution = self._as("secretary", meeting.resolution_ids)
        for vals in ({"state": "verified"}, {"number": "X"}):
            with self.subTest(vals), self.assertRaises(AccessError):
                resolution.write(vals)
        with self.assertRaisesRegex(UserError, "cannot become"):
            meeting.resolution_ids._move("verified")

    def test_overdue_search_agrees_with_the_field(self):
        meeting = self._approved()
        resolution = meeting.resolution_ids
        for moment, overdue in (
            ("2026-12-22 20:29", False),
            ("2026-12-22 20:31", True),
        ):
            with freeze_time(moment):
                self.env.invalidate_all()
                found = resolution.search(
                    [("is_overdue", "=", True), ("id", "=", resolution.id)]
                )
                self.assertEqual(resolution.is_overdue, overdue)
                self.assertEqual(bool(found), overdue)

    def test_planning_a_meeting_takes_few_queries(self):
        self._approved(start_at="2026-10-22 06:00:00")
        self._meeting(start_at="2026-12-20 06:00:00")
        self.env.flush_all()
        with self.assertQueryCount(20):
            self._meeting(start_at="2026-12-22 06:00:00")
            self.env.flush_all()
