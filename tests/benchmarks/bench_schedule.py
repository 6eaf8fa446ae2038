"""Plan made-up campaigns: the cost of the plan in one go, and after the search.

The campaigns are like that of 1397 (126 units, 14 teams of 13 + 10 people); the last
has 2,000 units and 100 teams. Ends with 1 if a plan takes longer than its limit, leaves
a unit without a place, or gains less than the annealing that was tried before: that
had data of its own, so what the search gains on the plan in one go is compared.
"""

import sys
import time

from odoo.tools import config

LIMIT, LIMIT_OF_MANY = 15, 120
# What the earlier trial made of the plan in one go: cost before, cost after.
TRIED = {
    "126 units, 13 days": ((18030, 14590), (18220, 15975), (17320, 16350)),
    "2,000 units, 30 days": ((242800, 212840),),
}
CASES = (
    ("74 units, 9 days", {"units": 74, "days": 9}, (1, 2, 3)),
    ("126 units, 9 days", {"days": 9}, (1, 2, 3)),
    ("126 units, 11 days", {"days": 11}, (1, 2, 3)),
    ("126 units, 13 days", {"days": 13}, (1, 2, 3)),
    (
        "2,000 units, 30 days",
        {
            "units": 2000,
            "teams": 100,
            "days": 30,
            "zones": 40,
            "people": (100, 100),
            "size": 120,
        },
        (1,),
    ),
)


def main(database):
    config.parse_config(["-d", database, "--log-level=error"])
    import odoo.addons.audit_checklist as addon  # noqa: F401
    from odoo.addons.audit_checklist.models.audit_schedule import (
        MOVES_PER_UNIT,
        PARTS,
    )
    from odoo.addons.audit_checklist.tests.schedule_cases import (
        campaign,
    )
    from odoo.addons.audit_checklist.tools.schedule import solve

    print(
        f"{'case':<22}{'seed':>5}{'in one go':>11}{'searched':>10}{'%':>5}"
        f"{'CPU s':>7}{'limit':>7}"
    )
    worse = 0
    for title, options, seeds in CASES:
        limit = LIMIT_OF_MANY if options.get("units", 0) > 1000 else LIMIT
        gains = []
        for seed in seeds:
            problem = campaign(seed, **options)
            begin = time.process_time()
            moves = MOVES_PER_UNIT * len(problem.units) // PARTS
            plan, greedy = solve(problem, moves, parts=PARTS)
            seconds = time.process_time() - begin
            gains.append(100 * (1 - plan.cost / greedy))
            left = plan.where.count(None)
            is_bad = seconds > limit or left > 0
            worse += is_bad
            print(
                f"{title:<22}{seed:>5}{greedy:>11.0f}{plan.cost:>10.0f}"
                f"{-gains[-1]:>5.0f}{seconds:>7.1f}{limit:>7}"
                f"   apart {plan.spread} min, not placed {left}{' WORSE' * is_bad}"
            )
        worse += _is_behind(gains, TRIED.get(title, ()))
    return min(worse, 1)


def _is_behind(gains, tried):
    """Print what the earlier trial gained; tell whether ours gains less on average."""
    if not tried:
        return False
    ours = sum(gains) / len(gains)
    theirs = sum(100 * (1 - after / before) for before, after in tried) / len(tried)
    costs = ", ".join(f"{before} -> {after}" for before, after in tried)
    is_behind = ours < theirs
    print(
        f"{'   tried before':<22}{costs}: {-theirs:.0f} % on average,"
        f" ours {-ours:.0f} %{' WORSE' * is_behind}"
    )
    return is_behind


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
