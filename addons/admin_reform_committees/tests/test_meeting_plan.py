from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from odoo.addons.jalali_calendar.tools import to_jalali

from .common import MeetingCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 05:00:00")
class TestMeetingPlan(MeetingCase):
    def _plan(self, role="secretary", **vals):
        form = Form(self.env["reform.meeting.plan"].with_user(self.users[role]))
        for name, value in vals.items():
            setattr(form, name, value)
        return form

    def test_a_year_is_planned_in_one_go(self):
        plan = self._plan(year=1406, first_month=1, interval="2", week="2")
        action = plan.save().action_plan()
        meetings = self.env["reform.meeting"].search(action["domain"])
        days = [to_jalali(day) for day in sorted(meetings.mapped("meeting_date"))]
        self.assertEqual([month for _year, month, _day in days], [1, 3, 5, 7, 9, 11])
        self.assertTrue(all(8 <= day <= 14 for _year, _month, day in days))
        self.assertEqual(
            {day.weekday() for day in meetings.mapped("meeting_date")}, {6}
        )
        self.assertEqual(set(meetings.mapped("state")), {"draft"})
        self.assertEqual(
            {start.time().isoformat() for start in meetings.mapped("start_at")},
            {"05:30:00"},
        )
        self.assertTrue(all(meeting.attendance_ids for meeting in meetings))

    def test_days_of_the_past_are_left_out(self):
        plan = self._plan(year=1405, first_month=7, interval="1").save()
        months = [to_jalali(line.start_at)[1] for line in plan.line_ids]
        self.assertEqual(months, [9, 10, 11, 12])
        with self.assertRaisesRegex(UserError, "future"):
            self._plan(year=1404).save().action_plan()

    def test_nonsense_is_refused_in_words(self):
        for vals in ({"year": 2026}, {"first_month": 13}, {"hour": 24.5}):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "Jalali year"):
                self._plan(**vals).save().action_plan()

    def test_clashes_and_holidays_are_shown(self):
        plan = self._plan(year=1406, first_month=1, interval="6").save()
        first = plan.line_ids[0]
        self.assertFalse(first.warning)
        self.env["resource.calendar.leaves"].create(
            {
                "name": "A Holiday",
                "company_id": self.company.id,
                "date_from": first.start_at,
                "date_to": first.start_at,
            }
        )
        self._seat(self.other_body, "member", self.people["member"])
        self.env["reform.meeting"].create(
            {"committee_id": self.other_body.id, "start_at": first.start_at}
        )
        plan.line_ids.invalidate_recordset(["warning"])
        self.assertIn("Holiday: A Holiday", first.warning)
        self.assertIn(self.other_body.name, first.warning)

    def test_nobody_plans_for_bodies_he_does_not_run(self):
        plan = self._plan(role="secretary")
        self.assertEqual(plan.committee_ids[:], self.body)
