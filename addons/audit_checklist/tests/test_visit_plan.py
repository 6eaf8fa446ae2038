from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common_field import MORNING, TODAY, FieldCase


@tagged("post_install", "-at_install")
class TestVisitPlan(FieldCase):
    """A visit from its plan to the list it stands in."""

    def test_a_visit_needs_a_unit_of_its_phase_and_a_team(self):
        stranger = self.env["audit.unit"].create({"name": "Elsewhere"})
        with self.assertRaisesRegex(ValidationError, "not among the units"):
            self._create_visit(stranger)
        visit = self._create_visit(self.unit, team_id=False)
        with self.assertRaisesRegex(ValidationError, "needs a team and a time"):
            visit.action_plan()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self._create_visit(self.agency)

    def test_the_days_a_unit_receives_the_team_are_in_order(self):
        visit = self.visit.with_user(self.officer)
        visit.write({"window_start": TODAY, "window_end": TODAY})
        for view in ("form", "list"):
            fields = self.env["audit.visit"].get_view(view_type=view)["models"]
            self.assertLessEqual(
                {"window_start", "window_end"}, set(fields["audit.visit"]), view
            )
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.env.cr.savepoint(),
        ):
            visit.window_start = TODAY + timedelta(days=1)
            self.env.flush_all()

    def test_the_first_plan_is_kept_when_a_visit_is_moved(self):
        self.assertEqual(self.visit.first_planned_on, TODAY)
        self.visit.planned_start = MORNING + timedelta(days=2)
        self.assertEqual(self.visit.first_planned_on, TODAY)
        self.assertEqual(self.visit.planned_on, TODAY + timedelta(days=2))
        self.assertEqual(self.visit.reschedule_count, 1)
        self.visit.planned_minutes = 120
        self.assertEqual(self.visit.reschedule_count, 1)

    def test_a_visit_dragged_in_the_calendar_keeps_its_minutes_and_tells_holidays(self):
        officer = self.visit.with_user(self.officer)
        monday, friday = MORNING + timedelta(days=2), MORNING + timedelta(days=6)
        for start, minutes, said in ((monday, 90, 0), (friday, 45, 1)):
            with (
                self.subTest(start),
                patch.object(type(self.env["bus.bus"]), "_sendone") as send,
            ):
                officer.write(
                    {
                        "planned_start": str(start),
                        "planned_stop": str(start + timedelta(minutes=minutes)),
                    }
                )
                told = [c for c in send.call_args_list if "simple" in c.args[1]]
                self.assertEqual(len(told), said)
            self.assertEqual(self.visit.planned_minutes, minutes)
            self.assertEqual(self.visit.planned_on, start.date())
        self.assertEqual(self.visit.closed_day, "Friday")
        self.env["jalali.holiday"].create({"date": monday, "name": "Ashura"})
        self.visit.planned_start = monday
        self.assertEqual(self.visit.closed_day, "Ashura")
        with self.assertRaises(AccessError):
            officer.write({"planned_stop": False})

    def test_what_happened_is_not_entered_by_hand(self):
        visit = self.visit.with_user(self.officer)
        for vals in (
            {"started_at": MORNING},
            {"first_planned_on": TODAY},
            {"host_name": "Somebody"},
            {"submitted_by_id": self.officer.id},
            {"number": "A/1405/001"},
            {"kind": "added_on_site"},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                visit.write(vals)
        for state in ("in_progress", "submitted", "accepted", "returned", "closed"):
            with self.subTest(state), self.assertRaises(UserError):
                visit.write({"state": state})

    def test_cancelling_and_no_access_need_a_reason(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(Exception, "cancelled_is_explained"),
            self.env.cr.savepoint(),
        ):
            self.visit.action_cancel()
            self.env.flush_all()
        self.visit.no_access_reason = "Closed for a funeral"
        self.visit.action_no_access()
        self.visit.planned_start = MORNING + timedelta(days=3)
        self.visit.action_plan()
        self.assertEqual(self.visit.first_planned_on, TODAY)
        self.assertFalse(self.visit.no_access_reason)

    def test_the_list_of_visits_opens_where_there_is_something_to_do(self):
        visits = self.env["audit.visit"].with_user(self.officer)
        self.assertEqual(
            visits._list_action()["context"],
            {"search_default_running": 1, "search_default_ahead": 1},
        )
        with freeze_time(TODAY + timedelta(days=90)):
            self.assertEqual(
                visits._list_action()["context"], {"search_default_running": 1}
            )

    def test_who_only_reads_visits_opens_their_list(self):
        observer = new_test_user(
            self.env, "watcher", groups="audit_checklist.group_observer"
        )
        opening = self.env.ref("audit_checklist.audit_visit_open_action")
        for user in (observer, self.inspector, self.officer):
            with self.subTest(user.login):
                action = opening.with_user(user).run()
                self.assertEqual(action["res_model"], "audit.visit")
        idle = new_test_user(self.env, "idle", groups="audit_checklist.group_inspector")
        self.assertEqual(opening.with_user(idle).run()["context"], {})
