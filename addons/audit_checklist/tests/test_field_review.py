import json
import uuid
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_sync import SyncCase


@tagged("post_install", "-at_install")
class TestFieldReview(SyncCase):
    def test_an_officer_accepts_and_everything_is_locked_and_sealed(self):
        self._fill("yes", "no", "yes")
        self._submit()
        self._sign()
        visit = self.visit.with_user(self.officer)
        visit.action_accept()
        assessment = self.assessment
        self.assertEqual((visit.state, assessment.state), ("accepted", "accepted"))
        self.assertTrue(assessment.seal_id)
        self.assertRegex(visit.number, r"^A/\d{4}/\d{3}$")
        [finding] = assessment.finding_ids
        self.assertEqual((finding.item_code, finding.state), ("A2", "draft"))
        self.assertEqual(finding.grade, self.second.finding_grade)
        self.assertEqual(finding.cause_kind, "process")
        for change in (
            lambda: visit.write({"note": "Later"}),
            lambda: assessment.sudo().write({"score": 100}),
            lambda: assessment.answer_ids[:1].sudo().write({"payload": {}}),
            lambda: assessment.answer_ids.sudo().unlink(),
            lambda: visit.sudo().unlink(),
        ):
            with self.assertRaises(UserError):
                change()
        op = self._answer("A1", "no", base=1)
        self.assertEqual(self._status(op, self._sync(op)), ("refused", "locked"))
        finding.with_user(self.officer).action_issue()
        self.assertTrue(finding.issued_at)

    def test_a_returned_visit_opens_the_named_items_only(self):
        self._fill("yes", "no", "yes")
        self._submit()
        self._sign()
        wizard = self.env["audit.visit.return"].with_user(self.officer)
        wizard.create(
            {
                "visit_id": self.visit.id,
                "reason": "No photo of the sign",
                "item_ids": [(6, 0, self.second.ids)],
            }
        ).action_return()
        self.assertEqual(self.visit.state, "returned")
        self.assertEqual(self.visit.items_to_mend, self.second.display_name)
        op = self._answer("A1", "no", base=1)
        self.assertEqual(self._status(op, self._sync(op)), ("refused", "not_returned"))
        op = self._answer("A2", "yes", base=1)
        self.assertEqual(self._status(op, self._sync(op)), ("applied", ""))
        self.assertEqual(self._submit(), ("applied", ""))
        self._sign()
        self.visit.with_user(self.officer).action_accept()
        self.assertFalse(self.assessment.finding_ids)

    def test_nobody_accepts_his_own_visit_nor_without_the_role(self):
        self._fill("yes", "yes", "yes")
        self._submit()
        self._sign()
        for user in (self.lead, self.inspector, self.users["observer"]):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.visit.with_user(user).action_accept()
        self.lead.group_ids += self.env.ref("audit_checklist.group_programme_officer")
        with self.assertRaisesRegex(AccessError, "made himself"):
            self.visit.with_user(self.lead).action_accept()

    def test_one_signature_alone_needs_a_reason_that_is_sealed(self):
        self._fill("yes", "yes", "yes")
        self._submit()
        visit = self.visit.with_user(self.officer)
        self.assertTrue(visit.is_unsigned)
        for reason in (False, "  "):
            visit.unsigned_reason = reason
            with self.assertRaisesRegex(UserError, "signed by audit_inspector"):
                visit.action_accept()
        visit.unsigned_reason = "Ill; agreed by telephone"
        visit.action_accept()
        facts = json.loads(self.assessment.visit_facts)
        self.assertEqual(facts["unsigned_reason"], "Ill; agreed by telephone")
        late = self._op("confirm", user=self.inspector)
        reply = self._sync(late, user=self.inspector, device="device-0002")
        self.assertEqual(self._status(late, reply), ("refused", "locked"))

    def test_a_reason_goes_with_the_return_and_does_not_count_beside_signatures(self):
        self._fill("yes", "yes", "yes")
        self._submit()
        visit = self.visit.with_user(self.officer)
        visit.unsigned_reason = "Ill"
        visit._return("Look again", [])
        self.assertFalse(visit.unsigned_reason)
        self._submit()
        self._sign()
        visit.unsigned_reason = "Not needed"
        visit.action_accept()
        self.assertIsNone(json.loads(self.assessment.visit_facts)["unsigned_reason"])

    def test_the_office_sees_when_and_where_it_was_made(self):
        self._fill("yes", "no", "yes")
        photo = {"photo": str(uuid.uuid4()), "size": 900, "sha256": "0" * 64}
        place = {"latitude": 35.7212, "longitude": 51.4123}
        self._sync(
            self._op("photo", item="A2", payload=photo | place),
            self._op("photo", item="A1", payload=photo | {"photo": str(uuid.uuid4())}),
        )
        self._submit()
        review = self.visit.with_user(self.officer).get_review()
        rows = {row["code"]: row["seen"] for row in review["rows"]}
        [shown], [nowhere] = rows["A2"]["evidence"], rows["A1"]["evidence"]
        self.assertEqual(shown["place"], "35.721200,51.412300")
        self.assertTrue(shown["at"])
        self.assertFalse(nowhere["place"])
        begun, sent = review["course"]
        self.assertEqual(
            (begun["kind"], begun["place"]), ("start_", "35.700000,51.400000")
        )
        self.assertEqual((sent["kind"], sent["place"]), ("end_", ""))
        self.assertTrue(begun["at"] and sent["at"])

    def test_the_journal_tells_of_a_clock_that_is_wrong(self):
        view = self.env.ref("audit_checklist.audit_assessment_view_form")
        self.assertRegex(view.arch, r'name="clock_skew"\s+invisible="not clock_skew"')

    def test_too_much_that_is_not_applicable_is_confirmed_first(self):
        reason = {"reason": "None here"}
        self._begin()
        self._sync(
            self._answer("A1", "na", also=reason),
            self._answer("A2", "na", also=reason),
            self._answer("B1", "yes"),
            self._host(),
        )
        self._submit()
        self._sign()
        visit = self.visit.with_user(self.officer)
        with self.assertRaisesRegex(UserError, "confirm"):
            visit.action_accept()
        visit.action_confirm_na()
        visit.action_accept()
        self.assertEqual(visit.state, "accepted")

    def test_a_failure_that_comes_again_is_recognised(self):
        self._fill("yes", "no", "yes")
        self._submit()
        self._sign()
        self.visit.with_user(self.officer).action_accept()
        first = self.assessment.finding_ids
        phase = self.phase.copy({"unit_ids": [(6, 0, self.agency.ids)]})
        phase.action_open()
        visit = self._create_visit(
            self.agency,
            phase_id=phase.id,
            planned_start=fields.Datetime.now() + timedelta(days=1),
        )
        visit.action_plan()
        self.assertEqual(
            self.env["audit.field"]._earlier_findings(visit), {}, "not issued yet"
        )
        first.action_issue()
        earlier = self.env["audit.field"]._earlier_findings(visit)
        self.assertTrue(earlier["A2"]["is_open"])
        self.visit, self.assessment = visit, visit.assessment_id
        self.instance = visit.assessment_id.instance_uuid
        self._fill("yes", "no", "yes")
        self._submit()
        self._sign()
        visit.with_user(self.officer).action_accept()
        self.assertEqual(visit.assessment_id.finding_ids.repeat_of_id, first)

    def test_inspectors_write_nothing_directly(self):
        self._fill("yes", "no", "yes")
        for record in (
            self.visit,
            self.assessment,
            self.assessment.answer_ids[0],
            self.assessment.op_ids[0],
            self.agency,
        ):
            mine = record.with_user(self.lead)
            with self.subTest(record=record):
                self.assertTrue(mine.has_access("read"))
                for verb in ("write", "unlink", "create"):
                    self.assertFalse(mine.has_access(verb))
                stranger = record.with_user(self.outsider)
                if record != self.agency:
                    self.assertFalse(stranger.search([("id", "=", record.id)]))
                    self.assertFalse(
                        stranger._read_group([("id", "=", record.id)], [], ["__count"])[
                            0
                        ][0]
                    )

    def test_the_journal_is_history(self):
        self._fill("yes", "no", "yes")
        op = self.assessment.op_ids[0]
        for change in (lambda: op.write({"outcome": "refused"}), op.unlink, op.copy):
            with self.assertRaises(UserError):
                change()
