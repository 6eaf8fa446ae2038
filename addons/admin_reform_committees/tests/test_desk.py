from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .resolution_common import ResolutionCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 05:00:00")
class TestDesk(ResolutionCase):
    def test_my_desk_shows_what_is_mine(self):
        self.body.resolution_approver_id = self.users["approver"]
        waiting = self._adopted(needs_approval=True)
        work = self._communicated(needs_approval=False)
        submitted = self._held()
        self._as("secretary", submitted).action_submit_minutes()
        self.env.invalidate_all()

        def kinds(user):
            desk = self.env["reform.desk"].with_user(user).desk_open()
            return {(entry["kind"], entry["id"]) for entry in desk["entries"]}

        approver = kinds(self.users["approver"])
        self.assertIn(("approve", waiting.id), approver)
        self.assertIn(("minutes", submitted.id), approver)
        member = {kind for kind, _id in kinds(self.users["member"])}
        self.assertEqual(member, {"sign", "comment"})
        # of no body, and in no group: the desk is for whoever has something to do
        self.assertEqual(kinds(self.worker), {("work", work.id)})
        work.with_user(self.worker).ask_extension("+30", "Late")
        self.assertIn(("extend", work.id), kinds(self.users["chair"]))
        work.with_user(self.worker).report(
            "x", 100, self._evidence(work, self.worker).ids
        )
        work.with_user(self.worker).action_claim_done()
        self.assertIn(("verify", work.id), kinds(self.users["chair"]))
        # The office keeps no body, and verifies for all.
        office = kinds(self.users["reform_office"])
        self.assertLessEqual({("verify", work.id), ("extend", work.id)}, office)
        for user in (self.users["approver"], self.users["chair"], self.worker):
            desk = self.env["reform.desk"].with_user(user)
            for entry in desk.desk_open()["entries"]:
                self.assertTrue(desk.desk_detail(entry["kind"], entry["id"]))

    def test_an_empty_desk_says_what_to_begin_with(self):
        def begun(role):
            desk = self._as(role, self.env["reform.desk"]).desk_open()
            return {step["id"]: step["text"] for step in desk["begin"]}

        self.assertIn("no meeting ahead", begun("secretary")[self.body.id])
        self.assertEqual(begun("member"), {}, "for those who may")
        self._meeting("2027-05-30 06:00:00")
        self.assertEqual(begun("secretary"), {})
        self.seats["chair"].ends_on = "2021-03-20"
        self.assertIn(self.body.name, begun("reform_office")[False])

    def test_who_runs_bodies_finds_their_business_in_one_list(self):
        held = self._held()
        draft = self._meeting("2026-11-30 06:00:00")
        far = self._meeting("2027-05-30 06:00:00")
        adopted = self._adopted()
        proposal = self.env["reform.agenda.proposal"].create(
            {"name": "A better form", "committee_id": self.body.id}
        )
        proposal.action_submit()
        above = self.env["reform.meeting"].create(
            {"committee_id": self.council.id, "start_at": "2026-11-20 06:00:00"}
        )
        item = self.env["reform.agenda.item"].create(
            {"meeting_id": above.id, "name": "Referred down"}
        )
        referral = self.env["reform.referral"].create(
            {"item_id": item.id, "committee_id": self.body.id, "due_on": "2026-12-01"}
        )
        above._set_stamps({"state": "approved", "number": "C90/1405/01"})
        self.env.invalidate_all()
        desk = self._as("secretary", self.env["reform.desk"])
        found = {(each["kind"], each["id"]) for each in desk.desk_open()["entries"]}
        expected = {
            ("meeting", held.id),
            ("meeting", draft.id),
            ("communicate", adopted.id),
            ("screen", proposal.id),
            ("referral", referral.id),
        }
        self.assertLessEqual(expected, found)
        self.assertNotIn(("meeting", far.id), found)
        for kind, record_id in expected:
            self.assertTrue(desk.desk_detail(kind, record_id)["text"])
        # nobody else has them on his desk, or opens them by asking
        for user in (self.users["member"], self.outsider, self.other_secretary):
            other = self.env["reform.desk"].with_user(user)
            entries = other.desk_open()["entries"]
            kinds = {each["kind"] for each in entries}
            self.assertFalse(kinds & {"meeting", "communicate", "screen", "referral"})
            with self.assertRaises(AccessError):
                other.desk_detail("screen", proposal.id)

    def test_desk_and_board_ask_the_same_whatever_there_is_to_do(self):
        """The number of queries does not grow with the entries."""
        self.body.resolution_approver_id = self.users["approver"]
        counts = []
        for _turn in range(3):
            self._adopted(needs_approval=True)
            claimed = self._communicated(needs_approval=False)
            mine = claimed.with_user(self.worker)
            mine.report("x", 90, self._evidence(claimed, self.worker).ids)
            mine.action_claim_done()
            self.env.flush_all()
            for user in ("approver", "secretary"):
                for model, method in (
                    ("reform.desk", "desk_open"),
                    ("reform.board", "board_open"),
                ):
                    self.env.invalidate_all()
                    before = self.env.cr.sql_log_count
                    getattr(self._as(user, self.env[model]), method)()
                    counts.append(self.env.cr.sql_log_count - before)
        size = len(counts) // 3
        self.assertEqual(counts[size : 2 * size], counts[2 * size :])
        self.assertLessEqual(max(counts[size:]), 60)

    def test_board_counts_what_is_there(self):
        self._communicated()
        board = self._as("chair", self.env["reform.board"]).board_open()
        [card] = [card for card in board["cards"] if card["id"] == self.body.id]
        self.assertEqual((card["held"], card["total"], card["late"]), (1, 1, 0))
        states = [quarter["state"] for quarter in card["quarters"]]
        self.assertEqual(states, ["missing", "missing", "running", "ahead"])
        self.assertEqual(card["share"], None)
        self.assertFalse(
            self._as("chair", self.env["reform.board"]).board_open(1390)["cards"][0][
                "held"
            ]
        )
        # Of a report that is still written the approver learns that it is, no more.
        self.env["reform.quarter.report"].create(
            {"committee_id": self.body.id, "jalali_year": 1405, "quarter": "2"}
        )
        board = self._as("approver", self.env["reform.board"]).board_open()
        [card] = [card for card in board["cards"] if card["id"] == self.body.id]
        self.assertEqual(
            [(each["state"], each["id"]) for each in card["quarters"][:2]],
            [("missing", False), ("draft", False)],
        )
        mine = self._as("secretary", self.env["reform.board"]).board_open(whose="mine")
        self.assertEqual([each["id"] for each in mine["cards"]], self.body.ids)
        with self.assertRaises(AccessError):
            self.env["reform.board"].with_user(self.outsider).board_open()

    def test_an_empty_desk_names_the_next_meeting(self):
        desk = self._as("member", self.env["reform.desk"])
        self.assertEqual(desk.desk_open()["next"], "")
        self._meeting("2026-12-06 06:00:00").action_convene()
        self.assertIn(self.body.name, desk.desk_open()["next"])
        outside = self.env["reform.desk"].with_user(self.outsider).desk_open()
        self.assertEqual((outside["entries"], outside["next"]), ([], ""))

    def test_the_desk_points_to_first_steps_while_there_is_no_body(self):
        desk = self.env["reform.desk"]
        user = self._other_company_user("administrator")
        self.assertTrue(desk.with_user(user).desk_open()["founds"])
        self.assertFalse(self._as("administrator", desk).desk_open()["founds"])
        officer = self._user("foreign_office", "reform_office")
        officer.write(
            {
                "company_ids": [Command.set(user.company_ids.ids)],
                "company_id": user.company_id.id,
            }
        )
        self.assertFalse(desk.with_user(officer).desk_open()["founds"])

    def test_the_board_tells_how_late_a_resolution_is(self):
        resolution = self._communicated()
        later = fields.Date.to_date(resolution.due_on) + timedelta(days=3)
        with freeze_time(f"{later} 05:00:00"):
            board = self._as("chair", self.env["reform.board"]).board_open()
        [late] = board["overdue"]
        self.assertEqual((late["days"], late["asks"]), (3, False))

    def test_the_board_says_which_overdue_resolutions_wait_for_its_reader(self):
        resolution = self._communicated()
        mine = resolution.with_user(self.worker)
        mine.report("Done", 100, self._evidence(resolution, self.worker).ids)
        mine.action_claim_done()
        later = fields.Date.to_date(resolution.due_on) + timedelta(days=3)
        board = self.env["reform.board"]
        with freeze_time(f"{later} 05:00:00"):
            asks = {
                role: [
                    each["asks"]
                    for each in self._as(role, board).board_open()["overdue"]
                ]
                for role in ("secretary", "member")
            }
        self.assertEqual(asks, {"secretary": [True], "member": [False]})
