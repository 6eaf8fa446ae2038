from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_sync import SyncCase


@tagged("post_install", "-at_install")
class TestCorrection(SyncCase):
    """An accepted visit is corrected by an assessment that supersedes its own."""

    def setUp(self):
        super().setUp()
        self._fill("no", "yes", "yes")
        self._submit()
        self._sign()
        self.visit.with_user(self.officer).action_accept()

    def _correct(self, codes=("A1",)):
        items = self.version.item_ids.filtered(lambda item: item.code in codes)
        wizard = (
            self.env["audit.visit.return"]
            .with_user(self.officer)
            .create(
                {
                    "visit_id": self.visit.id,
                    "reason": "The photo shows it is there.",
                    "item_ids": items.ids,
                }
            )
        )
        wizard.action_return()
        return self.visit.assessment_id

    def test_the_earlier_one_stays_under_its_seal(self):
        earlier = self.assessment
        score, number, seal = earlier.score, earlier.number, earlier.seal_id
        correction = self._correct()
        self.assertEqual(correction.supersedes_id, earlier)
        self.assertEqual(correction.score, score)
        self.assertNotEqual(correction.instance_uuid, earlier.instance_uuid)
        self.assertEqual(earlier.state, "superseded")
        self.assertEqual((earlier.number, earlier.seal_id), (number, seal))
        self.assertFalse(any(self.visit.member_ids.mapped("confirmed_at")))

    def test_the_team_corrects_what_was_named_and_all_sign_again(self):
        correction = self._correct()
        self.instance = correction.instance_uuid
        base = {answer.item_code: answer.revision for answer in correction.answer_ids}
        ops = [
            self._answer("A1", "yes", base=base["A1"]),
            self._answer("A2", "no", base=base["A2"]),
        ]
        reply = self._sync(*ops)
        self.assertEqual(self._status(ops[0], reply)[0], "applied")
        self.assertEqual(self._status(ops[1], reply), ("refused", "not_returned"))
        submit = self._op("submit", payload={"ops": 2})
        self.assertEqual(self._status(submit, self._sync(submit))[0], "applied")
        self._sign()
        self.visit.with_user(self.officer).action_accept()
        self.assertTrue(correction.seal_id)
        self.assertNotEqual(correction.number, self.assessment.number)
        self.assertEqual(self.visit.number, correction.number)
        self.assertGreater(correction.score, self.assessment.score)

    def test_a_failure_that_stays_is_found_once(self):
        found = self.assessment.finding_ids
        correction = self._correct(codes=("A2",))
        self.instance = correction.instance_uuid
        submit = self._op("submit", payload={"ops": 0})
        self.assertEqual(self._status(submit, self._sync(submit))[0], "applied")
        self._sign()
        self.visit.with_user(self.officer).action_accept()
        self.assertTrue(found)
        self.assertEqual(correction.finding_ids, found)
        self.assertEqual(found.answer_id.assessment_id, correction)
        self.assertFalse(found.is_repeated)
        found.with_user(self.officer).action_issue()
        self.assertEqual((found.state, found.outcome), ("issued", "unknown"))

    def _mend(self):
        correction = self._correct()
        self.instance = correction.instance_uuid
        [answer] = correction.answer_ids.filtered(lambda a: a.item_code == "A1")
        self._sync(self._answer("A1", "yes", base=answer.revision))
        submit = self._op("submit", payload={"ops": 1})
        self.assertEqual(self._status(submit, self._sync(submit))[0], "applied")
        self._sign()
        self.visit.with_user(self.officer).action_accept()
        return correction

    def test_a_draft_that_was_wrong_goes(self):
        found = self.assessment.finding_ids
        correction = self._mend()
        self.assertFalse(found.exists() | correction.finding_ids)

    def test_what_the_agency_has_seen_stays_and_the_officer_is_told(self):
        found = self.assessment.finding_ids
        found.with_user(self.officer).action_issue()
        self._mend()
        self.assertEqual((found.state, found.outcome), ("issued", "unknown"))
        self.assertIn("does not find it", str(found.activity_ids.note))

    def test_what_is_sealed_is_not_simply_returned(self):
        with self.assertRaises(UserError):
            self.visit.with_user(self.officer).write({"state": "returned"})
        with self.assertRaises(UserError):
            self.visit.with_user(self.officer)._return("No reason", [])
        self.assertEqual(self.assessment.state, "accepted")

    def test_only_an_officer_who_was_not_there_begins_one(self):
        for user in (self.lead, self.users["observer"]):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.visit.with_user(user)._correct("x", [])

    def test_late_operations_on_the_earlier_one_are_refused(self):
        self._correct()
        late = self._answer("A1", "yes")
        self.assertEqual(self._status(late, self._sync(late))[0], "refused")
