from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import DeskCase


@tagged("post_install", "-at_install")
class TestDesk(DeskCase):
    def test_the_checklist_names_what_is_missing_until_it_is_there(self):
        before = self.desk.missing_count
        self.assertIn("fa-times", self.desk.checklist)
        self.desk.write(
            {
                "phone": "03500001111",
                "address": "خیابان آزادگان",
                "representative_id": self.supervisor.id,
                "decree_number": "۱۲/۴۵۰",
            }
        )
        self.assertEqual(self.desk.missing_count, before - 3)

    def test_a_branch_owes_pack_code_and_sms_but_no_stand_ins(self):
        self.other_desk.kind = "whole_office"
        labels = [row[0] for row in self.other_desk._checklist_rows()]
        for owed in ("SMS to clients", "Tracking page", "Telephone"):
            self.assertIn(owed, labels)
        self.assertNotIn("Stand-in of each expert", labels)

    def test_what_is_listed_is_safe_to_show(self):
        self._make_service(code="<b>", name="<script>alert(1)</script>", step_ids=[])
        self.assertNotIn("<script>", self.desk.checklist)

    def test_an_expert_registers_what_he_is_trained_for(self):
        other = self._make_service(code="T", name="Other")
        self.desk.expert_ids = [
            Command.create(
                {"user_id": self.clerk.id, "service_ids": [Command.set(other.ids)]}
            )
        ]
        visits = self.env["service.desk.visit"].with_user(self.clerk)
        cards = {card["id"]: card for card in visits.counter_open()["services"]}
        self.assertTrue(cards[other.id]["is_open"])
        self.assertFalse(cards[self.service.id]["is_open"])
        self.assertTrue(cards[self.service.id]["reason"])

    def test_experts_serve_at_the_desk_and_leave_with_it(self):
        expert = self.env["service.desk.expert"].create(
            {"desk_id": self.desk.id, "user_id": self.other_clerk.id}
        )
        self.assertIn(self.other_clerk, self.desk.user_ids)
        self.desk.user_ids -= self.other_clerk
        self.assertFalse(expert.exists())

    def test_a_stand_in_serves_at_the_same_desk(self):
        with self.assertRaises(ValidationError):
            self.env["service.desk.expert"].create(
                {
                    "desk_id": self.desk.id,
                    "user_id": self.clerk.id,
                    "stand_in_id": self.observer.id,
                }
            )

    def test_the_named_stand_in_is_suggested(self):
        self.desk.user_ids += self.other_clerk
        self.env["service.desk.expert"].create(
            {
                "desk_id": self.desk.id,
                "user_id": self.clerk.id,
                "stand_in_id": self.other_clerk.id,
            }
        )
        absence = self.env["service.desk.absence"].new({"user_id": self.clerk.id})
        self.assertEqual(absence.stand_in_id, self.other_clerk)
