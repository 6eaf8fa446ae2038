from datetime import timedelta

from odoo.tests import tagged

from ..tools.field_ops import fingerprint
from .common_sync import DEVICE, SyncCase


@tagged("post_install", "-at_install")
class TestFieldManifest(SyncCase):
    """What phone and server say to each other about what is on both sides."""

    def _whole_visit(self):
        return [
            self._op("start"),
            self._answer("A1", "yes"),
            self._answer("A2", "no"),
            self._answer("B1", "yes"),
            self._host(),
        ]

    def _manifest(self, ops):
        return {"ops": len(ops), "print": fingerprint(op["uuid"] for op in ops)}

    def test_the_reply_tells_what_has_arrived_of_this_device(self):
        ops = self._whole_visit()
        reply = self._sync(*ops)
        there = reply["arrived"][self.instance]
        self.assertEqual(there["count"], len(ops))
        self.assertEqual(there["print"], fingerprint(op["uuid"] for op in ops))
        op = self._answer("A1", "no", self.inspector)
        reply = self._sync(op, user=self.inspector, device="device-0002")
        self.assertEqual(
            reply["arrived"][self.instance],
            {"count": 1, "print": fingerprint([op["uuid"]])},
            "each phone hears of its own",
        )

    def test_a_manifest_with_another_fingerprint_is_refused(self):
        ops = self._whole_visit()
        self._sync(*ops)
        for sent in (ops[:-1], []):
            # As many, but not the same.
            manifest = self._manifest(ops) | {"print": self._manifest(sent)["print"]}
            submit = self._op("submit", payload=manifest)
            self.assertEqual(
                self._status(submit, self._sync(submit)), ("refused", "ops_missing")
            )
            ops.append(submit)
        submit = self._op("submit", payload=self._manifest(ops))
        self.assertEqual(self._status(submit, self._sync(submit)), ("applied", ""))
        self.assertEqual(self.visit.state, "submitted")

    def test_a_manifest_counts_what_comes_in_the_same_batch(self):
        ops = self._whole_visit()
        submit = self._op("submit", payload=self._manifest(ops))
        reply = self._sync(*ops, submit)
        self.assertEqual(self._status(submit, reply), ("applied", ""))

    def test_a_plan_that_changed_is_told_to_the_phone(self):
        field = self.env["audit.field"].with_user(self.lead)
        taken = field._take_along()["plan"]
        self.assertEqual(self._sync()["plan"], taken)
        self._begin()
        self._sync(*self._whole_visit()[1:])
        self.assertEqual(self._sync()["plan"], taken, "work on a visit is no new plan")
        later = self.visit.planned_start + timedelta(hours=8)
        visit = self._create_visit(self.unit, planned_start=later)
        visit.action_plan()
        changed = self._sync()["plan"]
        self.assertNotEqual(changed["visits"], taken["visits"])
        self.assertEqual(changed["versions"], taken["versions"])
        visit.planned_start += timedelta(minutes=30)
        self.assertNotEqual(self._sync()["plan"]["visits"], changed["visits"])
        op = self._answer("A1", "yes")
        self.assertIsNone(self._sync(op)["plan"], "not while answers are in a hurry")

    def test_a_plan_is_not_told_of_units_the_inspector_is_kept_from(self):
        field = self.env["audit.field"].with_user(self.lead)
        before = field._take_along()["plan"]
        self.env["audit.recusal"].create(
            {"user_id": self.lead.id, "unit_id": self.agency.id, "reason": "Declared"}
        )
        self.assertNotEqual(self._sync()["plan"], before)
        self.assertFalse(field._take_along()["visits"])

    def test_a_settled_conflict_says_why(self):
        self._begin()
        self._sync(self._answer("A1", "yes"))
        theirs = self._answer("A1", "no", self.inspector)
        self._sync(theirs, user=self.inspector, device="device-0002")
        for why in ("", "   ", None):
            choice = {"value": theirs["payload"], "why": why}
            op = self._op("resolve", item="A1", payload=choice)
            self.assertEqual(self._status(op, self._sync(op)), ("refused", "no_reason"))
        self.assertTrue(self.assessment.answer_ids.has_conflict)
        package = self.env["audit.field"].with_user(self.lead)._take_along()
        for side in package["visits"][0]["conflicts"][0]["sides"]:
            self.assertTrue(side["at"])
            self.assertTrue(side["received"])

    def test_what_was_refused_before_the_visit_was_his_counts_for_no_manifest(self):
        stranger = self._answer("A1", "yes", self.outsider)
        reply = self._sync(stranger, user=self.outsider)
        self.assertEqual(self._status(stranger, reply), ("refused", "unknown_visit"))
        self.assertFalse(reply["arrived"])
        entry = self.env["audit.answer.op"].search([("uuid", "=", stranger["uuid"])])
        self.assertEqual((entry.device_id, entry.outcome), (DEVICE, "refused"))
