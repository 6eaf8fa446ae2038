import datetime
import doctest
from importlib import import_module

import jdatetime
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.jalali_calendar import tools

MODULES = (
    "tools.arithmetic",
    "tools.digits",
    "tools.formatting",
    "tools.parsing",
    "tools.periods",
    "tools.sql",
    "tools.texts",
    "layers.babel_dates",
    "layers.patch_points",
)
days = st.dates(datetime.date(1921, 3, 21), datetime.date(2122, 3, 20))
repeatable = settings(derandomize=True, max_examples=500, deadline=None)


@tagged("post_install", "-at_install")
class TestTools(BaseCase):
    def test_examples_in_the_docstrings_are_true(self):
        for name in MODULES:
            module = import_module(f"odoo.addons.jalali_calendar.{name}")
            result = doctest.testmod(module)
            self.assertTrue(result.attempted, f"{name} has no example")
            self.assertFalse(result.failed, name)

    def test_every_day_of_two_centuries_agrees_with_jdatetime(self):
        day = datetime.date(1921, 3, 21)
        while day < datetime.date(2122, 3, 21):
            oracle = jdatetime.date.fromgregorian(date=day)
            expected = (oracle.year, oracle.month, oracle.day)
            self.assertEqual(tools.to_jalali(day), expected)
            self.assertEqual(tools.from_jalali(*expected), day)
            day += datetime.timedelta(days=1)

    def test_leap_years(self):
        leap = [year for year in range(1390, 1415) if tools.is_leap(year)]
        self.assertEqual(leap, [1391, 1395, 1399, 1403, 1408, 1412])
        for year in leap:
            self.assertEqual(
                tools.from_jalali(year, 12, 30) + datetime.timedelta(days=1),
                tools.from_jalali(year + 1, 1, 1),
            )
            with self.assertRaises(ValueError):
                tools.from_jalali(year + 1, 12, 30)

    def test_the_days_around_nowruz(self):
        for day, expected in (
            ((2021, 3, 20), (1399, 12, 30)),
            ((2021, 3, 21), (1400, 1, 1)),
            ((2025, 3, 20), (1403, 12, 30)),
            ((2025, 3, 21), (1404, 1, 1)),
            ((2026, 3, 20), (1404, 12, 29)),
            ((2026, 3, 21), (1405, 1, 1)),
            ((2030, 3, 20), (1408, 12, 30)),
            ((2030, 3, 21), (1409, 1, 1)),
        ):
            self.assertEqual(tools.to_jalali(datetime.date(*day)), expected)

    def test_days_that_do_not_exist_are_refused(self):
        for day in (
            (1404, 12, 30),
            (1404, 13, 1),
            (1404, 0, 1),
            (1404, 7, 31),
            (1404, 1, 32),
            (1404, 1, 0),
            (0, 1, 1),
        ):
            with self.assertRaises(ValueError, msg=day):
                tools.from_jalali(*day)

    def test_the_year_of_a_moment_depends_on_the_zone_and_its_summer_time(self):
        # Until 2022 the clocks went forward on the night to 2 Farvardin.
        for moment, year in (
            ((2021, 3, 20, 20, 29, 59), 1399),
            ((2021, 3, 20, 20, 30, 0), 1400),
            ((2024, 3, 19, 20, 29, 59), 1402),
            ((2024, 3, 19, 20, 30, 0), 1403),
        ):
            moment = datetime.datetime(*moment)
            self.assertEqual(tools.jalali_year(moment, "Asia/Tehran"), year)
        summer = datetime.datetime(2021, 7, 1, 19, 30)
        winter = datetime.datetime(2023, 7, 1, 19, 30)
        clock = [
            tools.format_jalali(moment, "dd HH:mm", "latn", tz="Asia/Tehran")
            for moment in (summer, winter)
        ]
        self.assertEqual(clock, ["11 00:00", "10 23:00"])

    @repeatable
    @given(days)
    def test_written_dates_read_back(self, day):
        for pattern in ("yyyy/MM/dd", "yyyy-M-d", "d MMMM yyyy", "EEEE d MMMM yyyy"):
            for digits in ("fa", "latn"):
                text = tools.format_jalali(day, pattern, digits)
                self.assertEqual(tools.parse_jalali(text), day, text)
        self.assertEqual(tools.parse_jalali(day.isoformat()), day)

    @repeatable
    @given(days, st.sampled_from(["day", "week", "month", "quarter", "year"]))
    def test_periods_tile_the_calendar(self, day, unit):
        start = tools.start_of(day, unit)
        following = tools.add(start, unit)
        self.assertLessEqual(start, day)
        self.assertLess(day, following)
        self.assertEqual(tools.start_of(following, unit), following)
        self.assertEqual(tools.add(following, unit, -1), start)
        last = following - datetime.timedelta(days=1)
        self.assertEqual(tools.start_of(last, unit), start)

    @repeatable
    @given(days)
    def test_bounds_hold_their_days(self, day):
        year, month, __ = tools.to_jalali(day)
        for first, last in (
            tools.year_bounds(year),
            tools.quarter_bounds(year, (month + 2) // 3),
            tools.month_bounds(year, month),
        ):
            self.assertTrue(first <= day <= last)
            before, after = (
                first - datetime.timedelta(days=1),
                last + datetime.timedelta(days=1),
            )
            self.assertNotEqual(tools.to_jalali(before)[:2], (year, month))
            self.assertNotEqual(tools.to_jalali(after)[:2], (year, month))

    def test_the_spellings_that_people_use(self):
        day = datetime.date(2026, 11, 22)
        for text in (
            "1405/09/01",
            "1405-9-1",
            "1405.09.01",
            "۱۴۰۵/۹/۱",
            "١٤٠٥/٠٩/٠١",
            "14050901",
            "05/9/1",
            "1/9/1405",
            "۱ آذر ۱۴۰۵",
            "۱آذر۱۴۰۵",
            "1 اذر 1405",
            "1405 آذر 1",
            "یک‌شنبه ۱ آذر ماه ۱۴۰۵",
            "يكشنبه، ١ آذر، سال ١٤٠٥",
            " \u200f1405/\u200f09/01 ",
            "1405 / 9 / 1",
            "2026-11-22",
            "22/11/2026",
            "20261122",
        ):
            self.assertEqual(tools.parse_jalali(text), day, text)
        self.assertEqual(
            tools.parse_jalali("7 اردي\u200cبهشت 1360".replace("\u200c", "")),
            tools.from_jalali(1360, 2, 7),
        )
        self.assertEqual(tools.to_jalali(tools.parse_jalali("61/1/1"))[0], 1361)
        self.assertEqual(tools.to_jalali(tools.parse_jalali("60/1/1"))[0], 1460)

    def test_what_is_not_a_date_is_refused(self):
        for text in (
            "",
            "abc",
            "1404/12/30",
            "1404/13/01",
            "1404/7/31",
            "1405/9",
            "1405/09/01 10:00",
            "1405/09-01",
            "0405/09/01",
            "405/9/1",
            "5/9/1",
            "2026/02/30",
            "1 آذر",
            "1 نوامبر 1405",
            "30 اسفند 1404",
            "140509011",
        ):
            with self.assertRaises(ValueError, msg=text):
                tools.parse_jalali(text)

    def test_times_are_read_behind_dates(self):
        expected = datetime.datetime(2025, 11, 22, 10, 30)
        for text in ("1404/09/01 10:30", "۱ آذر ۱۴۰۴، ۱۰:۳۰", "2025-11-22T10:30:00"):
            self.assertEqual(tools.parse_jalali_datetime(text), expected, text)
        for text in ("1404/09/01 25:00", "1404/12/30 10:00", "10:30"):
            with self.assertRaises(ValueError, msg=text):
                tools.parse_jalali_datetime(text)

    def test_dates_inside_a_text(self):
        for text, date_format, expected in (
            ("22/11/2025 To 23/11/2025", "%d/%m/%Y", "01/09/1404 To 02/09/1404"),
            ("11.22.2025", "%m.%d.%Y", "09.01.1404"),
            ("No 12025/11/22, 2025/11/223", "%Y/%m/%d", None),
            ("2025/02/30 and 1404/09/01", "%Y/%m/%d", None),
            ("2025-11-22", "%Y/%m/%d", None),
        ):
            result = tools.replace_dates(text, date_format, "latn")
            self.assertEqual(result, expected or text)

    def test_weeks_of_the_year_begin_on_saturday(self):
        day = datetime.date(2010, 1, 1)
        while day < datetime.date(2030, 1, 1):
            saturday = tools.start_of(day, "week")
            self.assertEqual(saturday.weekday(), 5)
            self.assertEqual(tools.week_of(saturday), tools.week_of(day))
            year, week = tools.week_of(day)
            nowruz = tools.from_jalali(year, 1, 1)
            first = tools.start_of(nowruz, "week")
            self.assertEqual((saturday - first).days // 7 + 1, week)
            day += datetime.timedelta(days=5)

    def test_patterns(self):
        moment = datetime.datetime(2025, 11, 22, 15, 4, 5)
        for pattern, expected in (
            ("y yy yyyy", "1404 04 1404"),
            ("M MM MMMM MMMMM", "9 09 آذر آ"),
            ("d dd D DDD", "1 01 247 247"),
            ("Q QQ QQQ", "3 03 پاییز"),
            ("EEEE EEEEE", "شنبه ش"),
            ("H:mm:ss h a", "15:04:05 3 ب.ظ."),
            ("'yyyy' ''yy", "yyyy '04"),
        ):
            text = tools.format_jalali(moment, pattern, "latn")
            self.assertEqual(text, expected)
        for pattern in ("yyyy/X", "yyyy 'open"):
            with self.assertRaises(ValueError):
                tools.format_jalali(moment, pattern)
        with self.assertRaises(ValueError):
            tools.format_jalali(moment, digits="roman")
        self.assertEqual(tools.format_jalali(False), "")
