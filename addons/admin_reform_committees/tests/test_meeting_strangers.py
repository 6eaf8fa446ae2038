from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .meeting_rpc_common import MeetingRpcCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 05:00:00")
class TestMeetingStrangers(MeetingRpcCase):
    """Who does not keep a meeting changes nothing of it, by whatever call."""

    def test_strangers_do_nothing_to_a_meeting(self):
        row = self._resolution()
        seat = self.meeting.attendance_ids[0]
        before = self._snapshot()
        strangers = (
            self.other_secretary,
            self.outsider,
            self.users["observer"],
            self._other_company_user("reform_office"),
        )
        changes = {"text": ["Do it", "Do nothing"]}
        acts = (
            lambda mine: mine.minutes_open(),
            lambda mine: mine.minutes_poll(""),
            lambda mine: mine.minutes_checks(),
            lambda mine: mine.minutes_due("+3"),
            lambda mine: mine.minutes_find_people("The"),
            lambda mine: mine.minutes_add_item("Forged"),
            lambda mine: mine.minutes_save_item(self.item.id, {"notes": ["", "x"]}),
            lambda mine: mine.minutes_append_note(self.item.id, "x"),
            lambda mine: mine.minutes_save_row(self.item.id, row.id, changes),
            lambda mine: mine.minutes_drop_row(row.id),
            lambda mine: mine.minutes_vote(self.item.id, row.id, {"mode": "count"}),
            lambda mine: mine.minutes_outcome(self.item.id, "withdrawn"),
            lambda mine: mine.minutes_follow(self.item.id, row.id, "x"),
            lambda mine: mine.minutes_attend([{"id": seat.id, "status": "absent"}]),
            lambda mine: mine.minutes_all_present(),
            lambda mine: mine.minutes_substitute(seat.id, "Somebody"),
            lambda mine: mine.minutes_ask("leave"),
            lambda mine: mine.minutes_comment("x"),
            lambda mine: mine.minutes_sign("x"),
            lambda mine: mine.minutes_approve(),
            lambda mine: mine.minutes_give_back("x"),
            lambda mine: mine.minutes_amend("x"),
            lambda mine: mine.action_hold(),
            lambda mine: mine.minutes_submit(),
            lambda mine: mine.answer_invitation("accepted"),
            lambda mine: mine.action_invite(),
            lambda mine: mine.write({"state": "held"}),
            lambda mine: mine.write({"place": "Elsewhere"}),
            lambda mine: mine.unlink(),
            lambda mine: mine.copy(),
            lambda mine: row.with_env(mine.env).report("x", 10),
            lambda mine: row.with_env(mine.env).action_communicate(),
            lambda mine: row.with_env(mine.env).revoke("x"),
            lambda mine: seat.with_env(mine.env).action_leave(),
        )
        for user in strangers:
            for place, act in enumerate(acts):
                with (
                    self.subTest(user.login, act=place),
                    self.assertRaises(AccessError),
                ):
                    act(self.meeting.with_user(user))
        self.assertEqual(self._snapshot(), before)

    def test_who_is_invited_reads_and_changes_nothing(self):
        row, expert = self._resolution(), self.outsider
        expert.group_ids |= self.env.ref("admin_reform_committees.group_member")
        self._of("reform.attendance").create(
            {"meeting_id": self.meeting.id, "partner_id": expert.partner_id.id}
        )
        before = self._snapshot()
        acts = (
            lambda mine: mine.minutes_add_item("Forged"),
            lambda mine: mine.minutes_append_note(self.item.id, "x"),
            lambda mine: mine.minutes_drop_row(row.id),
            lambda mine: mine.minutes_all_present(),
            lambda mine: mine.action_hold(),
            lambda mine: mine.minutes_vote(self.item.id, row.id, {"mode": "consensus"}),
            lambda mine: mine.write({"place": "Elsewhere"}),
            lambda mine: mine.attendance_ids.write({"status": "absent"}),
            lambda mine: mine.item_ids.write({"notes": "x"}),
            lambda mine: mine.resolution_ids.write({"text": "x"}),
            lambda mine: mine.event_ids.write({"note": "x"}),
        )
        for user in (expert, self.users["member"]):
            mine = self.meeting.with_user(user)
            self.assertFalse(mine.minutes_open()["meeting"]["may_write"])
            for place, act in enumerate(acts):
                with (
                    self.subTest(user.login, act=place),
                    self.assertRaises(UserError),
                ):
                    act(mine)
        self.assertEqual(self._snapshot(), before)

    def _snapshot(self):
        """Return what strangers must not change."""
        self.env.invalidate_all()
        meeting = self.meeting
        return [
            meeting.read(["state", "place", "reason"]),
            meeting.attendance_ids.read(["status", "arrived_at", "left_at"]),
            meeting.item_ids.read(["name", "notes", "outcome"]),
            meeting.resolution_ids.read(["text", "state"]),
            meeting.vote_event_ids.ids,
        ]
