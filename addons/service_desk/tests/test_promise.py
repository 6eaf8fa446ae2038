from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import NOW, DeskCase


@tagged("post_install", "-at_install")
class TestPromise(DeskCase):
    def test_five_working_days_from_sunday_is_next_sunday(self):
        request = self._make_request()
        self.assertEqual(request.date_promised, date(2026, 11, 29))
        # 14:30 in Tehran
        self.assertEqual(request.date_deadline, datetime(2026, 11, 29, 11, 0))

    def test_a_holiday_is_not_counted(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.calendar.id,
                "date_from": "2026-11-23 20:30:00",
                "date_to": "2026-11-24 20:29:59",
            }
        )
        request = self._make_request()
        self.assertEqual(request.date_promised, date(2026, 11, 30))

    def test_what_comes_after_closing_time_is_received_the_next_morning(self):
        with freeze_time("2026-11-22 15:00:00"):
            request = self._make_request()
        self.assertEqual(request.date_promised, date(2026, 11, 30))

    def test_what_comes_on_a_friday_is_received_on_saturday(self):
        with freeze_time("2026-11-27 08:00:00"):
            request = self._make_request()
        self.assertEqual(request.date_promised, date(2026, 12, 5))

    def test_working_hours_run_over_the_night(self):
        service = self._make_service(
            code="H", duration_unit="hours", duration_max=5.5, document_ids=[]
        )
        request = self._make_request(service_id=service.id)
        # 4 h 06 min are left today, 1 h 24 min are worked on Monday from 7:30
        self.assertEqual(request.date_deadline, datetime(2026, 11, 23, 5, 24))

    def test_a_calendar_without_hours_promises_nothing(self):
        emptied = self._make_calendar("Closed")
        service = self._make_service(code="C", calendar_id=emptied.id)
        # Whoever takes the lines themselves away is not asked.
        emptied.attendance_ids.unlink()
        with self.assertRaisesRegex(UserError, "no working hours"):
            self._make_request(service_id=service.id)

    def test_a_calendar_without_hours_is_not_chosen(self):
        empty = self._make_calendar("Closed", days=())
        for record, field in (
            (self.desk, "calendar_id"),
            (self.service, "calendar_id"),
            (self.unit, "desk_calendar_id"),
        ):
            with (
                self.subTest(record._name),
                self.assertRaisesRegex(ValidationError, "Enter its hours first"),
                self.env.cr.savepoint(),
            ):
                record[field] = empty
        empty.schedule_type = "flexible"
        self.desk.calendar_id = empty

    def test_a_calendar_that_is_worked_by_is_not_emptied(self):
        own = self._make_calendar("Own hours")
        for record, field in (
            (self.desk, "calendar_id"),
            (self.service, "calendar_id"),
            (self.unit, "desk_calendar_id"),
        ):
            record[field] = own
            with (
                self.subTest(record._name),
                self.assertRaisesRegex(ValidationError, record.display_name),
                self.env.cr.savepoint(),
            ):
                own.attendance_ids = [Command.clear()]
            record[field] = False
        own.attendance_ids = [Command.clear()]
        with self.assertRaisesRegex(ValidationError, "Leave it some hours"):
            self.calendar.attendance_ids = [Command.clear()]

    def test_hours_of_another_companys_holiday_do_not_count(self):
        other = self.env["res.company"].create({"name": "Other"})
        leave = (
            self.env["resource.calendar.leaves"]
            .with_company(other)
            .create(
                {
                    "name": "Theirs",
                    "calendar_id": False,
                    "date_from": "2026-11-23 20:30:00",
                    "date_to": "2026-11-24 20:29:59",
                }
            )
        )
        self.assertEqual(leave.company_id, other)
        self.assertEqual(self._make_request().date_promised, date(2026, 11, 29))

    def test_an_incomplete_file_has_no_promise_until_documents_come(self):
        request = self._make_request(complete=False)
        self.assertEqual(request.state, "incomplete")
        self.assertFalse(request.date_promised)
        with freeze_time(NOW + timedelta(days=1)):
            request.document_ids.is_received = True
            request.action_documents_complete()
        self.assertEqual(request.date_promised, date(2026, 11, 30))
        self.assertEqual(request.promise_ids.mapped("cause"), ["documents"])

    def test_the_clock_stops_for_the_clients_days_only(self):
        request = self._make_request()
        with freeze_time(NOW + timedelta(days=1)):
            request.document_ids[:1].is_received = False
            request.action_mark_incomplete()
        self.assertEqual(request.paused_days, 4)
        with freeze_time(NOW + timedelta(days=7)):
            request.document_ids.is_received = True
            request.action_documents_complete()
        # four working days after Sunday 29 November
        self.assertEqual(request.date_promised, date(2026, 12, 5))
        self.assertEqual(len(request.promise_ids), 2)

    def test_the_clock_does_not_stop_when_nothing_is_missing(self):
        request = self._make_request()
        with self.assertRaisesRegex(ValidationError, "No document of"):
            request.action_mark_incomplete()
        # What the agency obtains itself is no reason either.
        request.document_ids[:1].write({"form": "agency", "is_received": False})
        with self.assertRaisesRegex(ValidationError, "No document of"):
            request.write({"state": "incomplete"})
        self.assertEqual(request.state, "registered")
        self.assertFalse(request.paused_days)

    def test_a_promise_moved_by_the_agency_is_still_broken(self):
        request = self._make_request().with_user(self.supervisor)
        request.action_move_promise(date(2026, 12, 6), "کارشناس در مأموریت است")
        self.assertEqual(request.date_promised, date(2026, 12, 6))
        with freeze_time("2026-12-05 08:00:00"):
            request.action_mark_ready()
        self.assertEqual(request.promise_kept, "broken")

    def test_ready_before_the_promise_is_kept(self):
        request = self._make_request()
        request.action_mark_ready()
        self.assertEqual(request.promise_kept, "kept")

    def test_moving_needs_a_reason_and_a_later_date(self):
        request = self._make_request().with_user(self.supervisor)
        with self.assertRaisesRegex(ValidationError, "reason"):
            request.action_move_promise(date(2026, 12, 6), " ")
        with self.assertRaisesRegex(ValidationError, "after the promised"):
            request.action_move_promise(date(2026, 11, 25), "x")

    def test_a_promise_cannot_be_written_or_removed(self):
        request = self._make_request()
        with self.assertRaises(AccessError):
            request.write({"date_promised": date(2027, 1, 1)})
        with self.assertRaises(UserError):
            request.promise_ids.sudo().write({"date_promised": date(2027, 1, 1)})
        with self.assertRaises(UserError):
            request.promise_ids.sudo().unlink()

    def test_one_read_of_the_calendar_serves_a_batch(self):
        start = [NOW + timedelta(hours=hour) for hour in range(50)]
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            due = self.calendar._desk_due_batch([(at, 5, "days") for at in start])
        self.assertEqual(len(due), 50)
