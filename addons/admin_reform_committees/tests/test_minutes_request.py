from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import MeetingCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 06:30:00")
class TestMinutesRequest(MeetingCase):
    """What people in the room ask of the secretary from their own device."""

    def setUp(self):
        super().setUp()
        self.meeting = self._as("secretary", self._meeting())
        self.meeting.minutes_start()
        self.meeting.minutes_all_present()
        self.item = self.env["reform.agenda.item"].browse(
            self.meeting.minutes_add_item("E-services", "k1")
        )
        self.member = self._as("member", self.meeting)

    def _requests(self, role="secretary"):
        return self._as(role, self.meeting).minutes_open()["requests"]

    def test_a_note_is_a_proposal_until_the_secretary_takes_it(self):
        stamp = self.meeting.minutes_open()["stamp"]
        self.assertTrue(self.member.minutes_open()["meeting"]["may_ask"])
        self.assertFalse(self.meeting.minutes_open()["meeting"]["may_ask"])
        self.member.minutes_ask("note", " The figure is 64. ", self.item.id)
        self.assertFalse(self.item.notes)
        # the secretary's screen hears of it by itself
        news = self.meeting.minutes_poll(stamp)
        [line] = news["requests"]
        self.assertEqual(
            (line["who"], line["text"]), ("The member", "The figure is 64.")
        )
        for _twice in range(2):
            self.meeting.minutes_handle(line["id"], True)
        self.assertEqual(self.item.notes, "The member: The figure is 64.")
        self.assertEqual(self._requests(), [])
        self.assertEqual(self._requests("member")[0]["state"], "taken")
        self.assertEqual(self._requests("chair"), [])

    def test_a_note_that_is_not_taken_leaves_no_text(self):
        self.member.minutes_ask("note", "Off the point", self.item.id)
        self.meeting.minutes_handle(self._requests()[0]["id"], False)
        self.assertFalse(self.item.notes)
        self.assertEqual(self._requests("member")[0]["state"], "dismissed")

    def test_who_asks_to_leave_leaves_when_the_secretary_says_so(self):
        seat = self.meeting.attendance_ids.filtered(
            lambda each: each.partner_id == self.people["member"]
        )
        for _twice in range(2):
            self.member.minutes_ask("leave")
        [line] = self._requests()
        self.assertEqual((line["kind"], line["seat"]), ("leave", seat.id))
        self.assertTrue(seat.is_here)
        self.meeting.minutes_handle(line["id"], True)
        self.assertFalse(seat.is_here)
        self.assertEqual(str(seat.left_at), "2026-11-22 06:30:00")
        kinds = self.meeting.event_ids.mapped("kind")
        self.assertEqual(kinds.count("departure"), 1)

    def test_who_may_ask_and_who_may_handle(self):
        for user in (self.outsider, self.other_secretary):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.meeting.with_user(user).minutes_ask("leave")
        # sees the meeting, but sits in no seat of it
        with self.assertRaisesRegex(AccessError, "not invited"):
            self._as("reform_office", self.meeting).minutes_ask("note", "x")
        self.member.minutes_ask("note", "x", self.item.id)
        line = self._requests()[0]
        with self.assertRaises(AccessError):
            self.member.minutes_handle(line["id"], True)
        request = self.env["reform.minutes.request"].browse(line["id"])
        for role in ("member", "secretary", "chair", "reform_office"):
            for act in (
                lambda mine: mine.read(["text"]),
                lambda mine: mine.write({"text": "Other", "state": "taken"}),
                lambda mine: mine.create({"meeting_id": self.meeting.id}),
                lambda mine: mine.unlink(),
            ):
                with self.subTest(role), self.assertRaises(AccessError):
                    act(self._as(role, request))
        other = self._meeting("2026-12-06 06:00:00")
        self._as("secretary", other).minutes_handle(line["id"], True)
        self.assertEqual(request.state, "open")

    def test_nonsense_is_refused_and_nothing_is_asked_of_a_closed_meeting(self):
        foreign = self._meeting("2026-12-06 06:00:00")
        item = self.env["reform.agenda.item"].create(
            {"meeting_id": foreign.id, "name": "Elsewhere"}
        )
        for arguments in (("note", " "), ("shout", "x"), ("note", "x", item.id)):
            with self.subTest(arguments), self.assertRaises(UserError):
                self.member.minutes_ask(*arguments)
        for number in range(10):
            self.member.minutes_ask("note", f"Note {number}")
        with self.assertRaisesRegex(UserError, "earlier notes"):
            self.member.minutes_ask("note", "One too many")
        self.meeting.action_hold()
        with self.assertRaisesRegex(UserError, "running"):
            self.member.minutes_ask("note", "Too late")
        self.assertFalse(self.member.minutes_open()["meeting"]["may_ask"])

    def test_standing_aside_and_coming_back_are_logged_with_their_quorum(self):
        seat = self.meeting.attendance_ids.filtered("is_voting")[0]
        for recused in ([self.item.id], []):
            self.meeting.minutes_attend([{"id": seat.id, "recused_item_ids": recused}])
        events = self.meeting.event_ids.sorted("id")[-2:]
        self.assertEqual(events.mapped("kind"), ["recusal", "recusal_end"])
        voters = self.meeting.voter_count
        self.assertEqual(events.mapped("present"), [voters - 1, voters])
        self.assertEqual(set(events.mapped("note")), {"E-services"})
