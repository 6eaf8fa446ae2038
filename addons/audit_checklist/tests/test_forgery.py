"""What follows from other fields, sent by RPC by who runs the programme."""

import uuid
from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_follow import PDF, FollowCase


@tagged("post_install", "-at_install")
class TestForgery(FollowCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = cls.env["res.company"].create({"name": "Another Province"})

    def test_nobody_enters_what_a_record_follows_from(self):
        forged = {
            self.visit: {"planned_on": date(2026, 1, 1), "duration_minutes": 1},
            self.finding: {"unit_id": self.unit.id, "is_repeated": True},
            self._action(): {"unit_id": self.unit.id, "item_code": "Z9"},
            self.assessment: {"programme_id": False},
            self.assessment.answer_ids[0]: {"item_code": "Z9"},
            self.phase: {},
            self.team: {},
            self.team.member_ids[0]: {"programme_id": False},
            self.version: {},
            self.first: {"checklist_id": False},
        }
        for record, values in forged.items():
            for name, value in (values | {"company_id": self.elsewhere.id}).items():
                before = record.sudo()[name]
                with (
                    self.subTest(f"{record._name}.{name}"),
                    self.assertRaises(UserError),
                ):
                    record.with_user(self.officer).write({name: value})
                record.invalidate_recordset()
                self.assertEqual(record.sudo()[name], before, name)

    def _secret(self):
        """Return a file that is none of the audits' business."""
        return self.env["ir.attachment"].create({"name": "secret", "raw": b"secret"})

    def test_a_photo_is_made_to_show_no_other_file(self):
        photo = self.env["audit.evidence"].create(
            {
                "uuid": str(uuid.uuid4()),
                "assessment_id": self._later_visit(self.unit).assessment_id.id,
                "item_code": "A1",
                "user_id": self.users["lead"].id,
            }
        )
        for name, value in {
            "attachment_id": self._secret().id,
            "assessment_id": self.assessment.id,
            "state": "received",
            "sha256": "0" * 64,
            "user_id": self.officer.id,
            "latitude": 35.7,
        }.items():
            for user in (self.officer, self.users["lead"], self.representative):
                with self.subTest(name, user=user.login), self.assertRaises(UserError):
                    photo.with_user(user).write({name: value})
        photo.with_user(self.officer).note = "The board at the door"

    def test_a_proof_is_made_of_no_other_file(self):
        action, secret = self._action(), self._secret()
        proofs = self.env["audit.action.proof"]
        forged = {"action_id": action.id, "name": "a.pdf", "attachment_id": secret.id}
        for user in (self.officer, self.users["lead"], self.representative):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                proofs.with_user(user).create(forged)
        context = {"default_attachment_id": secret.id}
        del forged["attachment_id"]
        with self.assertRaisesRegex(UserError, "needs its file"):
            proofs.with_user(self.officer).with_context(**context).create(forged)
        proof = proofs.with_user(self.officer)._add(action, "a.pdf", PDF)
        with self.assertRaises(UserError):
            proof.write({"attachment_id": secret.id})
        self.assertEqual(proof.sudo().attachment_id.raw, PDF)

    def test_a_default_in_the_context_moves_nothing_to_another_company(self):
        visits = self.env["audit.visit"].with_user(self.officer)
        visit = visits.with_context(
            default_company_id=self.elsewhere.id,
            default_planned_on="2026-01-01",
            default_programme_id=False,
        ).create({"phase_id": self.phase.id, "unit_id": self.unit.id})
        self.assertEqual(visit.company_id, self.phase.company_id)
        self.assertEqual(visit.programme_id, self.programme)
        self.assertFalse(visit.planned_on)
