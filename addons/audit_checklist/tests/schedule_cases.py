"""Made-up campaigns for tests and benchmarks; the same seed makes the same one."""

import random

from ..tools.schedule_problem import Problem, Team, Unit


def campaign(seed, units=126, teams=14, days=11, zones=8, people=(13, 10), size=30):
    """Return a problem like that of a province.

    Units lie around ``zones`` centres in a square of ``size`` km. A third receives
    only on some days, up to two teams are recused from a unit, one inspector in
    seventeen is away on a day, and ``people`` of two bodies are dealt to the teams.
    """
    chance = random.Random(seed)
    centres = [
        (chance.uniform(0, size), chance.uniform(0, size)) for _zone in range(zones)
    ]
    return Problem(
        [_unit(chance, centres, teams, days) for _unit_number in range(units)],
        [
            Team(
                frozenset({("a", number % people[0]), ("b", number % people[1])}),
                frozenset(day for day in range(days) if chance.random() < 0.06),
            )
            for number in range(teams)
        ],
        days,
    )


def _unit(chance, centres, teams, days):
    zone = chance.randrange(len(centres))
    east, north = centres[zone]
    window = None
    if chance.random() < 0.35:
        first = chance.randrange(days)
        window = frozenset(range(first, min(days, first + chance.randint(2, 5))))
    return Unit(
        minutes=chance.choice((60, 90, 90, 120)),
        zone=zone,
        place=(east + chance.gauss(0, 2), north + chance.gauss(0, 2)),
        priority=chance.choice((0, 0, 1, 2, 4)),
        days=window,
        barred=frozenset(chance.sample(range(teams), chance.choice((0, 0, 1, 2)))),
    )
