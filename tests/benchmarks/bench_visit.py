"""Time one visit of 40 items, planned and answered, beside bare models.

Run as ``python tests/benchmarks/bench_visit.py DBNAME`` against a database with
audit_checklist; PGHOST, PGPORT, PGUSER and ODOO_RC say where. Nothing is kept.

Answering is one message of a phone that holds every answer: ours are written down with
the journal of operations, the columns beside the answer and the score; the bare ones
are forty lines changed in one save.
"""

import sys
import uuid

from bare import ROUNDS, Bench, bare_model

from odoo import SUPERUSER_ID, api, fields
from odoo.modules.registry import Registry
from odoo.tests import new_test_user
from odoo.tools import config

DEVICE = "bench-device"
ANSWERED = {
    "option_id": 1,
    "outcome": "scored",
    "ratio": 1.0,
    "revision": 1,
    "answered_by_id": SUPERUSER_ID,
    "answered_at": "2026-01-01",
    "received_at": "2026-01-01",
}


def bare_models(registry):
    """Return a bare assessment and its bare answers."""
    answers = fields.One2many("audit.bare.answer", "assessment_id")
    return [
        bare_model(
            registry, "audit.assessment", "audit.bare.assessment", answer_ids=answers
        ),
        bare_model(
            registry,
            "audit.answer",
            "audit.bare.answer",
            {"assessment_id": "audit.bare.assessment"},
            assessment_id=fields.Many2one("audit.bare.assessment", index=True),
        ),
    ]


def prepare(env):
    """Return an open phase of two bodies, with a team and units to visit."""
    lead, other = (
        new_test_user(env, f"bench_{role}", groups=f"audit_checklist.group_{role}")
        for role in ("lead", "inspector")
    )
    bodies = env["audit.body"].create(
        [
            {"name": f"Bench {n}", "code": f"BENCH{n}", "approver_ids": [lead.id]}
            for n in range(2)
        ]
    )
    version = env.ref("audit_checklist.audit_version_desk")
    version.checklist_id.body_ids = bodies
    version.with_user(lead).action_approve()
    version.action_publish()
    today = fields.Date.today()
    span = {"date_start": today, "date_end": fields.Date.add(today, days=30)}
    programme = env["audit.programme"].create(
        span | {"name": "Bench", "body_ids": [(6, 0, bodies.ids)]}
    )
    env["audit.team"].create(
        {
            "number": 1,
            "programme_id": programme.id,
            "member_ids": [
                (0, 0, {"user_id": lead.id, "body_id": bodies[0].id, "is_lead": True}),
                (0, 0, {"user_id": other.id, "body_id": bodies[1].id}),
            ],
        }
    )
    units = env["audit.unit"].create([{"name": f"U{n}"} for n in range(ROUNDS + 1)])
    phase = env["audit.phase"].create(
        span
        | {
            "name": "Bench",
            "programme_id": programme.id,
            "version_id": version.id,
            "unit_ids": [(6, 0, units.ids)],
        }
    )
    programme.action_run()
    phase.action_open()
    return phase, lead


def operation(assessment, user, sequence, kind, **rest):
    """Return what a phone sends of one tap."""
    return {
        "uuid": str(uuid.uuid4()),
        "user": user.id,
        "assessment": assessment.instance_uuid,
        "kind": kind,
        "seq": sequence,
        "base": 0,
        "at": _clock(),
        "payload": {},
    } | rest


def _clock():
    return f"{fields.Datetime.now().isoformat()}Z"


def answers(assessment, user, items):
    """Return an answer to each item, as operations of a phone."""
    made = []
    for place, item in enumerate(items, 2):
        option = item.response_set_id.option_ids[:1].code
        payload = {"option": option} if option else {"text": "Words"}
        made.append(
            operation(
                assessment, user, place, "answer", item=item.code, payload=payload
            )
        )
    return made


def measure(env):
    """Print the table."""
    phase, lead = prepare(env)
    visits, units = env["audit.visit"], phase.unit_ids
    field = env["audit.field"].with_user(lead)
    items = phase.version_id.item_ids
    lines = [(0, 0, {"item_id": item.id, "item_code": item.code}) for item in items]
    shape = {"phase_id": phase.id, "version_id": phase.version_id.id, "kind": "audit"}
    planned = {"phase_id": phase.id, "team_id": phase.programme_id.team_ids.id}
    made, plain = [], []

    def plan(turn):
        visit = visits.create(
            planned
            | {
                "unit_id": units[turn].id,
                "planned_start": fields.Datetime.add(
                    fields.Datetime.now(), hours=4 * turn
                ),
            }
        )
        visit.action_plan()
        made.append(visit.assessment_id)

    def plan_bare(turn):
        unit = {"unit_id": units[turn].id, "instance_uuid": str(uuid.uuid4())}
        plain.append(
            env["audit.bare.assessment"].create(shape | unit | {"answer_ids": lines})
        )

    bench = Bench(env)
    bench.row(f"plan a visit of {len(items)} items", plan, plan_bare)
    sent = []
    for assessment in made:
        start = operation(assessment, lead, 1, "start")
        field._sync(DEVICE, _clock(), [start], {})
        sent.append(answers(assessment, lead, items))

    def answer(turn):
        reply = field._sync(DEVICE, _clock(), sent[turn], {})
        verdicts = {verdict["status"] for verdict in reply["verdicts"].values()}
        if verdicts != {"applied"}:
            sys.exit(f"not applied: {reply['verdicts']}")

    bench.row(
        f"answer the {len(items)} items",
        answer,
        lambda turn: plain[turn].write(
            {"answer_ids": [(1, line.id, ANSWERED) for line in plain[turn].answer_ids]}
        ),
    )


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
