from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.agency_base.tests.seal_common import use_own_keys

from .common import MeetingCase


class ResolutionCase(MeetingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker = new_test_user(
            cls.env, "worker", name="The worker", groups="base.group_user"
        )

    def setUp(self):
        super().setUp()
        use_own_keys(self)

    def _adopted(self, **vals):
        meeting = self._held()
        meeting.resolution_ids.write(
            {"responsible_id": self.worker.partner_id.id} | vals
        )
        self._approve(meeting)
        self.env.invalidate_all()
        return meeting.resolution_ids

    def _communicated(self, **vals):
        resolution = self._adopted(**vals)
        self._as("secretary", resolution).action_communicate()
        return resolution

    def _evidence(self, resolution, user):
        return (
            self.env["ir.attachment"]
            .with_user(user)
            .sudo()
            .create(
                {
                    "name": "proof.pdf",
                    "raw": b"%PDF-1.4",
                    "res_model": "reform.resolution",
                    "res_id": resolution.id,
                }
            )
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 05:00:00")
class TestResolutionFollow(ResolutionCase):
    def test_work_from_communication_to_verification(self):
        resolution = self._communicated()
        mine = resolution.with_user(self.worker)
        mine.action_receive()
        mine.report("Half of it", 50)
        self.assertEqual((resolution.state, resolution.percent), ("in_progress", 50))
        with self.assertRaisesRegex(UserError, "no evidence"):
            mine.action_claim_done()
        proof = self._evidence(resolution, self.worker)
        mine.report("Proof", 90, proof.ids)
        mine.action_claim_done()
        with self.assertRaisesRegex(AccessError, "second person"):
            mine.action_verify()
        secretary = self._as("secretary", resolution)
        with self.assertRaisesRegex(UserError, "Open every piece"):
            secretary.action_verify()
        self.assertFalse(secretary._see(self.env.ref("base.main_partner").id))
        for _twice in range(2):
            self.assertEqual(secretary._see(proof.id), proof)
        secretary.action_verify()
        self.assertEqual(resolution.state, "verified")
        self.assertEqual(resolution.verified_by_id, self.users["secretary"])
        kinds = resolution.update_ids.sorted("id").mapped("kind")
        self.assertEqual(
            kinds,
            [
                "adopted", "communicated", "received", "progress", "progress",
                "claimed", "seen", "verified",
            ],
        )  # fmt: skip

    def test_stamps_cannot_be_forged(self):
        resolution = self._communicated()
        forged = {
            "state": "verified",
            "percent": 100,
            "claimed_by_id": self.worker.id,
            "verified_at": "2026-11-22 05:00:00",
            "due_on": "2030-01-01",
            "approved_by_id": self.worker.id,
        }
        for name, value in forged.items():
            for user in (self.users["secretary"], self.users["administrator"]):
                with self.subTest(name), self.assertRaises(UserError):
                    resolution.with_user(user).write({name: value})
        with self.assertRaises(AccessError):
            self.env["reform.resolution.update"].with_user(self.worker).create(
                {"resolution_id": resolution.id, "kind": "verified"}
            )

    def test_only_files_of_the_reporter_prove_something(self):
        resolution = self._communicated()
        theirs = self._evidence(resolution, self.users["secretary"])
        with self.assertRaises(AccessError):
            resolution.with_user(self.worker).report("Mine", 10, theirs.ids)

    def test_dialogs_carry_evidence_and_reasons(self):
        resolution = self._communicated()
        mine = resolution.with_user(self.worker)

        def reported(user):
            file = self._evidence(resolution, user)
            file.write({"res_model": "reform.resolution.report", "res_id": 0})
            dialog = self.env["reform.resolution.report"].with_user(self.worker)
            filled = {"resolution_id": resolution.id, "percent": 80, "note": "Proof"}
            dialog.create(
                filled | {"attachment_ids": [Command.set(file.ids)]}
            ).action_report()
            return file

        with self.assertRaises(AccessError):
            reported(self.users["secretary"])
        file = reported(self.worker)
        self.assertEqual(file.res_model, "reform.resolution")
        self.assertEqual(resolution.evidence_count, 1)
        reasons = self.env["reform.resolution.reason"]
        asked = {"resolution_id": resolution.id, "reason": "The supplier is late"}
        self.assertFalse(mine.extension_is_asked)
        reasons.with_user(self.worker).create(
            asked | {"what": "extend", "new_due_on": "2027-01-01"}
        ).action_confirm()
        self.assertTrue(mine.extension_is_asked)
        refusal = reasons.with_user(self.users["secretary"]).create(
            asked | {"what": "refuse"}
        )
        refusal.action_confirm()
        self.assertEqual(resolution.extension_ids.state, "refused")
        self.assertEqual(str(resolution.due_on), "2026-12-22")

    def test_who_is_not_concerned_does_nothing(self):
        resolution = self._communicated()
        member = self._as("member", resolution)
        for act in (
            lambda: member.report("x", 10),
            member.action_claim_done,
            member.action_communicate,
            lambda: member.revoke("x"),
            lambda: member.ask_extension("+30", "x"),
        ):
            with self.assertRaises(AccessError):
                act()
        with self.assertRaises(AccessError):
            resolution.with_user(self.outsider).report("x", 10)

    def test_manager_approves_in_part_or_returns(self):
        manager = self.users["approver"]
        self.body.resolution_approver_id = manager
        resolution = self._adopted(needs_approval=True)
        self.assertEqual(resolution.state, "awaiting_approval")
        with self.assertRaises(AccessError):
            self._as("secretary", resolution).approve()
        with self.assertRaisesRegex(UserError, "Say why"):
            resolution.with_user(manager).give_back(" ")
        resolution.with_user(manager).give_back("Too dear")
        self.assertEqual(resolution.return_reason, "Too dear")
        self._as("secretary", resolution).action_ask_approval()
        resolution.with_user(manager).approve("At once", "Do half of it")
        self.assertEqual(resolution.state, "communicated")
        self.assertEqual(resolution.approved_text, "Do half of it")
        self.assertEqual(resolution.text, "Do it")
        self.assertEqual(resolution.activity_ids.user_id, self.worker)

    def test_old_dates_are_kept(self):
        resolution = self._communicated()
        mine = resolution.with_user(self.worker)
        mine.ask_extension("+30", "The supplier is late")
        self.assertEqual(str(resolution.due_on), "2026-12-22")
        with self.assertRaises(AccessError):
            mine.decide_extension(True)
        with self.assertRaisesRegex(UserError, "Say why"):
            self._as("secretary", resolution).decide_extension(False)
        self._as("secretary", resolution).decide_extension(True)
        self.assertEqual(str(resolution.due_on), "2027-01-21")
        self.assertEqual(str(resolution.first_due_on), "2026-12-22")
        self.assertEqual(str(resolution.extension_ids.old_due_on), "2026-12-22")

    def test_who_asks_for_more_time_does_not_grant_it(self):
        resolution = self._communicated()
        asking = self._as("secretary", resolution)
        asking.ask_extension("+30", "The supplier is late")
        self.assertTrue(asking.extension_is_asked)
        self.assertFalse(asking.user_grants)
        for granted in (True, False):
            with self.assertRaisesRegex(AccessError, "second person"):
                asking.decide_extension(granted, "I think so")
        chair = self._as("chair", resolution)
        self.assertTrue(chair.user_grants)
        chair.decide_extension(True)
        self.assertEqual(str(resolution.due_on), "2027-01-21")
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            resolution.extension_ids.sudo().decided_by_id = self.users["secretary"]
            self.env.flush_all()

    def test_receipt_of_one_without_an_account_is_kept_for_him(self):
        resolution = self._communicated()
        with self.assertRaises(AccessError):
            self._as("secretary", resolution).action_receive()
        guest = self.env["res.partner"].create({"name": "No account"})
        other = self._communicated(responsible_id=guest.id)
        self._as("secretary", other).action_receive()
        self.assertEqual(other.received_by_id, self.users["secretary"])

    def test_the_excerpt_is_one_page_of_what_was_sealed(self):
        resolution = self._communicated()
        resolution.responsible_id.email = "worker@example.com"
        job = self.env["agency.job"].search(
            [("key", "=", f"reform-excerpt-{resolution.id}")]
        )
        self.assertEqual(len(job), 1)
        self.assertFalse(resolution.excerpt_id)
        content = resolution.sudo()._excerpt_content()
        self.assertEqual(content["text"], resolution.text)
        self.assertTrue(content["verify_url"])
        with patch.object(
            type(self.env["ir.actions.report"]),
            "_render_qweb_pdf",
            lambda *_args, **_kwargs: (b"%PDF-1.4", "pdf"),
        ):
            resolution.sudo()._make_excerpt()
        resolution.sudo()._mail_excerpt()
        mail = self.env["mail.mail"].search([("email_to", "=", "worker@example.com")])
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(mail.attachment_ids, resolution.excerpt_id)
        with self.assertRaises(AccessError):
            self._as("administrator", resolution).write({"excerpt_id": False})

    def test_the_panel_shows_what_happened(self):
        resolution = self._communicated()
        mine = resolution.with_user(self.worker)
        proof = self._evidence(resolution, self.worker)
        mine.report("Proof", 90, proof.ids)
        mine.ask_extension("+30", "Late")
        self._as("chair", resolution).decide_extension(True)
        panel = mine.panel()
        self.assertTrue(panel["may_report"])
        self.assertEqual([file["seen"] for file in panel["evidence"]], [False])
        self.assertEqual(len(panel["dates"]), 2)
        self._as("chair", resolution)._see(proof.id)
        [file] = self._as("chair", resolution).panel()["evidence"]
        self.assertTrue(file["seen"] and file["seen_by"])
        self.assertFalse(self._as("member", resolution).panel()["may_report"])
        with self.assertRaises(AccessError):
            resolution.with_user(self.outsider).panel()

    def test_reminders_come_once_and_delays_reach_the_chair(self):
        resolution = self._communicated()
        self.startPatcher(patch.object(type(self.env["ir.cron"]), "_commit_progress"))
        cron = self.env["reform.resolution"]
        with freeze_time("2026-12-18 05:00:00"):
            cron._cron_remind()
            cron._cron_remind()
        kinds = resolution.update_ids.mapped("kind")
        self.assertEqual(kinds.count("reminder"), 1)
        with freeze_time("2027-01-05 05:00:00"):
            cron._cron_remind()
            cron._cron_remind()
        self.assertEqual(resolution.update_ids.mapped("kind").count("escalation"), 1)
        self.assertIn(self.users["chair"], resolution.activity_ids.user_id)

    def test_recommendation_goes_up_and_its_answer_comes_down(self):
        meeting = self._held()
        meeting.resolution_ids.kind = "referral_up"
        council = self.env["reform.meeting"].create(
            {"committee_id": self.council.id, "start_at": "2026-12-01 06:00:00"}
        )
        self._approve(meeting)
        resolution = meeting.resolution_ids
        item = council.item_ids.filtered("resolution_id")
        self.assertEqual(item.resolution_id, resolution)
        council.action_start()
        council.attendance_ids.write({"status": "present"})
        council.item_ids.outcome = "noted"
        item.write({"outcome": "approved", "notes": "Money was found"})
        council.presided_by_id = self.people["chair"]
        council._set_stamps({"state": "minutes_review", "quorum_rule": "none"})
        council.action_approve()
        self.assertIn("Money was found", resolution.answer)

    def test_replaced_and_revoked_with_a_reason(self):
        first, second = self._communicated(), self._communicated()
        secretary = self._as("secretary", first)
        with self.assertRaisesRegex(UserError, "Say why"):
            secretary.supersede(second.id, "")
        secretary.supersede(second.id, "Said twice")
        self.assertEqual(first.superseded_by_id, second)
        with self.assertRaises(AccessError):
            self._as("secretary", second).revoke("No money")
        self._as("approver", second).revoke("No money")
        self.assertEqual(second.state, "revoked")

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
        for user in (self.users["approver"], self.users["chair"], self.worker):
            desk = self.env["reform.desk"].with_user(user)
            for entry in desk.desk_open()["entries"]:
                self.assertTrue(desk.desk_detail(entry["kind"], entry["id"]))

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
        resolution = self._communicated()
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
        mine = self._as("secretary", self.env["reform.board"]).board_open(whose="mine")
        self.assertEqual([each["id"] for each in mine["cards"]], self.body.ids)
        with self.assertRaises(AccessError):
            self.env["reform.board"].with_user(self.outsider).board_open()
        later = fields.Date.to_date(resolution.due_on) + timedelta(days=3)
        with freeze_time(f"{later} 05:00:00"):
            board = self._as("chair", self.env["reform.board"]).board_open()
        self.assertEqual(board["overdue"][0]["days"], 3)


@tagged("post_install", "-at_install")
class TestRegisterIsIndexed(MeetingCase):
    def test_fifty_thousand_resolutions_are_read_from_indexes(self):
        meeting = self._meeting()
        item = self.env["reform.agenda.item"].create(
            {"meeting_id": meeting.id, "name": "Register"}
        )
        self.env.flush_all()
        self.env.cr.execute(
            """
            INSERT INTO reform_resolution
                        (item_id, meeting_id, committee_id, company_id, meeting_date,
                        sequence, state, text, kind, number, due_on, percent,
                        claimed_at)
                 SELECT %s, %s, %s, %s, date '2020-03-20' + n %% 2400, n,
                        CASE WHEN n %% 25 = 0 THEN 'in_progress' ELSE 'verified' END,
                        'Resolution ' || n, 'recommendation', 'CX/' || n,
                        date '2020-04-20' + n %% 2400, 0,
                        now()
                   FROM generate_series(1, 50000) AS n
            """,
            (item.id, meeting.id, self.body.id, self.company.id),
        )
        self.env.cr.execute("ANALYZE reform_resolution")
        self.env.invalidate_all()
        resolutions = self.env["reform.resolution"]
        cases = [
            (
                "the register's first page",
                [],
                resolutions._order,
                "reform_resolution_register_idx",
            ),
            (
                "what is open and overdue",
                [("committee_id", "=", self.body.id), ("is_overdue", "=", True)],
                "due_on, id",
                "reform_resolution_open_idx",
            ),
            (
                "what a quarter's report and the board count",
                [
                    ("committee_id", "=", self.body.id),
                    ("meeting_date", ">=", "2026-03-21"),
                    ("meeting_date", "<=", "2026-06-21"),
                    ("state", "=", "verified"),
                ],
                "meeting_date, id",
                "reform_resolution_quarter_idx",
            ),
            (
                "what waits for somebody's word",
                [
                    ("committee_id", "in", self.body.ids),
                    ("state", "=", "awaiting_approval"),
                ],
                "due_on, id",
                "reform_resolution_",
            ),
        ]
        for case, domain, order, index in cases:
            query = resolutions._search(domain, order=order, limit=80)
            rows = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
            plan = "\n".join(row[0] for row in rows)
            with self.subTest(case):
                self.assertIn(index, plan)
                self.assertNotIn("Seq Scan on reform_resolution", plan)
