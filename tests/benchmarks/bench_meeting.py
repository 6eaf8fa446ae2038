"""Time one meeting, its minutes and a decision, beside bare models.

Run as ``python tests/benchmarks/bench_meeting.py DBNAME`` against a database with
admin_reform_committees; PGHOST, PGPORT, PGUSER and ODOO_RC say where. Nothing is kept.

A meeting of ours brings its members, the standing items and what is open from earlier
meetings; sending the minutes checks quorum and every row. The bare one is a row with
ten lines, changed in one save.
"""

import sys
from datetime import timedelta

from bare import Bench, bare_model

from odoo import SUPERUSER_ID, api, fields
from odoo.modules.registry import Registry
from odoo.tools import config

TOPICS, PEOPLE = 10, 7


def bare_models(registry):
    """Return a bare meeting with bare items, seats and resolutions."""
    lines = {
        "item_ids": ("reform.agenda.item", "reform.bare.item"),
        "seat_ids": ("reform.attendance", "reform.bare.seat"),
        "row_ids": ("reform.resolution", "reform.bare.row"),
    }
    return [
        bare_model(
            registry,
            "reform.meeting",
            "reform.bare.meeting",
            **{key: fields.One2many(n, "meeting_id") for key, (_s, n) in lines.items()},
        ),
        *(
            bare_model(
                registry,
                source,
                name,
                {"item_id": "reform.bare.item"},
                meeting_id=fields.Many2one("reform.bare.meeting", index=True),
            )
            for source, name in lines.values()
        ),
    ]


def found_body(env):
    """Return a committee with members who may vote, and its people."""
    body = env["reform.committee"].create({"name": "Bench", "code": "BENCH"})
    people = env["res.partner"].create([{"name": f"P{n}"} for n in range(PEOPLE)])
    begins = fields.Date.today() - timedelta(days=400)
    env["reform.membership"].create(
        [
            {
                "committee_id": body.id,
                "partner_id": person.id,
                "role": "member" if place else "chair",
                "begins_on": begins,
            }
            for place, person in enumerate(people)
        ]
    )
    return body, people


def measure(env):
    """Print the table."""
    body, people = found_body(env)
    now, due = fields.Datetime.now(), fields.Date.today() + timedelta(days=30)
    topics = [(0, 0, {"name": f"Topic {n}"}) for n in range(TOPICS)]
    seats = [(0, 0, {"partner_id": person.id}) for person in people]
    meetings, plain = [], []

    def call(turn):
        start = now - timedelta(hours=3 * turn)
        meetings.append(
            env["reform.meeting"].create(
                {"committee_id": body.id, "start_at": start, "item_ids": topics}
            )
        )

    def call_bare(_turn):
        plain.append(
            env["reform.bare.meeting"].create(
                {
                    "committee_id": body.id,
                    "start_at": now,
                    "item_ids": topics,
                    "seat_ids": seats,
                }
            )
        )

    bench = Bench(env)
    bench.row(f"a meeting of {TOPICS} topics, {PEOPLE} people", call, call_bare)
    for meeting in meetings:
        meeting.action_start()
        meeting.attendance_ids.write({"status": "present"})

    row = {
        "text": ["", "Do it"],
        "responsible_id": [False, people[0].id],
        "due_on": [False, str(due)],
    }
    plain_row = {"text": "Do it", "responsible_id": people[0].id, "due_on": due}
    bench.row(
        "one decision",
        lambda turn: meetings[turn].minutes_save_row(
            meetings[turn].item_ids[0].id, False, row
        ),
        lambda turn: plain[turn].write(
            {"row_ids": [(0, 0, plain_row | {"item_id": plain[turn].item_ids[0].id})]}
        ),
    )

    def close(turn):
        meetings[turn].item_ids.outcome = "noted"
        meetings[turn].minutes_submit()

    def close_bare(turn):
        items = [(1, item.id, {"outcome": "noted"}) for item in plain[turn].item_ids]
        plain[turn].write({"item_ids": items, "state": "done"})

    bench.row("minutes noted and sent", close, close_bare)


def main(dbname):
    """Measure in a transaction that is rolled back."""
    config.parse_config(["-d", dbname, "--log-level=error"])
    registry = Registry(dbname)
    from odoo.addons.agency_base.tests.common import add_models

    with registry.cursor() as cr:
        add_models(registry, cr, bare_models(registry))
        measure(api.Environment(cr, SUPERUSER_ID, {}))
        cr.rollback()


if __name__ == "__main__":
    main(sys.argv[1])
