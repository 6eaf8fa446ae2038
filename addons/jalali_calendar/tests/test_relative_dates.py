import doctest

from freezegun import freeze_time

from odoo.tests import tagged

from ..layers import babel_dates, relative_dates
from ..layers.relative_dates import parse_date
from ..tools import to_jalali
from .common import JalaliCase


@tagged("post_install", "-at_install")
class TestRelativeDates(JalaliCase):
    def day_of(self, text, user=None):
        reader = self.as_user(self.env["jalali.holiday"], user or self.fa_user)
        return parse_date(text, reader.env)

    def test_examples_in_the_docstrings_are_true(self):
        for module in (babel_dates, relative_dates):
            result = doctest.testmod(module)
            self.assertTrue(result.attempted)
            self.assertFalse(result.failed)

    @freeze_time("2026-03-20 21:00:00")
    def test_terms_count_in_the_jalali_calendar_of_the_reader_s_day(self):
        # In Tehran the year 1405 is half an hour old.
        for text, expected in {
            "today =1jd": (1405, 1, 1),
            "today =1jd -1jm": (1404, 12, 1),
            "today =1jm =1jd": (1405, 1, 1),
            "today =1jd -12jm": (1404, 1, 1),
            "today -1d": (1404, 12, 29),
            "today =1jd -1d": (1404, 12, 29),
            "today =1jd +1w": (1405, 1, 8),
            "today =30jd =12jm =1408jy": (1408, 12, 29),
            "today =1jd =1408jy =12jm =30jd +1jy": (1409, 12, 29),
        }.items():
            with self.subTest(text):
                self.assertEqual(to_jalali(self.day_of(text)), expected)

    @freeze_time("2026-03-20 21:00:00")
    def test_moments_are_set_on_the_clock_of_the_reader(self):
        for text, expected in {
            "=1jd": "2026-03-20 20:30:00",
            "now =1jd -2jm": "2026-01-20 20:30:00",
            "=1jm =1jd +1jy": "2027-03-20 20:30:00",
            "-1jm": "2026-02-19 21:00:00",
            "=1jd +1d =8H": "2026-03-22 04:30:00",
            "-1jm =7H =30M": "2026-02-20 04:00:00",
            # Summer time: 2 Farvardin 1400 began at one o'clock.
            "=1400jy =1jm =2jd": "2021-03-21 20:30:00",
            "=1400jy =4jm =1jd": "2021-06-21 19:30:00",
        }.items():
            with self.subTest(text):
                self.assertEqual(str(self.day_of(text)), expected)

    @freeze_time("2026-11-25 10:00:00")
    def test_odoo_s_own_terms_stay_gregorian(self):
        self.assertEqual(str(self.day_of("today =1d")), "2026-11-01")
        self.assertEqual(str(self.day_of("today -1m")), "2026-10-25")
        self.assertEqual(str(self.day_of("2026-01-02")), "2026-01-02")

    @freeze_time("2026-11-25 10:00:00")
    def test_what_names_no_day_is_refused(self):
        for text in (
            "today =31jd",  # Azar has 30 days
            "today =13jm",
            "today =0jd",
            "today =1jd =monday",
            "today =1jd =1d",
            "today =1jd +2H",
            "=1jd =24H",
            "=31jd",
            "today =9999jy",
            "=1jd +9999999d",
        ):
            with self.subTest(text), self.assertRaises(ValueError):
                self.day_of(text)

    @freeze_time("2026-11-25 10:00:00")
    def test_saved_filters_open_the_same_records_for_everyone(self):
        holidays = self.env["jalali.holiday"].create(
            [
                {"name": "last of Aban", "date": "2026-11-21"},
                {"name": "first of Azar", "date": "2026-11-22"},
            ]
        )
        domain = [
            ("id", "in", holidays.ids),
            "&",
            ("date", ">=", "today =1jd"),
            ("date", "<", "today +1d"),
        ]
        for user in (self.fa_user, self.en_user, self.mixed_user):
            found = self.as_user(holidays, user).search(domain)
            self.assertEqual(found.mapped("name"), ["first of Azar"])

    @freeze_time("2026-11-25 10:00:00")
    def test_moments_begin_at_midnight_of_the_reader(self):
        holidays = self.env["jalali.holiday"].create(
            [
                {"name": "a", "date": "2026-11-21"},
                {"name": "b", "date": "2026-11-22"},
            ]
        )
        self.env.flush_all()
        for holiday, moment in zip(
            holidays, ("2026-11-21 20:29:59", "2026-11-21 20:30:00"), strict=True
        ):
            self.env.cr.execute(
                "UPDATE jalali_holiday SET create_date = %s WHERE id = %s",
                [moment, holiday.id],
            )
        self.env.invalidate_all()
        found = self.as_user(holidays, self.fa_user).search(
            [("id", "in", holidays.ids), ("create_date", ">=", "today =1jd")]
        )
        self.assertEqual(found.mapped("name"), ["b"])
