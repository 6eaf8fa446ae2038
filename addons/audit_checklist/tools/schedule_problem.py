"""What a schedule of visits is made of, and what a day of a team costs.

Plain data and arithmetic: no database, no clock, no randomness. Days and teams are
numbered from 0; places are kilometres east and north of any point.
"""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise, permutations
from math import hypot

# In town a car covers a kilometre in about two minutes.
MINUTES_PER_KM = 2
#: Cost of a minute on the road, and of each zone that a team opens on a day.
ROAD = 10
ZONE_DAY = 300
#: Cost of each minute between the busiest and the least busy team.
SPREAD = 5
#: Cost of each day that a unit of priority 1 waits.
WAITING = 5
UNPLACED = 10_000


def _length(places):
    """Return the kilometres from the first place through all others in their order."""
    return sum(hypot(a[0] - b[0], a[1] - b[1]) for a, b in pairwise(places))


@dataclass(frozen=True)
class Unit:
    """A unit to be visited: ``minutes`` on the spot, ``priority`` 0 (none) to 10."""

    minutes: int = 90
    zone: object = None
    place: tuple | None = None
    priority: float = 0
    #: the days on which it may be visited; None for all
    days: frozenset | None = None
    #: the teams with somebody who must not judge it
    barred: frozenset = frozenset()
    #: (team, day) where it must stay
    pinned: tuple | None = None


@dataclass(frozen=True)
class Team:
    """A team: its ``members`` and the days on which one of them is ``absent``."""

    members: frozenset = frozenset()
    absent: frozenset = frozenset()


@dataclass
class Problem:
    """Units, teams and days; ``access`` are minutes from the office to a zone."""

    units: list
    teams: list
    days: int
    capacity: int = 360
    most_a_day: int = 3
    zone_change: int = 30
    access: dict = field(default_factory=dict)

    @cached_property
    def rivals(self):
        """For each team, the teams that share somebody with it."""
        return [
            [
                other
                for other, them in enumerate(self.teams)
                if other != number and team.members & them.members
            ]
            for number, team in enumerate(self.teams)
        ]

    @cached_property
    def _days_done(self):
        return {}

    def day(self, units):
        """Return (cost, minutes) of a day on which one team visits ``units``.

        >>> near, far = Unit(60, "a", (0, 0)), Unit(60, "b", (10, 0))
        >>> problem = Problem([near, far], [Team()], 1)
        >>> problem.day((0,)), problem.day((0, 1))
        ((300, 60), (800, 170))
        """
        known = self._days_done.get(units)
        if known is None:
            known = self._days_done[units] = self._work_out(units)
        return known

    def _work_out(self, units):
        visited = [self.units[number] for number in units]
        zones = {unit.zone for unit in visited}
        road = self._road([unit.place for unit in visited if unit.place])
        road += 2 * max((self.access.get(zone, 0) for zone in zones), default=0)
        minutes = sum(unit.minutes for unit in visited) + road
        minutes += self.zone_change * max(0, len(zones) - 1)
        return round(ROAD * road + ZONE_DAY * len(zones)), round(minutes)

    @staticmethod
    def _road(places):
        """Return the minutes of the shortest way through all places."""
        if len(places) < 2:
            return 0
        return MINUTES_PER_KM * min(
            _length(order)
            for order in permutations(places)
            if order[0] <= order[-1]  # the way back is as long
        )

    def order(self, units):
        """Return ``units`` in the order of the shortest way through them.

        >>> a, b, c = (Unit(30, "z", (x, 0)) for x in (0, 9, 4))
        >>> Problem([a, b, c], [Team()], 1).order((0, 1, 2))
        (0, 2, 1)
        """
        placed = [number for number in units if self.units[number].place]
        rest = tuple(number for number in units if not self.units[number].place)
        if not placed:
            return rest
        return (
            min(
                permutations(placed),
                key=lambda order: _length([self.units[n].place for n in order]),
            )
            + rest
        )
