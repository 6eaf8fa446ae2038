import base64
import json

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_field import TODAY
from .common_sync import DEVICE, SyncCase


@tagged("post_install", "-at_install")
class TestPhaseEnd(SyncCase):
    """A phase ends without losing what a phone has not sent yet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.phase = cls.phase.with_user(cls.officer)

    def _end(self, **vals):
        self.phase.action_closing()
        self.phase.write({"state": "closed", "course_reason": "The phone is lost"})

    def test_visits_no_phone_has_reported_are_named_before_the_end(self):
        self.phase.action_closing()
        with self.assertRaisesRegex(UserError, f"yet, 1 in all: {self.agency.name}"):
            self.phase.action_close()
        self.phase.course_reason = "The phone is lost"
        self.phase.action_close()
        self.assertEqual(self.phase.state, "closed")
        self.assertFalse(self.phase.course_reason, "it moved to the log")
        self.assertIn("The phone is lost", self.phase.message_ids.mapped("preview"))

    def test_without_such_visits_it_ends_at_once(self):
        self.visit.with_user(self.officer).action_unplan()
        self.phase.action_closing()
        self.phase.action_close()
        self.assertEqual(self.phase.state, "closed")

    def test_what_a_phone_brings_while_it_closes_is_taken(self):
        self.phase.action_closing()
        extra = self._op(
            "extra",
            assessment="0b5be1f4-6d7e-4f6d-8d6a-0d7c4c7f0a11",
            payload={"beside": self.instance, "name": "Kiosk", "reason": "Not listed"},
        )
        self.assertEqual(self._status(extra, self._sync(extra)), ("applied", ""))
        self._fill("yes", "yes", "yes")
        self.assertEqual(self._submit(), ("applied", ""))

    def test_while_it_closes_nothing_more_is_planned(self):
        later = self._create_visit(self.unit)
        schedule = self.env["audit.schedule"].create({"phase_id": self.phase.id})
        self.phase.action_closing()
        with self.assertRaisesRegex(UserError, "is not open"):
            later.with_user(self.officer).action_plan()
        with self.assertRaisesRegex(UserError, "Open .* first"):
            schedule.with_user(self.officer).action_apply()

    def test_after_the_end_the_phone_keeps_what_it_holds(self):
        self._end()
        ops = [self._op("start"), self._answer("A1", "yes")]
        reply = self._sync(*ops)
        for op in ops:
            self.assertEqual(reply["verdicts"][op["uuid"]], {"status": "phase_closed"})
        journal = self.env["audit.answer.op"].search(
            [("uuid", "in", [op["uuid"] for op in ops])]
        )
        self.assertFalse(journal, "it would be refused for good")
        self.assertEqual(reply["arrived"][self.instance]["count"], 0)
        told = self._op("feedback", payload={"text": "I still have a visit"})
        self.assertEqual(self._status(told, self._sync(told)), ("applied", ""))

    def test_a_phase_opened_again_takes_it_from_the_phone_and_from_a_file(self):
        self._end()
        ops = [self._op("start"), self._answer("A1", "yes"), self._answer("A2", "no")]
        content = {
            "format": "audit-field-1",
            "user": self.lead.id,
            "device": DEVICE,
            "saved_at": "2026-06-27T05:00:00Z",
            "ops": ops,
            "attention": [],
            "photos": [],
        }
        rescue = (
            self.env["audit.field.rescue"]
            .with_user(self.officer)
            .create({"file": base64.b64encode(json.dumps(content).encode())})
        )
        rescue.action_import()
        self.assertEqual(rescue.line_ids.status, "left_out")
        self.assertEqual(rescue.line_ids.reason, "The phase was closed.")
        with self.assertRaisesRegex(UserError, "Write the reason first"):
            self.phase.action_reopen()
        self.phase.write({"course_reason": "The phone was found"})
        self.phase.action_reopen()
        self.assertEqual(self._status(ops[0], self._sync(ops[0])), ("applied", ""))
        rescue.action_import()
        self.assertEqual(
            {line.status: line.count for line in rescue.line_ids},
            {"already": 1, "applied": 2},
        )
        self.assertEqual(self.visit.planned_on, TODAY)
        self.assertEqual(self.visit.state, "in_progress")

    def test_the_way_back_ends_with_the_programme(self):
        self._end()
        self.programme.action_close()
        with self.assertRaisesRegex(UserError, "not running"):
            self.phase.write({"state": "closing", "course_reason": "Found"})
