import psycopg2

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import mute_logger, tagged

from .common import AuditCase


@tagged("post_install", "-at_install")
class TestItem(AuditCase):
    def test_codes_are_tidied(self):
        item = self._create_item(self.section, code=" a۱۲ ")
        self.assertEqual(item.code, "A12")

    def test_codes_that_are_none_are_refused(self):
        for code in ("12", "الف۱", "A 1", "A" * 17, "-"):
            with self.subTest(code), self.assertRaises(ValidationError):
                self._create_item(self.section, code=code)

    def test_a_code_is_used_once_in_a_version(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
            self._create_item(self.other_section, code="A1")

    def test_a_weight_is_not_negative(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
            self.first.weight = -1
            self.env.flush_all()

    def test_a_published_code_is_not_changed_in_the_next_version(self):
        self._publish()
        draft = self.version.copy()
        item = draft.item_ids[0]
        with self.assertRaisesRegex(UserError, "A1"):
            item.code = "A7"
        added = self._create_item(draft.section_ids[0], code="A7")
        added.code = "A8"
        self.assertEqual(added.code, "A8")

    def test_a_copy_takes_a_code_nobody_ever_used(self):
        self._publish()
        draft = self.version.copy()
        draft.item_ids.filtered(lambda item: item.code == "A2").unlink()
        copy = draft.item_ids[0].copy()
        self.assertEqual(copy.code, "A3")
        self.assertEqual(copy.section_id, draft.section_ids[0])

    def test_the_label_counts_as_readers_do(self):
        self.assertEqual(self.first.label, "A1")
        persian = self.first.with_context(lang="fa_IR")
        self.assertEqual(persian.label, "الف۱")
        odd = self._create_item(self.section, code="X1")
        self.assertEqual(odd.with_context(lang="fa_IR").label, "X۱")

    def test_a_circle_is_refused_and_named(self):
        self._depend(self.second, self.first, "yes")
        self._depend(self.third, self.second)
        codes = " ← ".join(f"\u2068{code}\u2069" for code in ("A1", "B1", "A2", "A1"))
        with self.assertRaisesRegex(ValidationError, codes):
            self._depend(self.first, self.third)

    def test_a_circle_is_named_as_readers_know_its_items(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self._depend(self.second, self.first)
        condition = self.env["audit.checklist.condition"].with_context(lang="fa_IR")
        with self.assertRaisesRegex(ValidationError, "\u2068الف۱\u2069"):
            condition.create(
                {"item_id": self.first.id, "parent_item_id": self.second.id}
            )

    def test_a_condition_is_named_as_readers_know_its_items(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        condition = self._depend(self.second, self.first, "yes")
        self.assertIn("A1", condition.display_name)
        persian = condition.with_context(lang="fa_IR")
        self.assertIn("الف۱", persian.display_name)
        with self.assertRaisesRegex(UserError, "الف۱"):
            self.first.with_context(lang="fa_IR").unlink()

    def test_an_item_does_not_wait_for_itself(self):
        with self.assertRaisesRegex(ValidationError, "\u2068A1\u2069 ← \u2068A1\u2069"):
            self._depend(self.first, self.first)

    def test_a_circle_by_moving_a_condition_is_refused(self):
        self._depend(self.second, self.first)
        condition = self._depend(self.third, self.first)
        with self.assertRaises(ValidationError):
            condition.write(
                {"item_id": self.first.id, "parent_item_id": self.second.id}
            )

    def test_conditions_stay_within_a_version(self):
        self._publish()
        draft = self.version.copy()
        with self.assertRaisesRegex(ValidationError, "own version"):
            self._depend(draft.item_ids[0], self.second)

    def test_a_condition_names_answers_the_item_has(self):
        foreign = self.env.ref("audit_checklist.audit_option_yes_no_yes")
        with self.assertRaisesRegex(ValidationError, "no such answer"):
            self.env["audit.checklist.condition"].create(
                {
                    "item_id": self.second.id,
                    "parent_item_id": self.first.id,
                    "option_ids": [Command.link(foreign.id)],
                }
            )

    def test_answers_that_are_waited_for_stay(self):
        self._depend(self.second, self.first, "yes")
        with self.assertRaisesRegex(ValidationError, "no such answer"):
            self.first.response_set_id = self.env.ref(
                "audit_checklist.audit_response_set_yes_no"
            )

    def test_an_item_others_wait_for_is_not_deleted(self):
        self._depend(self.second, self.first, "yes")
        with self.assertRaisesRegex(UserError, "A2 is asked depending on A1"):
            self.first.unlink()
        with self.assertRaises(UserError):
            self._depend(self.third, self.first) and self.section.unlink()
        (self.first + self.second + self.third).unlink()
        self.assertFalse(self.version.item_ids)

    def test_kinds_are_named_where_they_matter(self):
        with self.assertRaisesRegex(ValidationError, "kinds of unit"):
            self.first.kind_rule = "only"

    def test_a_kind_in_use_keeps_its_code(self):
        kind = self.env["audit.unit.kind"].create({"name": "Kiosk", "code": "kiosk"})
        kind.code = "kiosks"
        self.first.write({"kind_rule": "only", "unit_kind_ids": kind.ids})
        with self.assertRaises(UserError):
            kind.code = "stand"
        with self.assertRaises(UserError):
            kind.with_context(_force_unlink=True).unlink()
        kind.name = "Stand"

    def test_the_history_of_a_code(self):
        self._publish()
        draft = self.version.copy()
        item = draft.item_ids[0]
        item.write({"weight": 5, "is_critical": True})
        self._publish(draft)
        third = draft.copy()
        self.assertEqual(
            third.item_ids[0].get_history(),
            [
                {"version_no": 1, "weight": 1, "is_critical": False},
                {"version_no": 2, "weight": 5, "is_critical": True},
            ],
        )

    def test_answers_that_contradict_themselves_are_refused(self):
        option = self.yes_part_no.option_ids[0]
        for vals in ({"ratio": 1.5}, {"is_na": True}):
            with (
                self.subTest(vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.IntegrityError),
                self.env.cr.savepoint(),
            ):
                option.write(vals)
                self.env.flush_all()

    def test_no_company_takes_the_code_of_a_shared_set(self):
        sets = self.env["audit.response.set"]
        with self.assertRaisesRegex(ValidationError, "yes_no"):
            sets.create({"name": "Ours", "code": "yes_no"})
        ours = sets.create({"name": "Ours", "code": "OURS"})
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.assertTrue(ours.copy({"code": "OURS", "company_id": elsewhere.id}))
        with self.assertRaisesRegex(ValidationError, "OURS"):
            sets.create({"name": "All", "code": "OURS", "company_id": False})

    def test_a_target_differs_from_nothing(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
            self.env["audit.response.set"].create(
                {"name": "N", "code": "N", "kind": "number", "value_target": 0}
            )
