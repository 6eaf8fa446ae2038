from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .minutes_common import MinutesCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 05:00:00")
class TestMinutesVotes(MinutesCase):
    def test_votes_follow_the_rule_of_the_body(self):
        self.meeting.minutes_all_present()
        row = self._row()["row"]["id"]
        vote = self.meeting.minutes_vote(self.item.id, row, {"mode": "consensus"})
        self.assertEqual((vote["result"], vote["yes"]), ("adopted", 5))
        self.assertEqual(self.item.outcome, "approved")
        vote = self.meeting.minutes_vote(
            self.item.id, row, {"mode": "count", "yes": 2, "no": 3}
        )
        self.assertEqual(vote["result"], "rejected")
        self.assertFalse(self.meeting.minutes_vote(self.item.id, row, False))
        with self.assertRaisesRegex(UserError, "only 5 voters"):
            self.meeting.minutes_vote(self.item.id, row, {"mode": "count", "yes": 6})

    def test_a_single_vote_is_counted_as_one(self):
        votes = self.env["reform.vote.event"]
        told = {"mode": "consensus", "result": "adopted"}
        alone, two = (votes.new(told | {"yes_count": count}) for count in (1, 2))
        self.assertEqual(alone._content(), "by consensus, 1 vote")
        self.assertEqual(two._content(), "by consensus, 2 votes")

    def test_nobody_absent_votes(self):
        self.meeting.minutes_all_present()
        seats = self.meeting.attendance_ids
        seats[0].status = "absent"
        ballots = {seats[0].id: "yes", seats[1].id: "yes"}
        with self.assertRaisesRegex(UserError, "cannot vote"):
            self.meeting.minutes_vote(
                self.item.id, False, {"mode": "name", "votes": ballots}
            )
        del ballots[seats[0].id]
        ballots |= {seats[2].id: "yes", seats[3].id: "no"}
        vote = self.meeting.minutes_vote(
            self.item.id, False, {"mode": "name", "votes": ballots}
        )
        self.assertEqual((vote["yes"], vote["no"]), (2, 1))
        self.assertEqual(vote["result"], "rejected", "two of four present")

    def test_who_leaves_early_undoes_no_quorum(self):
        self.meeting.minutes_all_present()
        self.meeting.item_ids.outcome = "noted"
        with freeze_time("2026-11-22 05:40:00"):
            self.meeting.attendance_ids[:3].action_leave()
            self.assertFalse(self.meeting.has_quorum)
            vote = self.meeting.minutes_vote(
                self.item.id, False, {"mode": "count", "yes": 2}
            )
            self.assertEqual(vote["result"], "void")
            self.meeting.minutes_submit()
        self.assertEqual(self.meeting.state, "minutes_review")

    def test_a_meeting_that_never_had_a_quorum_is_not_submitted(self):
        self.meeting.item_ids.outcome = "noted"
        for seat, clock in zip(self.meeting.attendance_ids, "012", strict=False):
            with freeze_time(f"2026-11-22 05:{clock}0:00"):
                seat.action_present()
                if clock != "2":
                    continue
                # two were gone when the third one came
                self.meeting.attendance_ids[:2].left_at = "2026-11-22 05:15:00"
                with self.assertRaisesRegex(UserError, "There was no quorum"):
                    self.meeting.minutes_submit()

    def test_results_of_votes_cannot_be_forged(self):
        self.meeting.minutes_all_present()
        self.meeting.minutes_vote(self.item.id, False, {"mode": "count", "no": 5})
        event = self._as("secretary", self.meeting.vote_event_ids)
        for forged in ({"result": "adopted"}, {"is_quorate": True}, {"present": 99}):
            with self.subTest(forged), self.assertRaises(AccessError):
                event.write(forged)

    def test_what_a_vote_rejected_is_not_adopted(self):
        self.meeting.minutes_all_present()
        row = self._row(
            responsible_id=[False, self.people["member"].id],
            due_on=[False, "2026-12-22"],
        )["row"]["id"]
        self.meeting.minutes_vote(self.item.id, row, {"mode": "count", "no": 5})
        self.meeting.item_ids.outcome = "noted"
        self.meeting.minutes_submit()
        self._as("approver", self.meeting).action_approve()
        self.assertFalse(self.env["reform.resolution"].browse(row).number)
