import re
import uuid
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import file_open

from .common_field import TODAY
from .common_sync import DEVICE, SyncCase


@tagged("post_install", "-at_install")
class TestFieldSync(SyncCase):
    def test_the_page_takes_along_what_the_visit_needs(self):
        package = self.env["audit.field"].with_user(self.inspector)._take_along()
        [visit] = package["visits"]
        self.assertEqual(visit["assessment"], self.instance)
        self.assertEqual(visit["unit"]["phone"], "02133334444")
        self.assertEqual(len(package["versions"][self.version.id]["sections"]), 2)
        self.assertFalse(visit["is_lead"])
        nothing = self.env["audit.field"].with_user(self.outsider)._take_along()
        self.assertFalse(nothing["visits"])
        with self.assertRaises(AccessError):
            self.env["audit.field"].with_user(self.users["observer"])._take_along()

    def test_who_is_absent_takes_nothing_along_and_the_officer_is_told(self):
        field = self.env["audit.field"].with_user(self.inspector)
        self.assertEqual(len(field._take_along()["visits"]), 1)
        absence = (
            self.env["audit.absence"]
            .with_user(self.inspector)
            .create({"date_from": TODAY, "date_to": TODAY, "reason": "Ill"})
        )
        self.assertFalse(field._take_along()["visits"])
        colleague = self.env["audit.field"].with_user(self.lead)
        self.assertEqual(len(colleague._take_along()["visits"]), 1)
        told = self.visit.message_ids.filtered(
            lambda message: self.inspector.name in message.body
        )
        self.assertEqual(told.partner_ids, self.programme.user_id.partner_id)
        absence.unlink()
        self._begin()
        # What he has begun is his, whatever is said of the day afterwards.
        absence.create({"date_from": TODAY, "date_to": TODAY})
        self.assertEqual(len(field._take_along()["visits"]), 1)

    def test_an_answer_is_applied_once_however_often_it_is_sent(self):
        self._begin()
        self.assertEqual(self.visit.state, "in_progress")
        self.assertTrue(self.visit.has_start_place)
        op = self._answer("A1", "yes")
        self.assertEqual(self._status(op, self._sync(op)), ("applied", ""))
        again = self._sync(op, op)
        self.assertEqual(again["verdicts"][op["uuid"]]["status"], "already")
        answer = self.assessment.answer_ids
        self.assertEqual((answer.item_code, answer.option_id.code), ("A1", "yes"))
        self.assertEqual((answer.revision, answer.ratio), (1, 1))
        self.assertEqual(
            self.env["audit.answer.op"].search_count([("uuid", "=", op["uuid"])]), 1
        )

    def test_what_is_refused_says_why_in_words(self):
        self._begin()
        op, early = self._answer("Z9", "yes"), self._op("submit", payload={"ops": 2})
        self._sync(op, early)
        rows = self.env["audit.answer.op"].search([("uuid", "=", op["uuid"])])
        self.assertEqual(rows.reason, "unknown_item")
        reasons = self.env["audit.answer.op"]._reasons()
        self.assertEqual(rows.reason_text, reasons["unknown_item"])
        rows = self.env["audit.answer.op"].search([("uuid", "=", early["uuid"])])
        self.assertEqual(rows.reason, "incomplete A1 A2 B1")
        named = rows.with_context(lang="fa_IR").reason_text
        self.assertTrue(named.endswith("الف۱، الف۲، ب۱"), named)

    def test_every_reason_of_a_refusal_has_its_words(self):
        reasons = self.env["audit.answer.op"]._reasons()
        said = set()
        for name in ("answers", "base", "course", "photos", "submission"):
            with file_open(f"audit_checklist/field/{name}.py") as source:
                said |= set(re.findall(r'Refused\("(\w+)', source.read()))
        self.assertIn("too_large", said)
        self.assertFalse(said - reasons.keys())

    def test_the_score_follows_the_answers(self):
        self._fill("yes", "no", "part")
        assessment = self.assessment
        # A: 1 of 2 = 50 %, weight 60; B: half, weight 40.
        self.assertAlmostEqual(assessment.score, 50)
        self.assertFalse(assessment.is_provisional)
        self.assertEqual(assessment.answered_count, 3)
        scores = {
            row.section_id.code: row.score for row in assessment.section_score_ids
        }
        self.assertEqual(scores, {"A": 50, "B": 50})
        failed = assessment.answer_ids.filtered("is_failed")
        self.assertEqual(failed.item_code, "A2")

    def test_two_inspectors_who_see_it_differently_are_a_conflict_for_the_lead(self):
        self._begin()
        mine, theirs = (
            self._answer("A1", "yes"),
            self._answer("A1", "no", self.inspector),
        )
        self._sync(mine)
        reply = self._sync(theirs, user=self.inspector, device="device-0002")
        self.assertEqual(self._status(theirs, reply), ("conflict", "other_answer"))
        answer = self.assessment.answer_ids
        self.assertEqual(answer.option_id.code, "yes", "the first one stands for now")
        self.assertTrue(answer.has_conflict)
        self.assertEqual(self.assessment.conflict_count, 1)
        package = self.env["audit.field"].with_user(self.lead)._take_along()
        [conflict] = package["visits"][0]["conflicts"]
        self.assertEqual(conflict["sides"][1]["op"], theirs["uuid"])
        choice = {"value": theirs["payload"], "why": "Looked again"}
        refused = self._op("resolve", self.inspector, item="A1", payload=choice)
        reply = self._sync(refused, user=self.inspector)
        self.assertEqual(self._status(refused, reply), ("refused", "not_lead"))
        settled = self._op("resolve", item="A1", payload=choice)
        self.assertEqual(self._status(settled, self._sync(settled)), ("applied", ""))
        self.assertEqual(answer.option_id.code, "no")
        self.assertFalse(answer.has_conflict)
        self.assertFalse(self.assessment.conflict_count)
        self.assertEqual(len(self.assessment.op_ids), 5, "both are in the journal")

    def test_the_same_answer_of_both_is_no_conflict(self):
        self._begin()
        self._sync(self._answer("A1", "yes"))
        op = self._answer("A1", "yes", self.inspector)
        reply = self._sync(op, user=self.inspector)
        self.assertEqual(self._status(op, reply), ("applied", ""))
        # Who has seen the other's answer may change it.
        op = self._answer("A1", "no", base=2)
        self.assertEqual(self._status(op, self._sync(op)), ("applied", ""))

    def test_what_cannot_be_applied_is_refused_kept_and_blocks_nothing(self):
        early = self._answer("A1", "yes")
        self.assertEqual(
            self._status(early, self._sync(early)), ("refused", "not_started")
        )
        self._begin()
        cases = {
            "unknown_item": self._answer("Z9", "yes"),
            "bad_value": self._answer("A1", "perhaps"),
            "unknown_visit": self._answer("A1", "yes", assessment=str(uuid.uuid4())),
            "unknown_photo": self._op(
                "photo_removed", item="A1", payload={"photo": str(uuid.uuid4())}
            ),
            "too_large": self._op(
                "photo",
                item="A1",
                payload={"photo": str(uuid.uuid4()), "size": 30_000_000, "sha256": ""},
            ),
            "no_conflict": self._op("resolve", item="A1", payload={"value": {}}),
            "not_submitted": self._op("confirm"),
        }
        good = self._answer("A2", "yes")
        reply = self._sync(*cases.values(), good)
        for reason, op in cases.items():
            with self.subTest(reason):
                self.assertEqual(self._status(op, reply), ("refused", reason))
        self.assertEqual(self._status(good, reply), ("applied", ""))
        journal = self.env["audit.answer.op"].search([]).mapped("uuid")
        self.assertLessEqual({op["uuid"] for op in cases.values()}, set(journal))

    def test_a_stranger_learns_nothing_and_changes_nothing(self):
        self._begin()
        op = self._answer("A1", "yes", self.outsider)
        reply = self._sync(op, user=self.outsider, known={self.instance: -1})
        self.assertEqual(self._status(op, reply), ("refused", "unknown_visit"))
        self.assertFalse(reply["news"])
        self.assertFalse(self.assessment.answer_ids)

    def test_operations_are_never_entered_under_another_name(self):
        self._begin()
        op = self._answer("A1", "yes", self.lead)
        reply = self._sync(op, user=self.inspector)
        self.assertEqual(self._status(op, reply)[0], "other_user")
        self.assertNotIn(op["uuid"], self.assessment.op_ids.mapped("uuid"))
        self.assertEqual(self._status(op, self._sync(op)), ("applied", ""))

    def test_garbage_is_not_acknowledged(self):
        self._begin()
        for broken in (
            self._answer("A1", "yes", uuid="no-uuid"),
            self._op("drop"),
            self._answer("A1", "yes", at="yesterday"),
            self._answer("A1", "yes", seq=2**40),
            self._op("answer", item="A1", payload=["x"]),
        ):
            reply = self._sync(broken)
            self.assertEqual(self._status(broken, reply)[0], "malformed")

    def test_a_recused_inspector_can_no_longer_answer(self):
        self._begin()
        self.env["audit.recusal"].create(
            {
                "user_id": self.inspector.id,
                "unit_id": self.agency.id,
                "reason": "Learned today",
                "date_from": TODAY,
            }
        )
        op = self._answer("A1", "yes", self.inspector)
        reply = self._sync(op, user=self.inspector)
        self.assertEqual(self._status(op, reply), ("refused", "unknown_visit"))
        package = self.env["audit.field"].with_user(self.inspector)._take_along()
        self.assertFalse(package["visits"])

    def test_a_wrong_clock_is_noticed_and_set_right(self):
        self._begin()
        op = self._answer("A1", "yes")
        now = fields.Datetime.now()
        ahead = now + timedelta(days=1)
        op["at"] = f"{ahead.isoformat()}Z"
        field = self.env["audit.field"].with_user(self.lead)
        reply = field._sync(DEVICE, f"{ahead.isoformat()}Z", [op], {})
        self.assertEqual(reply["skew"], 86400)
        self.assertEqual(self.assessment.answer_ids.answered_at, now)
        entry = self.assessment.op_ids.filtered(lambda o: o.uuid == op["uuid"])
        self.assertEqual((entry.device_at, entry.clock_skew), (ahead, 86400))

    def test_a_batch_of_forty_costs_few_queries(self):
        self._begin()
        self._sync(self._answer("A1", "yes"))
        ops = [
            self._answer(("A1", "A2", "B1")[n % 3], ("yes", "no", "part")[n % 2])
            for n in range(40)
        ]
        self.env.flush_all()
        self.env.invalidate_all()
        known = {self.instance: self.assessment.revision}
        before = self.env.cr.sql_log_count
        reply = self._sync(*ops, known=known)
        self.env.flush_all()
        count = self.env.cr.sql_log_count - before
        self.assertLessEqual(count, 25)
        self.assertEqual(self.assessment.op_count, 42)
        # What the phone has already is not sent again.
        news = reply["news"][self.instance]
        self.assertEqual(news["revision"], self.assessment.revision)
        self.assertNotIn("unit", news)

    def test_who_missed_the_work_of_another_gets_the_whole_visit(self):
        self._begin()
        known = {self.instance: self.assessment.revision}
        self._sync(self._answer("A1", "yes", self.inspector), user=self.inspector)
        reply = self._sync(self._answer("A2", "no"), known=known)
        news = reply["news"][self.instance]
        self.assertEqual(news["unit"]["name"], self.agency.name)
        self.assertEqual(set(news["answers"]), {"A1", "A2"})
