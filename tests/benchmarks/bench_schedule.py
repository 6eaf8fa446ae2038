"""Plan made-up campaigns: the cost of the plan in one go, and after the search.

The first is like the campaign of 1397 (126 units, 14 teams of 13 + 10 people); the
last has 2,000 units and 100 teams. Targets: 15 s and 2 min.
"""

import sys
import time

from odoo.tools import config

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
        f"{'case':<22}{'seed':>5}{'in one go':>11}{'searched':>10}{'%':>5}{'CPU s':>7}"
    )
    for title, options, seeds in CASES:
        for seed in seeds:
            problem = campaign(seed, **options)
            begin = time.process_time()
            moves = MOVES_PER_UNIT * len(problem.units) // PARTS
            plan, greedy = solve(problem, moves, parts=PARTS)
            seconds = time.process_time() - begin
            change = 100 * (plan.cost / greedy - 1)
            print(
                f"{title:<22}{seed:>5}{greedy:>11.0f}{plan.cost:>10.0f}{change:>5.0f}"
                f"{seconds:>7.1f}   apart {plan.spread} min,"
                f" not placed {plan.where.count(None)}"
            )


if __name__ == "__main__":
    main(sys.argv[1])
