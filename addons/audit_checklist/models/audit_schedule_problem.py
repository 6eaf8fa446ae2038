from collections import defaultdict
from datetime import timedelta
from math import cos, radians

from odoo import fields, models

from ..tools.schedule import explain
from ..tools.schedule_problem import Problem, Team, Unit

THURSDAY, FRIDAY = 3, 4
KM_PER_DEGREE = 111.2
MOST_PRIORITY = 10
# A visit in these states stays where it is.
SETTLED = ("in_progress", "submitted", "returned", "accepted", "closed")


class AuditScheduleProblem(models.Model):
    """What the plan stands on: days, teams and units as the database knows them."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "audit.schedule"

    def _days(self):
        """Return the working days that are planned."""
        self.ensure_one()
        first = max(self.date_from, self.phase_id.date_start)
        count = (self.phase_id.date_end - first).days + 1
        days = [first + timedelta(days=number) for number in range(max(0, count))]
        # sudo: the official holidays are public
        holidays = set(
            self.env["jalali.holiday"]
            .sudo()
            .search([("date", "in", days)])
            .mapped("date")
        )
        closed = {FRIDAY} if self.works_on_thursdays else {THURSDAY, FRIDAY}
        return [
            day for day in days if day not in holidays and day.weekday() not in closed
        ]

    def _teams(self):
        self.ensure_one()
        return self.phase_id.programme_id.team_ids.sorted("number")

    def _make_lines(self):
        """Make the lines anew: a line for each unit that has to be visited."""
        self.ensure_one()
        # sudo: lines are made here only
        self.sudo().line_ids.unlink()
        visits = self.env["audit.visit"].search(
            [("programme_id", "=", self.phase_id.programme_id.id)]
        )
        ours = visits.filtered(lambda visit: visit.phase_id == self.phase_id)
        movable = ours.filtered(
            lambda visit: (
                visit.kind == "planned"
                and visit.state in ("draft", "planned")
                and not visit.is_pinned
            )
        )
        settled = ours.filtered(
            lambda visit: visit.kind == "planned" and visit.state in SETTLED
        )
        days = self._days()
        busy = (visits - movable).filtered(
            lambda visit: (
                visit.state in ("planned", "in_progress") and visit.planned_on in days
            )
        )
        fixed = busy | ours.filtered(
            lambda visit: visit.is_pinned and visit.state == "draft"
        )
        vals_list = [
            {
                "unit_id": visit.unit_id.id,
                "visit_id": visit.id,
                "team_id": visit.team_id.id,
                "day": visit.planned_on,
                "is_fixed": True,
            }
            for visit in fixed
            if visit.team_id and visit.planned_on
        ]
        visit_of = {visit.unit_id: visit.id for visit in movable}
        known = (
            settled | fixed.filtered(lambda v: v.phase_id == self.phase_id)
        ).unit_id
        vals_list += [
            {"unit_id": unit.id, "visit_id": visit_of.get(unit)}
            for unit in self.phase_id.unit_ids - known
        ]
        self.env["audit.schedule.line"].sudo().create(
            [vals | {"schedule_id": self.id} for vals in vals_list]
        )

    def _problem(self):
        """Return the problem that the lines, the teams and the days make."""
        self.ensure_one()
        days, teams = self._days(), self._teams()
        problem = ScheduleProblem(
            units=[],
            teams=[],
            days=len(days),
            capacity=self.minutes_a_day,
            most_a_day=self.visits_a_day,
        )
        problem.the_days = days
        problem.the_teams = teams
        problem.lines = list(self.line_ids)
        problem.teams = [self._team(team, days) for team in teams]
        zones = self.line_ids.unit_id.zone_id
        problem.access = {zone.id: zone.travel_minutes for zone in zones}
        busiest = max(self.line_ids.unit_id.mapped("visitors_per_day"), default=0)
        barred = self._barred_teams(teams, self.line_ids.unit_id)
        problem.units = [
            self._unit(line, problem, busiest, barred) for line in problem.lines
        ]
        return problem

    def _team(self, team, days):
        users = team.member_ids.user_id
        # sudo: that somebody is absent binds the plan, the reason is not read
        absences = self.env["audit.absence"].sudo()._find(users, days[0], days[-1])
        absent = set()
        for number, day in enumerate(days):
            members = team._members_on(day)
            if len(members) != len(team.programme_id.body_ids) or any(
                absence.user_id in members.user_id
                and absence.date_from <= day <= absence.date_to
                for absence in absences
            ):
                absent.add(number)
        return Team(frozenset(users.ids), frozenset(absent))

    def _barred_teams(self, teams, units):
        """Return {unit: numbers of the teams with somebody recused from it}."""
        today = fields.Date.context_today(self)
        # sudo: a recusal binds whether or not the planner may read it
        recusals = (
            self.env["audit.recusal"]
            .sudo()
            .search(
                [
                    ("user_id", "in", teams.member_ids.user_id.ids),
                    ("date_from", "<=", self.phase_id.date_end),
                    "|",
                    ("date_to", "=", False),
                    ("date_to", ">=", min(today, self.phase_id.date_end)),
                ]
            )
        )
        barred = defaultdict(set)
        for recusal in recusals:
            path = recusal.unit_id.parent_path or ""
            numbers = {
                number
                for number, team in enumerate(teams)
                if recusal.user_id in team.member_ids.user_id
            }
            for unit in units:
                if (unit.parent_path or "").startswith(path):
                    barred[unit] |= numbers
        return barred

    def _unit(self, line, problem, busiest, barred):
        unit, visit = line.unit_id, line.visit_id
        days = None
        if visit.window_start or visit.window_end:
            days = frozenset(
                number
                for number, day in enumerate(problem.the_days)
                if (not visit.window_start or day >= visit.window_start)
                and (not visit.window_end or day <= visit.window_end)
            )
        place = None
        if unit.latitude or unit.longitude:
            east = KM_PER_DEGREE * cos(radians(unit.latitude)) * unit.longitude
            place = (east, KM_PER_DEGREE * unit.latitude)
        return Unit(
            minutes=visit.planned_minutes or self.minutes_a_visit,
            zone=unit.zone_id.id,
            place=place,
            priority=MOST_PRIORITY * unit.visitors_per_day / busiest if busiest else 0,
            days=days,
            barred=frozenset(barred[unit]),
            pinned=problem.place_of(line) if line.is_fixed else None,
        )

    def _keep(self, plan, explain_all=False):
        """Write a plan into the lines; ``explain_all`` adds why some have no place."""
        problem = plan.problem
        order = {
            number: position
            for row in plan.cells
            for cell in row
            for position, number in enumerate(problem.order(cell))
        }
        # sudo: the lines and figures of a plan are written here only
        for number, line in enumerate(problem.lines):
            line_sudo = line.sudo()
            vals = problem.values_of(plan.where[number]) | {
                "sequence": order.get(number, 0)
            }
            if explain_all:
                vals |= self._explanation(plan, number)
            line_sudo.write(
                {
                    name: value
                    for name, value in vals.items()
                    if (line_sudo[name].id if name == "team_id" else line_sudo[name])
                    != value
                }
            )
        self.sudo().write(
            {
                "cost": round(plan.cost),
                "spread": plan.spread,
                "unplaced_count": plan.where.count(None),
                "revision": self.revision + 1,
            }
        )

    def _explanation(self, plan, number):
        if plan.where[number] is not None:
            return {"cause": False, "way_out": False}
        problem = plan.problem
        found = explain(plan, number)
        causes = found["causes"]
        way_out = found["way_out"]
        if way_out:
            way_out = {
                "cause": way_out["cause"],
                "team_id": problem.the_teams[way_out["team"]].id,
                "day": fields.Date.to_string(problem.the_days[way_out["day"]]),
                "cost": way_out["cost"],
            }
        return {
            "cause": max(causes, key=causes.get) if causes else False,
            "way_out": way_out or False,
        }


class ScheduleProblem(Problem):
    """A problem that knows which records its numbers stand for."""

    lines = ()
    the_days = ()
    the_teams = None

    def place_of(self, line):
        """Return where a line stands as (team, day) numbers, or None."""
        if not line.day or line.day not in self.the_days:
            return None
        return self.the_teams.ids.index(line.team_id.id), self.the_days.index(line.day)

    def values_of(self, place):
        """Return the values of a line that stands at (team, day) numbers or nowhere."""
        if place is None:
            return {"team_id": False, "day": False}
        team, day = place
        return {"team_id": self.the_teams[team].id, "day": self.the_days[day]}
