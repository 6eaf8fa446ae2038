import doctest

from odoo.tests import BaseCase, tagged

from ..tools import schedule_problem
from ..tools.schedule import Plan, explain, solve
from ..tools.schedule_problem import Problem, Team, Unit
from .schedule_cases import campaign

ALONE = Team(frozenset({"a"}))


@tagged("post_install", "-at_install")
class TestScheduleSearch(BaseCase):
    def test_examples(self):
        self.assertEqual(doctest.testmod(schedule_problem).failed, 0)

    def _broken_rules(self, plan):
        """Return the places that break a rule, checked without the plan's own rules."""
        problem, broken, out = plan.problem, [], {}
        for number, (team, day) in enumerate(filter(None, plan.where)):
            for person in problem.teams[team].members:
                if out.setdefault((person, day), team) != team:
                    broken.append(("shared", number))  # noqa: PERF401
        for number, unit in enumerate(problem.units):
            team, day = plan.where[number] or (None, None)
            if team is not None and (
                (unit.days is not None and day not in unit.days)
                or team in unit.barred
                or day in problem.teams[team].absent
                or number not in plan.cells[team][day]
            ):
                broken.append(("place", number))
        cells = [cell for row in plan.cells for cell in row if cell]
        broken += [("full", cell) for cell in cells if len(cell) > problem.most_a_day]
        return broken + [
            ("time", cell) for cell in cells if problem.day(cell)[1] > problem.capacity
        ]

    def test_a_campaign_of_126_units_is_planned_within_all_rules(self):
        for days in (9, 11):
            plan, greedy = solve(campaign(1, days=days), 1500, parts=10)
            self.assertEqual(self._broken_rules(plan), [])
            self.assertEqual(plan.where.count(None), 0)
            self.assertLess(plan.cost, 0.92 * greedy)

    def test_the_cost_kept_on_the_way_is_the_cost_of_the_plan(self):
        plan, _greedy = solve(campaign(2, units=40, teams=6), 3000)
        again = Plan(plan.problem)
        for number, place in enumerate(plan.where):
            if place:
                again.put(number, *place)
        self.assertAlmostEqual(again.cost, plan.cost)

    def test_the_same_seed_gives_the_same_plan(self):
        plans = [
            solve(campaign(3, units=30, teams=5), 2000, seed)[0].where
            for seed in (7, 7, 8)
        ]
        self.assertEqual(plans[0], plans[1])
        self.assertNotEqual(plans[0], plans[2])

    def test_pinned_visits_stay(self):
        problem = campaign(4, units=30, teams=5)
        problem.units[3] = Unit(90, 0, (0, 0), pinned=(2, 1))
        plan, _greedy = solve(problem, 2000)
        self.assertEqual(plan.where[3], (2, 1))

    def test_units_with_many_clients_come_first(self):
        units = [Unit(180, "z", priority=priority) for priority in (0, 1, 10, 2)]
        plan, _greedy = solve(Problem(units, [ALONE], 2, most_a_day=1), 200)
        self.assertEqual(plan.where[2], (0, 0))
        self.assertEqual(plan.where[3], (0, 1))
        self.assertEqual(plan.where.count(None), 2)

    def test_nobody_is_out_with_two_teams_on_a_day(self):
        units = [Unit(90, "z"), Unit(90, "z")]
        teams = [Team(frozenset({"a", "b"})), Team(frozenset({"a", "c"}))]
        problem = Problem(units, teams, 1, most_a_day=1)
        plan, _greedy = solve(problem, 100)
        self.assertEqual(plan.where.count(None), 1)
        left = plan.where.index(None)
        self.assertEqual(explain(plan, left)["causes"], {"shared": 1, "full": 1})

    def test_each_cause_is_named_with_its_way_out(self):
        far = Unit(300, "far", (100, 0))
        near = Unit(300, "near", (0, 0))
        for unit, causes, way in (
            (Unit(days=frozenset()), {"window": 1}, "window"),
            (Unit(barred=frozenset({0})), {"recusal": 1}, None),
            (far, {"time": 1}, "time"),
        ):
            plan = Plan(Problem([near, unit], [ALONE], 1, most_a_day=2))
            if unit is far:
                plan.put(0, 0, 0)
            found = explain(plan, 1)
            self.assertEqual(found["causes"], causes)
            self.assertEqual((found["way_out"] or {}).get("cause"), way)

    def test_an_absence_or_a_recusal_is_never_offered_as_a_way_out(self):
        away = Team(frozenset({"a"}), frozenset({0}))
        plan = Plan(Problem([Unit()], [away], 1))
        self.assertEqual(explain(plan, 0), {"causes": {"absence": 1}, "way_out": None})

    def test_nothing_to_plan_is_a_plan(self):
        plan, greedy = solve(Problem([], [ALONE], 3), 100)
        self.assertEqual((plan.cost, greedy), (0, 0))
