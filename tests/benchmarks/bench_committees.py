"""Time the register, the board, a quarter's report, the minutes and their approval.

Run as ``python tests/benchmarks/bench_committees.py DBNAME`` against a database with
admin_reform_committees; PGHOST, PGPORT, PGUSER and ODOO_RC say where. 50,000 rows
of ten years are added to a new council with five committees; all is rolled back.
"""

import sys
import time
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields
from odoo.modules.registry import Registry
from odoo.tools import SQL, config

RESOLUTIONS, BODIES, MEETINGS_OF_BODY, RUNS = 50_000, 5, 400, 5
ITEMS, PEOPLE = 20, 15
# As many as the web client counts before it is asked for the rest.
PAGER_LIMIT = 10_001


def measured(env, label, work, runs=RUNS):
    """Print queries, median time and CPU of ``work``, each time with a cold cache."""
    walls, busy, queries = [], [], 0
    for _run in range(runs):
        env.invalidate_all()
        before = env.cr.sql_log_count
        clock, processor = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - clock)
        busy.append(time.process_time() - processor)
        queries = env.cr.sql_log_count - before
    middle = runs // 2
    wall, cpu = 1000 * sorted(walls)[middle], 1000 * sorted(busy)[middle]
    print(f"{label:<44}{queries:>8}{wall:>10.1f}{cpu:>10.1f}")


def found_bodies(env):
    """Return a new council's committees, each with its members."""
    committees = env["reform.committee"]
    council = committees.create({"name": "Bench", "code": "B0", "kind": "council"})
    bodies = committees.create(
        [
            {"name": f"Bench {n}", "code": f"B{n}", "parent_id": council.id}
            for n in range(1, BODIES + 1)
        ]
    )
    people = env["res.partner"].create([{"name": f"P{n}"} for n in range(PEOPLE)])
    begins = fields.Date.today() - timedelta(days=4000)
    env["reform.membership"].create(
        [
            {
                "committee_id": body.id,
                "partner_id": person.id,
                "role": "chair" if place == 0 else "member",
                "begins_on": begins,
            }
            for body in bodies
            for place, person in enumerate(people)
        ]
    )
    return bodies, people


def fill_register(env, bodies, person):
    """Add meetings of ten years and their resolutions, past the workflow."""
    env.flush_all()
    env.cr.execute(
        SQL(
            """
            WITH meeting AS (
                INSERT INTO reform_meeting
                            (committee_id, company_id, state, start_at, end_at,
                             meeting_date, jalali_year, confidentiality, quorum_rule,
                             number)
                     SELECT body.id, body.company_id, 'approved', day, day + '2 hours',
                            day::date,
                            EXTRACT(YEAR FROM day - '79 days'::interval) - 621,
                            'normal', 'majority', body.code || '/' || n
                       FROM reform_committee AS body,
                            generate_series(1, %(meetings)s) AS n,
                            LATERAL (SELECT now()::timestamp - n * '9 days'::interval
                                         AS day) AS days
                      WHERE body.id IN %(bodies)s
                  RETURNING id, committee_id, company_id, meeting_date, number
            ), item AS (
                INSERT INTO reform_agenda_item
                            (meeting_id, company_id, sequence, name, source, outcome)
                     SELECT id, company_id, 1, 'Bench', 'proposal', 'approved'
                       FROM meeting
                  RETURNING id, meeting_id
            )
            INSERT INTO reform_resolution
                        (item_id, meeting_id, committee_id, company_id, meeting_date,
                         sequence, state, text, kind, number, due_on, percent,
                         responsible_id, claimed_at)
                 SELECT item.id, meeting.id, meeting.committee_id, meeting.company_id,
                        meeting.meeting_date, n,
                        CASE WHEN n %% 25 = 0 THEN 'in_progress'
                             WHEN n %% 40 = 1 THEN 'claimed_done' ELSE 'verified' END,
                        'Resolution ' || n, 'decision', meeting.number || '-' || n,
                        meeting.meeting_date + 60, 0, %(person)s, now()
                   FROM meeting
                   JOIN item ON item.meeting_id = meeting.id,
                        generate_series(1, %(each)s) AS n
            """,
            meetings=MEETINGS_OF_BODY,
            bodies=tuple(bodies.ids),
            each=RESOLUTIONS // (BODIES * MEETINGS_OF_BODY),
            person=person.id,
        )
    )
    for table in ("reform_meeting", "reform_agenda_item", "reform_resolution"):
        env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
    env.invalidate_all()


def big_meeting(env, body):
    """Return a running meeting with many items and people."""
    meeting = env["reform.meeting"].create(
        {"committee_id": body.id, "start_at": fields.Datetime.now()}
    )
    env["reform.agenda.item"].create(
        [{"meeting_id": meeting.id, "name": f"Item {n}"} for n in range(ITEMS)]
    )
    meeting.action_start()
    meeting.attendance_ids.write({"status": "present"})
    return meeting


def measure_register(env, bodies):
    """Time what the list, its pager, the columns of cards and the calendar ask."""
    register = env["reform.resolution"]
    columns = {"number": {}, "text": {}, "due_on": {}, "state": {}, "is_overdue": {}}
    overdue = [("committee_id", "in", bodies.ids), ("is_overdue", "=", True)]
    today = fields.Date.today()
    month = [("due_on", ">=", today), ("due_on", "<=", today + timedelta(days=31))]
    screens = {
        "register, first 80 of 50,000": lambda: register.web_search_read(
            [], columns, limit=80
        ),
        "the same with the pager's count": lambda: register.web_search_read(
            [], columns, limit=80, count_limit=PAGER_LIMIT
        ),
        "count of all, when the pager is asked": lambda: register.search_count([]),
        "overdue, first 80": lambda: register.web_search_read(
            overdue, columns, limit=80, count_limit=PAGER_LIMIT
        ),
        "cards by state": lambda: register.web_read_group(
            [],
            ["state"],
            ["__count"],
            auto_unfold=True,
            unfold_read_specification=columns,
            unfold_read_default_limit=40,
        ),
        "calendar, one month": lambda: register.web_search_read(month, columns),
    }
    for label, work in screens.items():
        measured(env, label, work)


def measure_approval(env, meeting):
    """Time a row saved on the screen, and approving, which makes no PDF itself."""
    item = meeting.item_ids[:1]
    row = {
        "text": ["", "Do it"],
        "responsible_id": [False, meeting.attendance_ids[:1].partner_id.id],
        "due_on": [False, str(fields.Date.today() + timedelta(days=30))],
    }

    def save():
        meeting.minutes_save_row(item.id, False, row)
        env.flush_all()

    measured(env, "a new row saved", save)
    meeting.item_ids.outcome = "noted"
    meeting.minutes_submit()
    env.flush_all()
    measured(env, "minutes approved and sealed", lambda: approve(env, meeting), runs=1)


def approve(env, meeting):
    """Approve, as somebody else than who submitted; the PDF is left to its job."""
    meeting.with_user(env.ref("base.user_admin")).sudo().action_approve()
    env.flush_all()


def measure(env):
    """Time each screen on the filled register."""
    bodies, people = found_bodies(env)
    fill_register(env, bodies, people[0])
    print(f"{'':<44}{'queries':>8}{'wall ms':>10}{'cpu ms':>10}")
    measure_register(env, bodies)
    measured(env, "board of the council", lambda: env["reform.board"].board_open())
    measured(env, "my desk", lambda: env["reform.desk"].desk_open())
    year, quarter = env["reform.quarter.report"]._last_quarter()
    report = env["reform.quarter.report"].create(
        {"committee_id": bodies[0].id, "jalali_year": year, "quarter": quarter}
    )
    measured(env, "figures and lines of a quarter", report._collect)
    meeting = big_meeting(env, bodies[1])
    measured(
        env,
        f"minutes screen, {ITEMS} items, {PEOPLE} people",
        meeting.minutes_open,
    )
    measure_approval(env, meeting)


def main(dbname):
    """Measure, and leave nothing behind."""
    config.parse_config(["-d", dbname, "--log-level=error"])
    with Registry(dbname).cursor() as cr:
        measure(api.Environment(cr, SUPERUSER_ID, {}))
        cr.rollback()


if __name__ == "__main__":
    main(sys.argv[1])
