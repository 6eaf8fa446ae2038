import uuid

from odoo.tests import tagged

from .common_sync import SyncCase


@tagged("post_install", "-at_install")
class TestFieldSubmission(SyncCase):
    """How a visit ends, or comes about, on the spot."""

    def test_only_a_whole_visit_is_submitted(self):
        self._begin()
        self._sync(self._answer("A1", "yes"), self._answer("A2", "yes"))
        self.assertEqual(self._submit(), ("refused", "incomplete B1"))
        self._sync(self._answer("B1", "na"))
        self.assertEqual(self._submit(), ("refused", "incomplete B1"))
        reason = {"reason": "No staff"}
        self._sync(self._answer("B1", "na", also=reason, base=1))
        self.assertEqual(self._submit(), ("refused", "no_host"))
        self._sync(self._host())
        op = self._op("submit", payload={"ops": 999})
        self.assertEqual(self._status(op, self._sync(op)), ("refused", "ops_missing"))
        op = self._op("submit", self.inspector, payload={"ops": 0})
        reply = self._sync(op, user=self.inspector, device="device-0002")
        self.assertEqual(self._status(op, reply), ("refused", "not_lead"))
        self.assertEqual(self._submit(), ("applied", ""))
        self.assertEqual(self.visit.state, "submitted")
        self.assertEqual(self.assessment.state, "submitted")
        self.assertEqual(len(self.assessment.content_hash), 64)
        late = self._answer("A1", "no", base=1)
        self.assertEqual(self._status(late, self._sync(late)), ("refused", "locked"))
        op = self._op("confirm", self.inspector)
        self._sync(op, user=self.inspector)
        self.assertTrue(all(self.visit.member_ids.mapped("confirmed_at")))

    def test_an_open_conflict_holds_the_submission_up(self):
        self._fill("yes", "yes", "yes")
        theirs = self._answer("A1", "no", self.inspector)
        self._sync(theirs, user=self.inspector, device="device-0002")
        self.assertEqual(self._submit(), ("refused", "conflict"))
        choice = {"value": theirs["payload"], "why": "Looked again"}
        self._sync(self._op("resolve", item="A1", payload=choice))
        self.assertEqual(self._submit(), ("applied", ""))

    def test_a_submission_in_one_batch_with_all_its_answers(self):
        ops = [
            self._op("start"),
            self._answer("A1", "yes"),
            self._answer("A2", "no"),
            self._answer("B1", "yes"),
            self._host(),
        ]
        submit = self._op("submit", payload={"ops": len(ops)})
        reply = self._sync(*ops, submit)
        self.assertEqual(self._status(submit, reply), ("applied", ""))
        self.assertEqual(self.visit.state, "submitted")

    def test_an_extra_visit_is_made_without_a_network(self):
        instance = str(uuid.uuid4())
        payload = {
            "name": "Archive",
            "reason": "Clients are sent there",
            "beside": self.instance,
        }
        extra = self._op("extra", assessment=instance, payload=payload)
        ops = [
            extra,
            self._op("start", assessment=instance),
            self._answer("A1", "yes", assessment=instance),
        ]
        reply = self._sync(*ops)
        self.assertEqual({self._status(op, reply) for op in ops}, {("applied", "")})
        made = self.env["audit.assessment"].search([("instance_uuid", "=", instance)])
        self.assertEqual(made.visit_id.kind, "added_on_site")
        self.assertEqual(made.visit_id.state, "in_progress")
        self.assertEqual(made.unit_id.parent_id, self.agency)
        self.assertTrue(made.unit_id.is_found_on_site)
        self.assertEqual(made.answer_ids.option_id.code, "yes")
        # beside the planned ones, and once it is made
        self.assertEqual((self.phase.visit_count, self.phase.extra_count), (1, 0))
        made.visit_id.sudo().state = "submitted"
        self.phase.invalidate_recordset(["extra_count"])
        self.assertEqual((self.phase.visit_count, self.phase.extra_count), (1, 1))
        self.assertEqual(
            self._sync(extra)["verdicts"][extra["uuid"]]["status"], "already"
        )

    def test_no_access_is_reported_from_the_spot(self):
        op = self._op("no_access", payload={"reason": ""})
        self.assertEqual(self._status(op, self._sync(op)), ("refused", "no_reason"))
        op = self._op("no_access", payload={"reason": "Power cut"})
        self._sync(op)
        self.assertEqual(self.visit.state, "no_access")
