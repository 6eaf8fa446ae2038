from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common_field import FieldCase

SATURDAY, SUNDAY = "2026-06-27", "2026-06-28"
# His absences and recusals are looked up; rows are written all at once.
QUERIES_A_VISIT = 2


@tagged("post_install", "-at_install")
class TestSchedule(FieldCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The visit of the common world is not pinned: it may be moved.
        people = [
            new_test_user(cls.env, f"plan_{n}", groups="audit_checklist.group_lead")
            for n in range(2)
        ]
        cls.second = cls._create_team(2, *people)
        cls.shop = cls.env["audit.unit"].create(
            {"name": "Post", "visitors_per_day": 90}
        )
        cls.phase.unit_ids |= cls.shop
        cls.schedule = (
            cls.env["audit.schedule"]
            .with_user(cls.officer)
            .create({"phase_id": cls.phase.id})
        )

    def _propose(self, schedule=None):
        schedule = schedule or self.schedule
        schedule.action_propose()
        schedule.invalidate_recordset()
        job = schedule.job_id

        class Job:
            done_count = 0

            def _checkpoint(self, done, total=None, message=None):
                Job.done_count = done

        schedule._job_propose(Job())
        return job

    def _line(self, unit):
        return self.schedule.line_ids.filtered(lambda line: line.unit_id == unit)

    def test_only_working_days_from_today_on_are_planned(self):
        days = self.schedule._days()
        self.assertEqual(days[0], date(2026, 6, 27))
        self.assertFalse({day.weekday() for day in days} & {3, 4})
        self.schedule.works_on_thursdays = True
        self.assertIn(3, {day.weekday() for day in self.schedule._days()})
        self.env["jalali.holiday"].create({"name": "Feast", "date": SUNDAY})
        self.assertNotIn(date(2026, 6, 28), self.schedule._days())

    def test_a_proposal_places_all_units_and_changes_no_visit(self):
        before = self.visit.planned_start
        job = self._propose()
        self.assertEqual(job.method, "_job_propose")
        self.assertEqual(self.schedule.state, "proposed")
        self.assertEqual(self.schedule.line_ids.unit_id, self.phase.unit_ids)
        self.assertEqual(self.schedule.unplaced_count, 0)
        self.assertEqual(self.visit.planned_start, before)
        self.assertEqual(self._line(self.agency).visit_id, self.visit)

    def test_applying_plans_the_visits_and_keeps_the_first_day(self):
        first = self.visit.planned_on
        self._propose()
        self.schedule.move(
            self._line(self.agency).id, self.second.id, SUNDAY, self.schedule.revision
        )
        self.schedule.action_apply()
        self.assertEqual(self.schedule.applied_by_id, self.officer)
        self.assertEqual(self.visit.team_id, self.second)
        self.assertEqual(str(self.visit.planned_on), SUNDAY)
        self.assertEqual(self.visit.first_planned_on, first)
        visits = self.phase.visit_ids
        self.assertEqual(visits.unit_id, self.phase.unit_ids)
        self.assertEqual(set(visits.mapped("state")), {"planned"})

    def test_pinned_visits_stay_and_are_said_to(self):
        self.visit.is_pinned = True
        self._propose()
        line = self._line(self.agency)
        self.assertTrue(line.is_fixed)
        self.assertEqual((line.team_id, line.day), (self.team, self.visit.planned_on))
        with self.assertRaises(UserError):
            self.schedule.move(line.id, self.second.id, SUNDAY, 0)

    def test_visits_go_around_the_time_of_a_pinned_one(self):
        self.visit.is_pinned = True
        self._propose()
        line = self._line(self.shop)
        day = str(self.visit.planned_on)
        self.schedule.starts_at = 0
        self.schedule.move(line.id, self.team.id, day, self.schedule.revision)
        self.visit.planned_start = self.schedule._moment(self.visit.planned_on, 60)
        self.schedule.action_apply()
        self.assertGreaterEqual(
            line.visit_id.planned_start,
            self.visit.planned_start + timedelta(minutes=self.visit.planned_minutes),
        )

    def test_what_found_no_place_leaves_its_time_to_others(self):
        self._propose()
        self.schedule.move(
            self._line(self.agency).id, False, False, self.schedule.revision
        )
        self.schedule.move(
            self._line(self.shop).id,
            self.team.id,
            str(self.visit.planned_on),
            self.schedule.revision,
        )
        self.schedule.action_apply()
        self.assertEqual(self.visit.state, "draft")
        self.assertEqual(self._line(self.shop).visit_id.state, "planned")

    def test_recusal_and_absence_are_obeyed_and_priced_as_forbidden(self):
        self.env["audit.recusal"].create(
            {"user_id": self.inspector.id, "unit_id": self.agency.id, "reason": "own"}
        )
        self.env["audit.absence"].create(
            {
                "user_id": self.second.member_ids[0].user_id.id,
                "date_from": SUNDAY,
                "date_to": SUNDAY,
            }
        )
        self._propose()
        for unit in self.agency | self.unit:
            self.assertEqual(self._line(unit).team_id, self.second)
            self.assertNotEqual(str(self._line(unit).day), SUNDAY)
        prices = self.schedule.get_prices(self._line(self.agency).id)
        self.assertEqual(prices[f"{self.team.id}/{SUNDAY}"], {"cause": "recusal"})
        self.assertEqual(prices[f"{self.second.id}/{SUNDAY}"], {"cause": "absence"})
        with self.assertRaisesRegex(UserError, "recused"):
            self.schedule.move(
                self._line(self.agency).id, self.team.id, SUNDAY, self.schedule.revision
            )

    def test_the_price_of_a_move_is_what_the_move_costs(self):
        self._propose()
        line = self._line(self.shop)
        day = str(self.schedule._days()[-1])
        price = self.schedule.get_prices(line.id)[f"{self.team.id}/{day}"]["cost"]
        before = self.schedule.cost
        self.schedule.move(line.id, self.team.id, day, self.schedule.revision)
        self.assertEqual(self.schedule.cost, before + price)

    def test_moves_are_taken_back_and_told_to_a_second_officer(self):
        self._propose()
        line = self._line(self.shop)
        place = line.team_id, line.day
        seen = self.schedule.revision
        board = self.schedule.move(line.id, self.second.id, SUNDAY, seen)
        self.assertFalse(board["changed"])
        board = self.schedule.move(self._line(self.unit).id, False, False, seen)
        self.assertTrue(board["changed"])
        self.assertEqual(board["figures"]["unplaced"], 1)
        self.schedule.undo()
        self.schedule.undo()
        self.assertEqual((line.team_id, line.day), place)
        with self.assertRaises(UserError):
            self.schedule.undo()

    def test_a_window_that_nobody_can_keep_is_explained(self):
        self.visit.write({"window_start": "2026-07-02", "window_end": "2026-07-03"})
        self._propose()
        line = self._line(self.agency)
        self.assertEqual(line.cause, "window")
        self.assertEqual(line.way_out["cause"], "window")
        self.assertIn(line.way_out["team_id"], (self.team | self.second).ids)

    def test_what_went_on_since_is_not_overwritten(self):
        self._propose()
        self.visit.with_user(self.officer).write({"cancel_reason": "moved away"})
        self.visit.with_user(self.officer).action_cancel()
        with self.assertRaisesRegex(UserError, "gone on"):
            self.schedule.action_apply()

    def test_a_unit_without_access_gets_a_new_visit(self):
        self.visit.with_user(self.officer).write({"no_access_reason": "closed"})
        self.visit.with_user(self.officer).action_no_access()
        self._propose()
        self.schedule.action_apply()
        self.assertEqual(self.visit.state, "no_access")
        again = self.phase.visit_ids.filtered(lambda v: v.unit_id == self.agency)
        self.assertEqual(set(again.mapped("state")), {"no_access", "planned"})

    def test_the_rest_is_planned_anew_without_what_is_pinned(self):
        self._propose()
        self.schedule.action_apply()
        with self.assertRaises(UserError):
            self.schedule.action_propose()
        action = self.schedule.action_replan()
        again = self.env["audit.schedule"].browse(action["res_id"])
        self.assertEqual(again.state, "draft")
        self.assertEqual(again.phase_id, self.phase)

    def test_only_officers_plan(self):
        self._propose()
        inspector = self.schedule.with_user(self.inspector)
        for call in (
            inspector.get_board,
            inspector.undo,
            inspector.action_apply,
            lambda: inspector.get_prices(self._line(self.shop).id),
        ):
            with self.assertRaises(AccessError):
                call()
        observer = self.schedule.with_user(self.users["observer"])
        self.assertFalse(observer.get_board()["is_editable"])
        with self.assertRaises(AccessError):
            observer.undo()

    def test_a_phase_without_days_or_teams_says_so(self):
        self.schedule.date_from = "2026-07-03"
        self.phase.date_end = "2026-07-03"
        with self.assertRaisesRegex(UserError, "working day"):
            self.schedule.action_propose()

    def test_a_visit_more_costs_few_queries(self):
        units = self.env["audit.unit"].create([{"name": f"U{n}"} for n in range(16)])
        self.phase.unit_ids |= units
        start = self.visit.planned_start + timedelta(days=1)
        drafts = self.env["audit.visit"].create(
            [
                {
                    "phase_id": self.phase.id,
                    "team_id": self.second.id,
                    "unit_id": unit.id,
                    "planned_start": start + timedelta(hours=3 * place),
                }
                for place, unit in enumerate(units)
            ]
        )

        def queries(visits):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            visits.action_plan()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        few, many = queries(drafts[:4]), queries(drafts[4:])
        self.assertLessEqual(many - few, QUERIES_A_VISIT * 8)
        self.assertEqual(set(drafts.member_ids.mapped("is_busy")), {True})
        drafts.action_unplan()
        self.assertEqual(set(drafts.member_ids.mapped("is_busy")), {False})
