from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .meeting_rpc_common import MeetingRpcCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 05:00:00")
class TestMeetingRpc(MeetingRpcCase):
    """What a caller sends past the screens: values, links and defaults of a context."""

    def test_what_follows_from_the_rest_is_not_sent(self):
        closed, other = self._approved(), self._meeting("2026-12-06 06:00:00")
        resolution = self._resolution()
        vote = self._of("reform.vote.event").create({"item_id": self.item.id})
        seat = self.meeting.attendance_ids[0]
        forged = [
            (resolution, {"meeting_id": closed.id}),
            (resolution, {"meeting_date": "2026-01-01"}),
            (resolution, {"committee_id": self.other_body.id}),
            (resolution, {"needs_approval": False}),
            (self.meeting, {"meeting_date": "2020-01-01"}),
            (self.meeting, {"jalali_year": 1390}),
            (self.meeting, {"delegation_id": False}),
            (self.meeting, {"company_id": False}),
            (self.item, {"minutes_of_id": other.id}),
            (self.item, {"carried_from_id": closed.item_ids[0].id}),
            (self.item, {"resolution_id": closed.resolution_ids[0].id}),
            (seat, {"rank": 0}),
            (seat, {"is_joint": True}),
            (vote, {"meeting_id": closed.id}),
        ]
        for record, vals in forged:
            with (
                self.subTest(vals),
                self.assertRaisesRegex(AccessError, "not entered"),
            ):
                self._as("secretary", record).write(vals)
        with self.assertRaisesRegex(AccessError, "not entered"):
            self._resolution(meeting_id=closed.id)

    def test_a_default_in_the_context_is_no_way_round(self):
        early = {"meeting_date": "2020-01-01", "jalali_year": 1390, "reason": "Forged"}
        meeting = self._of("reform.meeting", **early).create(
            {"committee_id": self.body.id, "start_at": "2026-12-06 06:00:00"}
        )
        self.assertEqual(str(meeting.meeting_date), "2026-12-06")
        self.assertEqual(meeting.jalali_year, 1405)
        self.assertFalse(meeting.reason)
        closed = self._approved()
        resolution = self._of(
            "reform.resolution", meeting_id=closed.id, meeting_date="2020-01-01"
        ).create({"item_id": self.item.id, "text": "Do it"})
        self.assertEqual(resolution.meeting_id, self.meeting)
        self.assertEqual(resolution.meeting_date, self.meeting.meeting_date)
        origin = closed.resolution_ids[0]
        item = self._of("reform.agenda.item", resolution_id=origin.id).create(
            {"meeting_id": self.meeting.id, "name": "Answers a matter of others"}
        )
        self.assertFalse(item.resolution_id)
        self.meeting.action_hold()
        vote = self._of(
            "reform.vote.event",
            voted_at="2026-11-22 05:00:00", present=50, is_quorate=True,
        ).create({"item_id": item.id, "yes_count": 2})  # fmt: skip
        self.assertEqual(vote.present, self.meeting.voters_present)

    def test_nothing_gets_into_closed_minutes(self):
        closed = self._held()
        row, item = closed.resolution_ids, closed.item_ids[0]
        event = self._of("reform.vote.event").create(
            {"item_id": item.id, "resolution_id": row.id, "yes_count": 1}
        )
        self._approve(closed)
        seat, guest = closed.attendance_ids[0], self._partner("Guest")
        entered = [
            ("reform.agenda.item", "meeting_id", closed, {"name": "Late"}),
            ("reform.attendance", "meeting_id", closed, {"partner_id": guest.id}),
            ("reform.resolution", "item_id", item, {"text": "More"}),
            ("reform.vote.event", "item_id", item, {"yes_count": 1}),
            (
                "reform.vote",
                "event_id",
                event,
                {"attendance_id": seat.id, "option": "yes"},
            ),
        ]
        for model, name, owner, vals in entered:
            for records, values in (
                (self._of(model), vals | {name: owner.id}),
                (self._of(model, **{name: owner.id}), vals),
            ):
                with self.subTest(model), self.assertRaisesRegex(UserError, "Approved"):
                    records.create(values)

    def test_votes_stay_with_what_was_voted_on(self):
        row, other = self._resolution(), self._resolution(text="Do that")
        seat, another = self.meeting.attendance_ids.filtered("is_voting")[:2]
        event = self._of("reform.vote.event").create(
            {"item_id": self.item.id, "resolution_id": row.id, "mode": "name"}
        )
        vote = self._of("reform.vote").create(
            {"event_id": event.id, "attendance_id": seat.id, "option": "yes"}
        )
        second = self._of("reform.vote.event").create({"item_id": self.item.id})
        for record, vals in (
            (event, {"resolution_id": other.id}),
            (event, {"item_id": self.meeting.item_ids[0].id}),
            (vote, {"event_id": second.id}),
            (vote, {"attendance_id": another.id}),
        ):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "voted on"):
                record.write(vals)
        vote.option = "no"
        self.assertEqual(event.no_count, 1)

    def test_a_reason_belongs_to_its_act(self):
        meetings = self._of("reform.meeting")
        draft = {"committee_id": self.body.id, "start_at": "2026-12-06 06:00:00"}
        for name in ("reason", "directive"):
            with self.subTest(name), self.assertRaisesRegex(UserError, "belongs to"):
                meetings.create(draft | {name: "Forged"})
            with self.subTest(name), self.assertRaisesRegex(UserError, "belongs to"):
                meetings.create(draft).write({name: "Forged"})
        running = self._as("secretary", self.meeting)
        with self.assertRaisesRegex(UserError, "belongs to"):
            running.write({"state": "held", "reason": "Nobody gave it back"})
        running.write({"state": "held"})
        self.assertFalse(running.reason)

    def test_an_item_entered_by_hand_is_late_whatever_it_calls_itself(self):
        for source in ("standing", "carry_over", "last_minutes", "proposal"):
            item = self._of("reform.agenda.item").create(
                {"meeting_id": self.meeting.id, "name": source, "source": source}
            )
            self.assertTrue(item.is_late, source)
        item = self._of("reform.agenda.item", meeting_id=self.meeting.id).create(
            {"name": "By the context"}
        )
        self.assertTrue(item.is_late)

    def test_a_body_reviews_its_own_resolutions(self):
        own = self._approved().resolution_ids
        self.item.with_user(self.users["secretary"]).review_resolution_ids = own
        elsewhere = self._meeting(
            "2026-12-06 06:00:00", committee_id=self.other_body.id
        )
        item = self._of("reform.agenda.item", self.other_secretary).create(
            {"meeting_id": elsewhere.id, "name": "What do the others do?"}
        )
        with self.assertRaisesRegex(ValidationError, "its own resolutions"):
            item.sudo().review_resolution_ids = own

    def test_nobody_is_chair_without_a_seat(self):
        guest = self._of("reform.attendance").create(
            {"meeting_id": self.meeting.id, "partner_id": self._partner("Guest").id}
        )
        for role in ("chair", "vice", "secretary", "member", "alternate"):
            with self.subTest(role), self.assertRaisesRegex(ValidationError, "no seat"):
                guest.role = role
        guest.role = "observer"

    def test_proposals_are_ones_own_and_their_rejection_the_secretarys(self):
        member = self.users["member"]
        wish = {"name": "A wish", "committee_id": self.body.id}
        forged = {"proposer_id": self.people["chair"].id, "reason": "Forged"}
        proposal = self._of("reform.agenda.proposal", member, **forged).create(wish)
        self.assertEqual(proposal.proposer_id, member.partner_id)
        self.assertFalse(proposal.reason)
        with self.assertRaisesRegex(UserError, "rejecting"):
            proposal.create(wish | {"reason": "Forged"})
        proposal.action_submit()
        with self.assertRaises(AccessError):
            proposal.write({"state": "accepted"})

    def test_what_was_agreed_on_a_referral_stays(self):
        item = self.item
        self._as("secretary", self.meeting).minutes_outcome(
            item.id, "referred", {"body": self.other_body.id, "due": "2026-12-05"}
        )
        referral = item.referral_ids
        self._as("secretary", referral).due_on = "2026-12-06"
        self.meeting.item_ids.filtered(lambda each: each != item).outcome = "noted"
        self.meeting.action_hold()
        self._approve(self.meeting)
        for user in (self.users["secretary"], self.other_secretary):
            for vals in (
                {"due_on": "2027-12-05"},
                {"committee_id": self.council.id},
                {"item_id": self.meeting.item_ids[0].id},
            ):
                with self.subTest(vals), self.assertRaises(UserError):
                    referral.with_user(user).write(vals)

    def test_one_comments_on_the_items_of_the_minutes_themselves(self):
        meeting = self._submitted()
        comments = self._of("reform.minutes.comment", self.users["member"])
        said = {"minutes_id": meeting.minutes_ids.id, "text": "It was otherwise."}
        with self.assertRaisesRegex(UserError, "these minutes"):
            comments.create(said | {"item_id": self.item.id})
        comments.create(said | {"item_id": meeting.item_ids[0].id})

    def test_who_looks_at_an_item_that_was_removed_is_told_so(self):
        planned = self._meeting("2026-12-06 06:00:00")
        item = self.env["reform.agenda.item"].create(
            {"meeting_id": planned.id, "name": "Withdrawn"}
        )
        gone = item.id
        item.unlink()
        secretary, chair = (self._as(role, planned) for role in ("secretary", "chair"))
        chair.minutes_poll("", gone, is_writing=True)
        [other] = secretary.minutes_poll("", self.item.id)["others"]
        self.assertFalse(other["item"])

    def test_the_kind_of_a_resolution_says_whether_the_manager_decides(self):
        self.body.resolution_approver_id = self.users["approver"]
        row = self._resolution(kind="recommendation")
        self.assertFalse(row.needs_approval)
        row.kind = "decision"
        self.assertTrue(row.needs_approval)
        self.assertTrue(self._resolution().needs_approval)
