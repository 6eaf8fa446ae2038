from odoo.tests import TransactionCase, tagged

from ..tools import score

SMALL = ("single_floor", "branch")


@tagged("post_install", "-at_install")
class TestDefaultChecklists(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        checklist = cls.env.ref("audit_checklist.audit_checklist_desk")
        cls.version = checklist.version_ids.sorted("version_no")[0]
        cls.design = cls.version._design()

    def _score(self, changes=None, **context):
        answers = {
            item["code"]: {"number": 5}
            if item["response"]["kind"] == "number"
            else {"option": "yes"}
            for section in self.design["sections"]
            for item in section["items"]
        }
        return score(self.design, answers | (changes or {}), context)

    def test_the_service_desk_has_39_items_6_critical_weights_of_100(self):
        self.assertEqual(self.version.item_count, 39)
        self.assertEqual(self.version.critical_count, 6)
        self.assertEqual(self.version.weight_total, 100)

    def test_both_can_be_published(self):
        committee = self.env.ref("audit_checklist.audit_checklist_committee")
        (self.version + committee.version_ids)._check_publishable()

    def test_all_yes_is_100_for_every_kind_of_unit(self):
        for kind in self.env["audit.unit.kind"].search([]):
            with self.subTest(kind.code):
                result = self._score(unit_kind=kind.code, has_earlier_visit=True)
                self.assertEqual(result["score"], 100)
                self.assertFalse(result["is_provisional"])

    def test_small_units_are_spared_five_items(self):
        relevant = self._score(has_earlier_visit=True)["relevant_count"]
        self.assertEqual(relevant, 39)
        for kind in SMALL:
            with self.subTest(kind):
                result = self._score(unit_kind=kind, has_earlier_visit=True)
                self.assertEqual(result["relevant_count"], 34)

    def test_electronic_agencies_are_spared_place_and_staff(self):
        result = self._score(unit_kind="electronic")
        self.assertIsNone(result["sections"][0]["score"])
        self.assertIsNone(result["sections"][1]["score"])

    def test_the_figures_of_the_designer(self):
        partly = self._score({"D2": {"option": "part"}})
        self.assertEqual(round(partly["score"], 1), 97.9)
        failed = self._score({"D2": {"option": "no"}})
        self.assertEqual(failed["score"], 49)
        self.assertEqual(failed["grade"], "unacceptable")
        self.assertEqual(failed["items"]["D3"]["state"], "irrelevant")

    def test_the_last_visit_is_asked_about_only_if_there_was_one(self):
        self.assertEqual(self._score()["items"]["G5"]["state"], "irrelevant")
        asked = self._score(has_earlier_visit=True)
        self.assertEqual(asked["items"]["G5"]["state"], "scored")

    def test_persian_is_shipped_with_the_items(self):
        """Only where Persian is installed, as in the product."""
        persian = self.env["res.lang"]._lang_get("fa_IR")
        if not persian:
            self.env["res.lang"]._activate_lang("fa_IR")
            self.env["ir.module.module"]._load_module_terms(
                ["audit_checklist"], ["fa_IR"]
            )
        item = self.env.ref("audit_checklist.audit_item_desk_d2")
        item = item.with_context(lang="fa_IR")
        self.assertEqual(item.name, "برای درخواست، رسید با کد پیگیری داده می‌شود")
        self.assertEqual(item.label, "ت۲")
