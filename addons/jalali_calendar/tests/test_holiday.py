import base64
from collections import Counter

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.jalali_calendar.tools import format_jalali, from_jalali

from .common import JalaliCase

GOOD = "تاریخ,مناسبت\n۱۴۰۶/۱/۱۰,عید\n1406-02-31,جشن\n\n"


@tagged("post_install", "-at_install")
class TestHoliday(JalaliCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.holidays = cls.env["jalali.holiday"]

    def _marks(self, first, last, user=None):
        holidays = self.holidays.with_user(user or self.fa_user)
        return {
            mark["date"]: mark["name"]
            for mark in holidays.get_marks(str(first), str(last))
        }

    def test_published_years_are_complete(self):
        # As announced: 26 days off in 1404 and in 1405, four and three of them
        # Fridays, and none in Ordibehesht, Mehr and Azar 1405.
        for year, count, fridays in ((1404, 26, 4), (1405, 26, 3)):
            days = {day.date for day in self.holidays.search([("year", "=", year)])}
            self.assertEqual(len(days), count)
            self.assertEqual(sum(day.weekday() == 4 for day in days), fridays)
        months = Counter(
            format_jalali(day.date, "M", "latn")
            for day in self.holidays.search([("year", "=", 1405)])
        )
        self.assertFalse({"2", "7", "9"} & months.keys())
        self.assertEqual((months["5"], months["12"]), (4, 4))

    def test_solar_holidays_follow_the_rule_in_every_year(self):
        marks = self._marks(from_jalali(1450, 1, 1), from_jalali(1450, 12, 29))
        self.assertEqual(len(marks), 10)
        self.assertEqual(marks[str(from_jalali(1450, 11, 22))], "پیروزی انقلاب اسلامی")
        self.assertFalse(self.holidays.search([("year", "=", 1450)]))
        leap = self._marks(from_jalali(1408, 12, 1), from_jalali(1408, 12, 30))
        self.assertEqual(list(leap.values())[-1], "آخرین روز سال")

    def test_marks_join_the_names_of_a_day(self):
        nowruz = from_jalali(1405, 1, 1)
        self.assertEqual(
            self._marks(nowruz, nowruz), {str(nowruz): "آغاز نوروز، عید سعید فطر"}
        )
        self.assertEqual(self._marks("2026-04-04", "2026-04-05"), {})

    def test_a_removed_solar_holiday_does_not_come_back(self):
        holiday = self.holidays.search([("date", "=", from_jalali(1405, 11, 22))])
        day = holiday.date
        holiday.unlink()
        self.assertEqual(self._marks(day, day), {})

    def test_only_administrators_change_and_only_employees_see(self):
        portal = new_test_user(self.env, "portal_reader", "base.group_portal")
        employee = new_test_user(self.env, "employee_reader", "base.group_user")
        day = from_jalali(1405, 1, 2)
        self.assertEqual(self._marks(day, day, portal), {})
        self.assertTrue(self._marks(day, day, employee))
        with self.assertRaises(AccessError):
            self.holidays.with_user(portal).search([])
        with self.assertRaises(AccessError):
            self.holidays.with_user(employee).create({"date": day, "name": "Mine"})
        with self.assertRaises(AccessError):
            self._load(GOOD, user=employee)

    @mute_logger("odoo.sql_db")
    def test_a_day_has_each_holiday_once(self):
        with self.assertRaises(UniqueViolation):
            self.holidays.create({"date": "2026-03-21", "name": "آغاز نوروز"})

    # === The file ===

    def _load(self, content, user=None, **values):
        if isinstance(content, str):
            content = content.encode()
        wizard = self.as_user(self.env["jalali.holiday.load"], user or self.en_user)
        return wizard.create(
            {"file": base64.b64encode(content), "year": 1406, **values}
        ).action_load()

    def _lunar(self, year=1406):
        holidays = self.holidays.search([("year", "=", year), ("kind", "=", "lunar")])
        return [(str(holiday.date), holiday.name) for holiday in holidays]

    def test_a_year_is_loaded_and_replaced(self):
        expected = [("2027-03-30", "عید"), ("2027-05-21", "جشن")]
        for content in (
            GOOD,
            GOOD.replace(",", ";"),
            GOOD.replace(",", "\t"),
            GOOD.encode("utf-8-sig"),
        ):
            action = self._load(content)
            self.assertEqual(self._lunar(), expected)
            self.assertEqual(action["domain"], [("year", "=", 1406)])
        solar = [("year", "=", 1406), ("kind", "=", "solar")]
        self.assertEqual(self.holidays.search_count(solar), 10)
        self._load("1406/01/11,عید")
        self.assertEqual(self._lunar(), [("2027-03-31", "عید")])

    def test_files_of_a_persian_windows_are_read(self):
        self._load("1406/01/10,عيد".encode("cp1256"))
        self.assertEqual(self._lunar(), [("2027-03-30", "عيد")])

    def test_special_days_do_not_touch_the_lunar_ones(self):
        self._load(GOOD)
        self._load("1406/03/01,سوگواری", kind="special")
        self.assertEqual(len(self._lunar()), 2)

    def test_the_next_year_to_load_is_offered(self):
        with freeze_time("2026-11-23"):
            wizard = self.env["jalali.holiday.load"].new({})
            self.assertEqual(wizard.year, 1406)

    def test_a_wrong_row_refuses_the_whole_file_and_is_named(self):
        self._load(GOOD)
        before = self._lunar()
        for row, reason in (
            ("1406/12/30,عید", "not a date"),
            ("1406/13/01,عید", "not a date"),
            ("عید,1406/01/01", "not a date"),
            ("1405/01/01,عید", "does not lie in the year 1406"),
            ("1406/01/10", "must have a date and a name"),
            ("1406/01/10,", "must have a date and a name"),
            ("1406/01/10,عید,قمری", "must have a date and a name"),
            ("1406/01/01,عید", "repeats row 1"),
        ):
            with self.assertRaisesRegex(UserError, f"Row 2 .*{reason}.*Nothing was"):
                self._load(f"1406/01/01,عید\n{row}\n1406/01/03,عید")
            self.assertEqual(self._lunar(), before, row)
        with self.assertRaisesRegex(UserError, "۲ "):
            self._load("1406/01/01,عید\n1406/12/30,عید", user=self.fa_user)

    def test_files_that_are_no_lists_are_refused(self):
        for content, reason in (
            (b"PK\x03\x04\x00\x00", "not a text"),
            (b"\n\n", "no holidays"),
            (b"a" * 100_001, "too large"),
        ):
            with self.assertRaisesRegex(UserError, reason):
                self._load(content)
