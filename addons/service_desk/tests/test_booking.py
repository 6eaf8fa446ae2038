import re
from datetime import datetime, timedelta

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NOW
from .test_track_actions import PublicCase

CHOICE = re.compile(r'value="(\d+\.\d{12})"')


@tagged("post_install", "-at_install")
class TestBooking(PublicCase):
    """A client chooses the hour of his appointment, from the tracking page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.presence = cls._make_service(
            code="P", needs_presence=True, document_ids=[], step_ids=[]
        )
        # Today is a Sunday, 10:24; Monday is next.
        cls.hours = cls.env["service.desk.reception"].create(
            {
                "department_id": cls.unit.id,
                "weekday": "0",
                "hour_from": 8,
                "hour_to": 9.5,
                "minutes": 30,
                "room": "12",
                "expert_name": "رضا کمالی",
            }
        )

    def setUp(self):
        super().setUp()
        self.request = self._make_request(service_id=self.presence.id)
        self.note = self._pass(self.request)

    def _ask(self, choice="", note=None):
        data = {"pass": note or self.note, "choice": choice}
        return self._send("/desk/track/appointment", **data)

    def _choices(self):
        return CHOICE.findall(self._ask().text)

    def _appointments(self, state="planned"):
        return self.env["service.desk.appointment"].search(
            [("request_id", "=", self.request.id), ("state", "=", state)]
        )

    def test_who_books_in_english_is_told_as_everybody_is(self):
        self.url_open("/desk?lang=en_US")
        self.addCleanup(self.opener.cookies.clear)
        page = self._ask(self._choices()[0])
        self.assertIn('lang="en"', page.text)
        told = self.request.event_ids.filtered(lambda e: e.kind == "appointment")
        self.assertIn("آذر", told.note)
        self.assertNotIn("appointment", told.note)

    def test_the_free_hours_are_shown_and_one_is_taken(self):
        choices = self._choices()
        self.assertEqual(len(choices), 6, "three on each of two Mondays")
        page = self._ask(choices[1])
        made = self._appointments()
        # 8:30 in Tehran
        self.assertEqual(made.date_start, datetime(2026, 11, 23, 5, 0))
        self.assertEqual((made.room, made.place), ("12", "unit"))
        self.assertTrue(made.is_own_choice)
        self.assertIn("رضا کمالی", page.text)
        self.assertIn("appointment", self.request.event_ids.mapped("kind"))
        self._ask(choices[2])
        self.assertEqual(self._appointments(), made, "one appointment at a time")

    def test_a_taken_hour_is_not_given_twice(self):
        other = self._make_request(service_id=self.presence.id)
        note = self._pass(other)
        choices = self._choices()
        self._ask(choices[0])
        page = self._ask(choices[0], note)
        self.assertIn("d-alert-error", page.text)
        self.assertNotIn(f'value="{choices[0]}"', page.text)
        self.assertIn(choices[1], page.text, "the others are offered")
        self.assertFalse(other.appointment_ids)

    def test_holidays_and_past_hours_are_not_offered(self):
        choice = self._choices()[0]
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.calendar.id,
                "date_from": datetime(2026, 11, 22, 20, 30),
                "date_to": datetime(2026, 11, 23, 20, 29),
            }
        )
        self.assertEqual(len(self._choices()), 3, "one Monday is left")
        page = self._ask(choice)
        self.assertIn("دیگر آزاد نیست", page.text, "the page was open before")
        self.assertFalse(self._appointments())

    def test_what_was_never_offered_is_refused(self):
        forged = [
            f"{self.hours.id}.202611230501",
            f"{self.hours.id}.202611250500",
            "999999.202611230500",
            "x" * 4000,
            "' OR 1=1",
        ]
        with mute_logger("odoo.http"):
            for choice in forged:
                self._ask(choice)
        self.assertFalse(self.request.appointment_ids)

    def test_a_request_that_needs_no_presence_books_nothing(self):
        choices = self._choices()
        other = self._make_request()
        page = self._ask(choices[0], self._pass(other))
        self.assertIn("d-alert-error", page.text)
        self.assertFalse(other.appointment_ids)

    def test_a_client_calls_it_off_as_long_as_the_unit_can_be_told(self):
        self._ask(self._choices()[0])
        with freeze_time(datetime(2026, 11, 23, 3, 0)):
            self.note = self._pass(self.request)
            self._ask("cancel")
            self.assertTrue(self._appointments(), "an hour and a half before: too late")
        with freeze_time(NOW + timedelta(hours=1)):
            self.note = self._pass(self.request)
            self._ask("cancel")
        self.assertTrue(self._appointments("cancelled"))
        self.assertFalse(self._appointments())

    def test_without_a_pass_or_a_token_nothing_is_booked(self):
        choice = self._choices()[0]
        page = self._ask(choice, "forged")
        self.assertNotIn("d-steps", page.text)
        data = {"pass": self.note, "choice": choice}
        with mute_logger("odoo.http"):
            page = self.url_open("/desk/track/appointment", data=data)
        self.assertEqual(page.status_code, 400)
        self.assertFalse(self.request.appointment_ids)

    def test_who_chose_is_recorded_not_entered(self):
        appointments = self.env["service.desk.appointment"].with_user(self.clerk)
        with self.assertRaises(AccessError):
            appointments.create(
                {
                    "request_id": self.request.id,
                    "department_id": self.unit.id,
                    "expert_name": "رضا",
                    "date_start": NOW + timedelta(days=1),
                    "is_own_choice": True,
                }
            )

    def test_liaisons_set_the_hours_of_their_own_units(self):
        hours = self.hours.with_user(self.liaison)
        hours.note = "اصل سند"
        with self.assertRaises(AccessError):
            self.hours.with_user(self.other_liaison).write({"note": "x"})
        with self.assertRaises(AccessError):
            self.hours.with_user(self.clerk).write({"note": "x"})

    def test_hours_make_sense(self):
        for wrong in (
            {"hour_to": 7},
            {"minutes": 0},
            {"room": False},
            {"expert_name": False},
        ):
            with (
                self.subTest(wrong),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.hours.write(wrong)
                self.hours.flush_recordset()
