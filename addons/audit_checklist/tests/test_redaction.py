import json
import uuid

from odoo.tests import tagged

from odoo.addons.agency_base.tests.seal_common import use_own_keys

from .common_sync import SyncCase

# What redaction leaves in the place of a text, in either language.
MARK = r"^\((removed|حذف شد)\)$"


@tagged("post_install", "-at_install")
class TestRedaction(SyncCase):
    """Who was spoken to on a visit can be forgotten; what was found stays proven."""

    def setUp(self):
        super().setUp()
        use_own_keys(self)
        self._begin()
        said = {"comments": ["Mr Sadeghi was rude"]}
        self._sync(
            self._answer("A1", "yes"),
            self._answer("A2", "no", also=said),
            self._answer("B1", "yes"),
            self._photo(),
            self._host(),
        )
        self._submit()
        self._sign()
        self.visit.with_user(self.officer).action_accept()
        self.seal = self.assessment.seal_id

    def _photo(self):
        payload = {
            "photo": str(uuid.uuid4()),
            "size": 900,
            "sha256": "0" * 64,
            "note": "Mr Nasiri at his table",
            "latitude": 35.7212,
            "longitude": 51.4123,
        }
        return self._op("photo", item="A1", payload=payload)

    def _verify(self):
        return self.env["agency.seal"]._verify(self.assessment.company_id)

    def _ops(self):
        self.env.invalidate_all()
        return str(self.assessment.op_ids.mapped("payload"))

    def test_the_host_is_forgotten_by_seal_visit_and_journal(self):
        self.assertNotIn("Mehregan", self.seal.snapshot)
        self.assertIn("Mehregan", str(self.seal._document()))
        path = f"audit.assessment:{self.assessment.id}:visit_facts/host"
        self.seal._redact("Asked for by the host", {path})
        self.assertRegex(json.loads(self.assessment.visit_facts)["host"], MARK)
        for text in (
            str(self.seal._document()),
            self.visit.host_name or "",
            self._ops(),
        ):
            self.assertNotIn("Mehregan", text)
        self.assertEqual(self.visit.host_refusal, "No time")
        self.assertFalse(self._verify())

    def test_the_words_of_an_answer_are_forgotten_and_not_its_outcome(self):
        answer = self.assessment.answer_ids.filtered(lambda a: a.item_code == "A2")
        self.assertNotIn("Sadeghi", self.seal.snapshot)
        self.assertIn("Sadeghi", self._ops())
        self.seal._redact("Retention", {f"audit.answer:{answer.id}:comment"})
        self.assertFalse(answer.comment)
        self.assertEqual(answer.payload, {"option": "no"})
        self.assertTrue(answer.is_failed)
        self.assertNotIn("Sadeghi", str(self.seal._document()) + self._ops())
        self.assertFalse(self._verify())

    def test_where_the_inspectors_were_is_forgotten(self):
        """The way of an inspector through the day is his, not the document's."""
        [evidence] = self.assessment.evidence_ids
        for place in ("35.7212", "51.4123", "35.7,", "51.4,"):
            self.assertNotIn(place, self.seal.snapshot)
        self.assertIn("35.7212", str(self.seal._document()))
        own = f"audit.assessment:{self.assessment.id}:visit_facts"
        photo = f"audit.evidence:{evidence.id}"
        self.seal._redact("Retention", {f"{own}/start_place", f"{photo}:latitude"})
        self.assertFalse(evidence.latitude)
        self.assertEqual(evidence.longitude, 51.4123)
        self.assertFalse(self.visit.start_latitude or self.visit.has_start_place)
        for kept in (str(self.seal._document()), self._ops()):
            self.assertNotIn("35.7", kept)
        self.assertFalse(self._verify())
        self.seal._redact("Retention", {f"{photo}:longitude", f"{photo}:note"})
        self.assertNotIn("Nasiri", self._ops())
        self.assertFalse(evidence.note or self._verify())

    def test_a_place_that_is_forged_is_found(self):
        [evidence] = self.assessment.evidence_ids
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE audit_evidence SET latitude = 35.7213 WHERE id = %s", [evidence.id]
        )
        self.assertEqual([p["code"] for p in self._verify()], ["changed"])
