import base64
from datetime import datetime

import pytz

from odoo.tests import TransactionCase, tagged

from odoo.addons.jalali_calendar.tools import from_jalali


@tagged("post_install", "-at_install")
class TestWorkingCalendar(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.agency = cls.env.ref("jalali_calendar_resource.resource_calendar_agency")
        cls.thursday = cls.env.ref(
            "jalali_calendar_resource.resource_calendar_agency_thursday"
        )

    def _hours(self, calendar, first, last):
        """Return the working hours from one Jalali day to another."""
        zone = pytz.timezone(calendar.tz)
        start, end = (
            zone.localize(datetime.combine(from_jalali(*day), datetime.min.time()))
            for day in (first, last)
        )
        return calendar.get_work_hours_count(start, end)

    def _days_off(self, calendar):
        leaves = self.env["resource.calendar.leaves"].search(
            [("calendar_id", "=", calendar.id), ("official_holiday_on", "!=", False)]
        )
        return {leave.official_holiday_on: leave for leave in leaves}

    def test_the_week_runs_from_saturday_to_wednesday(self):
        # The first week of Mehr 1405 has no holiday; it begins on 4 Mehr, a Saturday.
        days = [
            self._hours(self.agency, (1405, 7, day), (1405, 7, day + 1))
            for day in range(4, 11)
        ]
        self.assertEqual(days, [7, 7, 7, 7, 7, 0, 0])
        days = [
            self._hours(self.thursday, (1405, 7, day), (1405, 7, day + 1))
            for day in range(4, 11)
        ]
        self.assertEqual(days, [7, 7, 7, 7, 7, 5, 0])

    def test_nobody_works_at_nowruz_and_on_ashura(self):
        self.assertEqual(self._hours(self.agency, (1405, 1, 1), (1405, 1, 5)), 0)
        self.assertEqual(self._hours(self.agency, (1405, 1, 5), (1405, 1, 6)), 7)
        self.assertEqual(self._hours(self.agency, (1405, 4, 3), (1405, 4, 5)), 0)

    def test_days_off_are_whole_days_in_the_zone_of_the_calendar(self):
        leave = self._days_off(self.agency)[from_jalali(1405, 4, 3)]
        self.assertEqual(str(leave.date_from), "2026-06-23 20:30:00")
        self.assertEqual(str(leave.date_to), "2026-06-24 20:29:59")
        self.assertFalse(leave.resource_id)
        self.agency.tz = "UTC"
        self.assertEqual(str(leave.date_from), "2026-06-24 00:00:00")

    def test_summer_time_of_the_past_is_counted(self):
        self.env["jalali.holiday"].create(
            {"date": "2021-07-01", "name": "Then", "kind": "special"}
        )
        leave = self._days_off(self.agency)[from_jalali(1400, 4, 10)]
        self.assertEqual(str(leave.date_from), "2021-06-30 19:30:00")

    def test_two_holidays_of_a_day_are_one_day_off(self):
        leave = self._days_off(self.agency)[from_jalali(1405, 3, 14)]
        self.assertEqual(leave.name, "رحلت حضرت امام خمینی (ره)، عید سعید غدیر خم")

    def test_doing_it_twice_changes_nothing(self):
        before = self._days_off(self.agency)
        self.assertGreaterEqual(len(before), 79)
        written = []
        for method in ("write", "unlink"):
            self.patch(
                type(self.env["resource.calendar.leaves"]),
                method,
                lambda leaves, *args: written.append(leaves),
            )
        self.agency._sync_official_holidays()
        self.agency._sync_official_holidays([from_jalali(1405, 1, 1)])
        self.assertFalse(self.env["resource.calendar.leaves"].union(*written))
        self.assertEqual(self._days_off(self.agency), before)

    def test_days_off_follow_the_list_of_holidays(self):
        holiday = self.env["jalali.holiday"].create(
            {"date": "2026-10-05", "name": "Mourning"}
        )
        day = holiday.date
        self.assertEqual(self._days_off(self.agency)[day].name, "Mourning")
        holiday.name = "Election"
        self.assertEqual(self._days_off(self.agency)[day].name, "Election")
        holiday.date = "2026-10-06"
        self.assertNotIn(day, self._days_off(self.agency))
        self.assertIn(holiday.date, self._days_off(self.agency))
        day = holiday.date
        holiday.unlink()
        self.assertNotIn(day, self._days_off(self.agency))

    def test_a_loaded_year_reaches_the_calendars(self):
        self.env["jalali.holiday.load"].create(
            {
                "year": 1406,
                "file": base64.b64encode("1406/02/10,عید".encode()),
            }
        ).action_load()
        days = self._days_off(self.agency)
        self.assertIn(from_jalali(1406, 2, 10), days)
        self.assertIn(from_jalali(1406, 1, 1), days)

    def test_other_calendars_and_other_days_off_are_left_alone(self):
        other = self.env["resource.calendar"].create({"name": "Other"})
        own = self.env["resource.calendar.leaves"].create(
            {
                "name": "Ours",
                "calendar_id": self.agency.id,
                "date_from": "2026-06-23 20:30:00",
                "date_to": "2026-06-24 20:29:59",
            }
        )
        self.assertFalse(self._days_off(other))
        other.has_official_holidays = True
        self.assertEqual(
            self._days_off(other).keys(), self._days_off(self.agency).keys()
        )
        other.has_official_holidays = False
        self.assertFalse(self._days_off(other))
        self.agency.has_official_holidays = False
        self.assertTrue(own.exists())
        copied = self.thursday.copy()
        self.assertEqual(
            self._days_off(copied).keys(), self._days_off(self.thursday).keys()
        )
