import hashlib
import uuid

from odoo.tests import new_test_user, tagged

from .common_doors import OCTETS, DoorCase
from .common_sync import picture


@tagged("post_install", "-at_install")
class TestFieldStrangers(DoorCase):
    """Who has no part in a visit, at each door and with each kind of operation."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        other_company = cls.env["res.company"].create({"name": "Other province"})
        cls.foreigner = new_test_user(
            cls.env,
            "audit_foreigner",
            groups="audit_checklist.group_programme_officer",
            company_id=other_company.id,
            company_ids=[(6, 0, other_company.ids)],
        )
        cls.foreigner.password = f"{cls.foreigner.login}-secret"
        cls.strangers = (cls.outsider, cls.foreigner)
        cls.content = picture()

    def _announced(self):
        """Begin the visit with an answer and a photo that has arrived."""
        photo = str(uuid.uuid4())
        payload = {
            "photo": photo,
            "size": len(self.content),
            "sha256": hashlib.sha256(self.content).hexdigest(),
        }
        self._login(self.lead)
        start, answer = self._op("start"), self._answer("A1", "yes")
        photo_op = self._op("photo", item="A1", payload=payload)
        self._post(self._body(start, answer, photo_op))
        door = f"/audit/field/photo/{photo}"
        self.assertTrue(
            self._post(self.content, f"{door}?start=0", **OCTETS).json()["done"]
        )
        return photo, answer

    def _operations(self, user, photo):
        """Return one operation of each kind against the visit, by kind."""
        option = {"option": "no"}
        payloads = {
            "start": {},
            "answer": option,
            "photo": {"photo": str(uuid.uuid4()), "size": 9, "sha256": "0" * 64},
            "photo_removed": {"photo": photo},
            "host": {"name": "Somebody", "refusal": "no"},
            "resolve": {"value": option, "why": "so"},
            "submit": {"ops": 0},
            "confirm": {},
            "no_access": {"reason": "closed"},
            "feedback": {"text": "hello"},
        }
        return {
            kind: self._op(kind, user=user, item="A1", payload=payload)
            for kind, payload in payloads.items()
        }

    def _picture_of_visit(self):
        """Return all that strangers must not change."""
        self.env.invalidate_all()
        visit, assessment = self.visit, self.assessment
        return (
            visit.state,
            visit.host_name,
            [(a.item_code, a.payload, a.revision) for a in assessment.answer_ids],
            [(e.uuid, e.state) for e in assessment._shown_evidence()],
            len(visit.feedback_ids),
            self.env["audit.unit"].search_count([("is_found_on_site", "=", True)]),
            self.env["audit.visit"].search_count([]),
        )

    def test_no_kind_of_operation_reaches_the_visit_of_others(self):
        photo, _answer = self._announced()
        before = self._picture_of_visit()
        for user in self.strangers:
            self._login(user)
            operations = self._operations(user, photo)
            reply = self._post(self._body(*operations.values()))
            self.assertEqual(reply.status_code, 200)
            verdicts = reply.json()["verdicts"]
            for kind, op in operations.items():
                with self.subTest(user=user.login, kind=kind):
                    verdict = verdicts[op["uuid"]]
                    self.assertEqual(verdict["status"], "refused")
                    self.assertEqual(verdict["reason"], "unknown_visit")
        self.assertEqual(self._picture_of_visit(), before)

    def test_no_unit_is_added_beside_the_visit_of_others(self):
        self._announced()
        before = self._picture_of_visit()
        payload = {"name": "A unit", "reason": "x", "beside": self.instance}
        for user in self.strangers:
            self._login(user)
            for assessment in (str(uuid.uuid4()), self.instance):
                op = self._op("extra", user, payload=payload, assessment=assessment)
                verdicts = self._post(self._body(op)).json()["verdicts"]
                with self.subTest(user=user.login):
                    self.assertEqual(verdicts[op["uuid"]]["status"], "refused")
        self.assertEqual(self._picture_of_visit(), before)

    def test_each_door_shows_strangers_what_is_not_there(self):
        photo, _answer = self._announced()
        known = {self.instance: -1}
        for user in self.strangers:
            self._login(user)
            with self.subTest(user=user.login):
                package = self.url_open("/audit/field/take").json()
                self.assertFalse(package["visits"] or package["versions"])
                news = self._post(self._body() | {"known": known}).json()["news"]
                self.assertEqual(news, {})
            for there in (photo, str(uuid.uuid4())):
                door, shown = f"/audit/field/photo/{there}", f"/audit/evidence/{there}"
                with self.subTest(user=user.login, there=there):
                    self.assertEqual(self.url_open(door).status_code, 404)
                    sent = self._post(self.content, f"{door}?start=0", **OCTETS)
                    self.assertEqual(sent.status_code, 404)
                    self.assertEqual(self.url_open(shown).status_code, 404)

    def test_a_replay_by_somebody_else_is_neither_entered_nor_told_of(self):
        _photo, answer = self._announced()
        before = self._picture_of_visit()
        for user in self.strangers:
            self._login(user)
            with self.subTest(user=user.login, way="as it was"):
                verdicts = self._post(self._body(answer)).json()["verdicts"]
                self.assertEqual(verdicts[answer["uuid"]], {"status": "other_user"})
            with self.subTest(user=user.login, way="under his own name"):
                forged = answer | {"user": user.id, "payload": {"option": "no"}}
                verdicts = self._post(self._body(forged)).json()["verdicts"]
                self.assertEqual(verdicts[answer["uuid"]], {"status": "other_user"})
        self.assertEqual(self._picture_of_visit(), before)
