"""Propose which team visits which unit on which day: greedy, then annealing.

Deterministic: the same problem, seed and number of moves give the same plan on every
machine, for moves are counted and no clock is read. Exact solvers were no better
within the same time and bring hundreds of megabytes with them.
"""

from collections import Counter

from .schedule_anneal import Annealing
from .schedule_problem import SPREAD, UNPLACED, WAITING

#: Rules that an officer may give up for one unit; recusal and absence never.
CAN_BE_GIVEN_UP = ("window", "full", "time")


class Plan(Annealing):
    """Where each unit stands: ``where[unit]`` is (team, day) or None.

    Holds every rule at any time: whole teams, absences, recusals, windows, capacity,
    and that nobody is out with two teams on one day.
    """

    def __init__(self, problem):
        self.problem = problem
        teams = range(len(problem.teams))
        self.cells = [[() for _day in range(problem.days)] for _team in teams]
        self.loads = [0 for _team in teams]
        self.where = [None for _unit in problem.units]
        self._days = [
            tuple(range(problem.days) if unit.days is None else sorted(unit.days))
            for unit in problem.units
        ]
        self._teams = [
            tuple(team for team in teams if team not in unit.barred)
            for unit in problem.units
        ]
        for number, unit in enumerate(problem.units):
            if unit.pinned:
                self.put(number, *unit.pinned)

    # === Rules ===

    def fits(self, unit, team, day):
        """Tell whether no rule keeps a unit from (team, day)."""
        return next(self.obstacles(unit, team, day), None) is None

    def obstacles(self, unit, team, day):
        """Yield what keeps a unit that stands nowhere from (team, day).

        Any of ``window``, ``recusal``, ``absence``, ``shared`` (somebody is out with
        another team), ``full`` (enough visits), ``time`` (the day is too short).
        """
        problem = self.problem
        wanted = problem.units[unit]
        if wanted.days is not None and day not in wanted.days:
            yield "window"
        if team in wanted.barred:
            yield "recusal"
        if day in problem.teams[team].absent:
            yield "absence"
        if any(self.cells[rival][day] for rival in problem.rivals[team]):
            yield "shared"
        there = self.cells[team][day]
        if len(there) >= problem.most_a_day:
            yield "full"
        elif problem.day(self._with(there, unit))[1] > problem.capacity:
            yield "time"

    # === Changes ===

    def put(self, unit, team, day):
        """Put a unit that stands nowhere to (team, day)."""
        self._replace(team, day, self._with(self.cells[team][day], unit))
        self.where[unit] = (team, day)

    def take(self, unit):
        """Take a unit off the plan; return where it stood."""
        team, day = self.where[unit]
        left = tuple(number for number in self.cells[team][day] if number != unit)
        self._replace(team, day, left)
        self.where[unit] = None
        return team, day

    @staticmethod
    def _with(units, unit):
        return tuple(sorted((*units, unit)))

    def _replace(self, team, day, units):
        minutes = self.problem.day
        before = minutes(self.cells[team][day])[1] if self.cells[team][day] else 0
        after = minutes(units)[1] if units else 0
        self.loads[team] += after - before
        self.cells[team][day] = units

    # === Cost ===

    @property
    def spread(self):
        """Minutes between the busiest and the least busy team."""
        return max(self.loads) - min(self.loads) if self.loads else 0

    @property
    def cost(self):
        """The price of the whole plan; lower is better."""
        return (
            sum(self.problem.day(cell)[0] for row in self.cells for cell in row if cell)
            + SPREAD * self.spread
            + sum(self.waiting(number) for number in range(len(self.where)))
        )

    def waiting(self, unit):
        """Return what it costs that a unit stands where it does, or nowhere."""
        if self.where[unit] is None:
            return UNPLACED
        return WAITING * self.problem.units[unit].priority * self.where[unit][1]

    def price(self, unit, team, day):
        """Return what it costs to put a unit that stands nowhere to (team, day)."""
        day_cost = self.problem.day
        there = self.cells[team][day]
        before = day_cost(there) if there else (0, 0)
        after = day_cost(self._with(there, unit))
        loads = list(self.loads)
        loads[team] += after[1] - before[1]
        spread = max(loads) - min(loads) - self.spread
        waiting = WAITING * self.problem.units[unit].priority * day
        return after[0] - before[0] + SPREAD * spread + waiting

    # === Search ===

    def fill(self):
        """Put every unit that stands nowhere where it is cheapest, the urgent first."""
        units = self.problem.units
        waiting = [number for number, place in enumerate(self.where) if place is None]
        waiting.sort(
            key=lambda number: (
                -units[number].priority,
                len(self._days[number]) * len(self._teams[number]),
                -units[number].minutes,
                number,
            )
        )
        for unit in waiting:
            best = min(
                (
                    (self.price(unit, team, day), team, day)
                    for team, day in self._worth_trying(unit)
                    if self.fits(unit, team, day)
                ),
                default=None,
            )
            if best:
                self.put(unit, *best[1:])

    def _worth_trying(self, unit):
        """Yield days that begun in the unit's zone, and each team's next empty days."""
        zone = self.problem.units[unit].zone
        for team in self._teams[unit]:
            empty = 0
            for day in self._days[unit]:
                there = self.cells[team][day]
                if there:
                    if len(self.problem.teams) <= 20 or any(
                        self.problem.units[number].zone == zone for number in there
                    ):
                        yield team, day
                elif empty < 2 and self.fits(unit, team, day):
                    empty += 1
                    yield team, day


def solve(problem, moves, seed=1, parts=1):
    """Return (plan, cost of the greedy plan); ``moves`` are those of one part."""
    plan = Plan(problem)
    plan.fill()
    greedy = plan.cost
    for number in range(parts):
        plan.anneal(moves, seed, (number, parts))
        plan.fill()
    return plan, greedy


def explain(plan, unit):
    """Return why a unit stands nowhere, and the cheapest way out of it.

    ``{"causes": {cause: number of (team, day)}, "way_out": None or
    {"cause", "team", "day", "cost"}}``: what is given up is one rule and no other.
    """
    causes, ways = Counter(), []
    for team in range(len(plan.problem.teams)):
        for day in range(plan.problem.days):
            found = list(plan.obstacles(unit, team, day))
            causes.update(found)
            if not found or (len(found) == 1 and found[0] in CAN_BE_GIVEN_UP):
                price = plan.price(unit, team, day)
                ways.append((price, team, day, found[0] if found else None))
    way_out = None
    if ways:
        price, team, day, cause = min(ways, key=lambda way: way[:3])
        way_out = {"cause": cause, "team": team, "day": day, "cost": round(price)}
    return {"causes": dict(causes), "way_out": way_out}
