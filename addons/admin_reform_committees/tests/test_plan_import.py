import base64

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .year_common import TODAY, YearCase


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPlanImport(YearCase):
    def _import(self, plan, *rows):
        wizard = self.env["reform.plan.import"].create(
            {"plan_id": plan.id, "file": self._sheet(*rows)}
        )
        return wizard.action_import()

    def test_lines_come_from_a_spreadsheet(self):
        plan = self._plan()
        self._import(
            plan,
            ["اقدام", "نوع", "وزن", "از تاریخ", "تا تاریخ", "مراحل پیش", "مراحل پس"],
            [
                "فرم‌ها کوتاه شوند",
                "بهبود فرایند",
                "۲٫۵",
                "۱۴۰۵/۰۴/۰۱",
                "1405/06/31",
                7,
                3,
            ],
            ["Training", "", 1, "", "", "", ""],
        )
        first, second = plan.line_ids
        self.assertEqual(
            (first.kind, first.weight, first.steps_before, first.steps_after),
            ("improvement", 2.5, 7, 3),
        )
        self.assertEqual((first.planned_1, first.planned_2), (0, 100))
        self.assertEqual((second.kind, second.planned_4), ("action", 100))

    def test_what_is_exported_can_be_imported(self):
        programme = self.env["reform.programme.period"]._current().programme_ids[:1]
        plan = self._plan()
        # another level has this code as well: the body's own is meant
        indicators = self._indicator("۲-۱", committee_id=self.body.id)
        self._indicator("۲-۱", level="provincial")
        self._line(
            plan, kind="improvement", days_before=9.5, days_after=2, weight=2.5,
            programme_id=programme.id, name="=1+1", indicator_id=indicators.id,
        )  # fmt: skip
        names = [
            "name", "kind", "days_before", "weight", "ends_on", "planned_1",
            "indicator_id",
        ]  # fmt: skip
        before = plan.line_ids.read(names, load=None)[0]
        content = base64.b64encode(plan._export_xlsx())
        self.env["reform.plan.import"].create(
            {"plan_id": plan.id, "file": content, "replace": True}
        ).action_import()
        after = plan.line_ids.read(names, load=None)[0]
        self.assertNotEqual(before.pop("id"), after.pop("id"))
        self.assertEqual(before, after)
        self.assertEqual(plan.line_ids.programme_id, programme)

    def test_wrong_rows_are_named_and_nothing_is_saved(self):
        plan = self._plan()
        with self.assertRaises(UserError) as refusal:
            self._import(
                plan,
                ["action", "weight", "kind", "until", "responsible", "programme",
                 "indicator"],
                ["Good", 1, "", "", "", ""],
                ["", 1, "", "", "", ""],
                ["B", "much", "", "", "", ""],
                ["C", -1, "", "", "", ""],
                ["D", 1, "poem", "", "", ""],
                ["E", 1, "", "1405/13/01", "", ""],
                ["F", 1, "", "", "Nobody at all", ""],
                ["G", 1, "", "", "", 99],
                ["good", 1, "", "", "", ""],
                ["H", 1, "improvement", "", "", ""],
                ["I", 1, "", "", "", "", "7-7"],
            )  # fmt: skip
        for row in range(3, 13):
            self.assertIn(f"Row {row}:", str(refusal.exception))
        self.assertNotIn("Row 2:", str(refusal.exception))
        self.assertFalse(plan.line_ids)
