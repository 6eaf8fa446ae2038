from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import MeetingCase
from .minutes_common import MinutesCase

QUERIES_TO_OPEN = 40
QUERIES_TO_SAVE = 12
QUERIES_TO_ADD = 12


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 05:00:00")
class TestMinutesScreen(MinutesCase):
    def test_the_same_act_sent_twice_is_done_once(self):
        again = self.meeting.minutes_add_item("E-services", "k1")
        self.assertEqual(again, self.item.id)
        first, second = self._row()["row"], self._row()["row"]
        self.assertEqual(first["id"], second["id"])
        for _time in range(2):
            self.meeting.minutes_append_note(self.item.id, "Heard.", "n1")
        self.assertEqual(self.item.notes, "Heard.")

    def test_a_field_somebody_else_changed_is_not_overwritten(self):
        chair = self._as("chair", self.meeting)
        changes = {"notes": ["", "By the secretary"]}
        self.assertEqual(self.meeting.minutes_save_item(self.item.id, changes), {})
        answer = chair.minutes_save_item(self.item.id, {"notes": ["", "By the chair"]})
        self.assertEqual(answer["conflicts"]["notes"]["theirs"], "By the secretary")
        self.assertEqual(self.item.notes, "By the secretary")
        # another field of the same row is no conflict
        row = self._row()["row"]
        responsible = self.people["member"].id
        self.meeting.minutes_save_row(
            self.item.id, row["id"], {"text": ["Do it", "Do it well"]}
        )
        answer = chair.minutes_save_row(
            self.item.id, row["id"], {"responsible_id": [False, responsible]}
        )
        self.assertNotIn("conflicts", answer)
        self.assertEqual(answer["row"]["text"], "Do it well")
        self.assertEqual(answer["row"]["responsible"], responsible)

    def test_deadlines_as_secretaries_type_them(self):
        expected = {
            "+30": "2026-12-22",
            "۲هفته": "2026-12-06",
            "پایان آذر": "2026-12-21",
            "۱۴۰۵/۰۹/۳۰": "2026-12-21",
            "9/30": "2026-12-21",
        }
        for text, day in expected.items():
            with self.subTest(text):
                self.assertEqual(self.meeting.minutes_due(text)["date"], day)
        for text in ("soon", "13/45", "نشست بعد"):
            with self.subTest(text):
                self.assertFalse(self.meeting.minutes_due(text)["ok"])
        self.assertFalse(self.meeting.minutes_due("1405/08/01")["ok"])
        self._meeting(start_at="2026-12-27 06:00:00")
        self.assertEqual(self.meeting.minutes_due("نشست بعد")["date"], "2026-12-27")

    def test_somebody_from_outside_may_be_responsible(self):
        answer = self.meeting.minutes_save_row(
            self.item.id, False, {"text": ["", "Ask him"]}, "row-2", "Somebody New"
        )
        person = self.env["res.partner"].browse(answer["row"]["responsible"])
        self.assertEqual(person.name, "Somebody New")
        self.assertEqual(person.company_id, self.company)

    def test_everybody_is_present_with_one_act_but_those_excused(self):
        seats = self.meeting.attendance_ids
        seats[-1].status = "excused"
        room = self.meeting.minutes_all_present()
        self.assertEqual(room["quorum"]["present"], len(seats) - 1)
        self.assertEqual(len(room["before"]), len(seats) - 1)
        self.assertEqual(seats[-1].status, "excused")

    def test_quorum_is_counted_anew_and_logged(self):
        self.meeting.minutes_all_present()
        seats = self.meeting.attendance_ids
        leave = [{"id": seat.id, "left_at": "8:40"} for seat in seats[:3]]
        room = self.meeting.minutes_attend(leave)
        self.assertFalse(room["quorum"]["met"])
        self.assertEqual(room["log"][0]["kind"], "no_quorum")
        self.assertEqual(str(seats[0].left_at), "2026-11-22 05:10:00")

    def test_recusal_counts_for_its_item_only(self):
        self.meeting.minutes_all_present()
        seats = self.meeting.attendance_ids
        change = {"id": seats[0].id, "recused_item_ids": [self.item.id]}
        quorum = self.meeting.minutes_attend([change])["quorum"]
        self.assertEqual(quorum["present"], 5)
        self.assertEqual(quorum["items"][str(self.item.id)]["present"], 4)

    def test_checks_lead_to_the_field(self):
        self.meeting.minutes_all_present()
        row = self._row()["row"]["id"]
        checks = self.meeting.minutes_checks()
        faults = [check for check in checks if check["level"] == "fault"]
        self.assertEqual(
            [(fault["target"], fault.get("field")) for fault in faults],
            [("item", None), ("row", "responsible"), ("row", "due")],
        )
        self.assertEqual(faults[1]["row"], row)
        with self.assertRaisesRegex(UserError, "no deadline"):
            self.meeting.minutes_submit()

    def test_another_member_presides_where_the_chair_is_away(self):
        self.meeting.minutes_all_present()
        seats = self.meeting.attendance_ids
        chair = seats.filtered("membership_id").filtered(lambda s: s.role == "chair")
        other = seats.filtered(lambda s: s.partner_id == self.seats["m1"].partner_id)
        self.meeting.minutes_attend([{"id": chair.id, "status": "excused"}])
        [fault] = [
            check
            for check in self.meeting.minutes_checks()
            if check["about"] == "chair"
        ]
        self.assertEqual(fault["target"], "people")
        room = self.meeting.minutes_preside(other.id)
        [presiding] = [person for person in room["people"] if person["presides"]]
        self.assertEqual(presiding["id"], other.id)
        about = {check["about"] for check in self.meeting.minutes_checks()}
        self.assertNotIn("chair", about)
        with self.assertRaisesRegex(UserError, "who is there"):
            self.meeting.minutes_preside(chair.id)

    def test_what_is_confidential_is_not_shown_in_the_hall(self):
        self.item.write({"is_confidential": True, "notes": "Between us"})
        self._row()
        [shown] = [
            item
            for item in self.meeting.minutes_projector()["items"]
            if item["id"] == self.item.id
        ]
        self.assertNotEqual(shown["name"], self.item.name)
        self.assertFalse(shown["notes"])
        self.assertFalse(shown["rows"])
        self.assertNotIn(self.item, self.meeting._open_items())

    def test_meeting_held_on_another_day_than_planned_is_of_that_day(self):
        meeting = self._as("secretary", self._meeting(start_at="2026-11-25 06:00:00"))
        meeting.minutes_start()
        self.assertEqual(str(meeting.meeting_date), "2026-11-22")

    def test_only_those_in_office_write(self):
        for role in ("member", "observer", "approver"):
            meeting = self._as(role, self.meeting)
            with self.subTest(role), self.assertRaises(AccessError):
                meeting.minutes_append_note(self.item.id, "Mine")
            with self.subTest(role), self.assertRaises(AccessError):
                meeting.minutes_add_item("Mine")
        with self.assertRaises(AccessError):
            self._as("observer", self.meeting).minutes_open()
        self.assertFalse(
            self._as("member", self.meeting).minutes_open()["meeting"]["may_write"]
        )

    def test_rows_of_other_meetings_are_refused(self):
        other = self._held()
        with self.assertRaises(UserError):
            self.meeting.minutes_append_note(other.item_ids[0].id, "Elsewhere")
        with self.assertRaises(UserError):
            self.meeting.minutes_save_row(
                self.item.id, other.resolution_ids.id, {"text": ["", "Elsewhere"]}
            )

    def test_presence_is_seen_by_the_others(self):
        chair = self._as("chair", self.meeting)
        stamp = chair.minutes_open()["stamp"]
        self.meeting.minutes_poll(stamp, self.item.id, True)
        [other] = chair.minutes_poll(stamp)["others"]
        self.assertEqual(other["item"], self.item.id)
        self.assertTrue(other["writes"])
        with freeze_time("2026-11-22 05:01:00"):
            self.assertFalse(chair.minutes_poll(stamp)["others"])

    def test_poll_answers_in_full_only_when_something_changed(self):
        stamp = self.meeting.minutes_open()["stamp"]
        self.assertNotIn("items", self.meeting.minutes_poll(stamp))
        self.meeting.minutes_add_item("News")
        self.assertIn("items", self.meeting.minutes_poll(stamp))

    def test_projector_shows_no_names_of_voters(self):
        self.meeting.minutes_all_present()
        hall = self.meeting.minutes_projector()
        self.assertTrue(hall["is_draft"])
        self.assertNotIn("people", hall)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 05:00:00")
class TestMinutesQueries(MeetingCase):
    def test_opening_and_saving_stay_within_their_queries(self):
        """20 items, 15 people, 40 open resolutions of earlier meetings."""
        for number in range(10):
            self._seat(self.body, "member", self._partner(f"More {number}"))
        earlier = self._approved(start_at="2026-10-22 06:00:00")
        item = earlier.item_ids[0]
        self.env["reform.resolution"].create(
            [
                {
                    "item_id": item.id,
                    "text": f"Old {number}",
                    "state": "communicated",
                    "number": f"C93/1405/90-{number}",
                    "responsible_id": self.people["member"].id,
                    "due_on": "2026-12-22",
                }
                for number in range(39)
            ]
        )
        meeting = self._meeting()
        self.env["reform.agenda.item"].create(
            [{"meeting_id": meeting.id, "name": f"Item {n}"} for n in range(18)]
        )
        meeting = self._as("secretary", meeting)
        meeting.minutes_start()
        meeting.minutes_all_present()
        item = meeting.item_ids[5]
        for number in range(3):
            key = f"row-{number}"
            meeting.minutes_save_row(item.id, False, {"text": ["", "x"]}, key)
            # again, from the database: a server knows the rules of its users by heart
            self.env.flush_all()
            self.env.invalidate_all()
            meeting.minutes_save_row(item.id, False, {"text": ["x", "y"]}, key)
            meeting.minutes_vote(item.id, False, {"mode": "consensus"})
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(QUERIES_TO_OPEN):
            screen = meeting.minutes_open()
        self.assertEqual(len(screen["items"]), 20)
        self.assertEqual(len(screen["people"]), 15)
        [review] = [item["review"] for item in screen["items"] if item["review"]]
        self.assertEqual(len(review), 40)

        self.env.invalidate_all()
        with self.assertQueryCount(QUERIES_TO_ADD):
            row = meeting.minutes_save_row(
                item.id,
                False,
                {
                    "text": ["", "New"],
                    "responsible_id": [False, self.people["member"].id],
                    "due_on": [False, "2026-12-22"],
                },
                "row-9",
            )["row"]
            self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(QUERIES_TO_SAVE):
            changes = {"text": ["New", "Newer"]}
            meeting.minutes_save_row(item.id, row["id"], changes, "row-9")
            self.env.flush_all()
