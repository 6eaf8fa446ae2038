"""What follows from other fields, sent by RPC by who runs the programme."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_follow import FollowCase


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
