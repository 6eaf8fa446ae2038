"""Time the figures of a day over 5,000 assessments of 40 answers, and count queries.

Run as ``python tests/benchmarks/bench_audit.py DBNAME`` against a database with
audit_checklist; PGHOST, PGPORT, PGUSER and ODOO_RC say where. Nothing is kept.
"""

import sys
import time
from datetime import date

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

UNITS, MAX_QUERIES = 5_000, 60
DAY = date(2026, 11, 22)
FILL = """
    INSERT INTO audit_unit (name, code, company_id, kind_id, legal_kind, active)
    SELECT 'Bench ' || n, 'BENCH' || n, %(company)s, %(kind)s, 'other', TRUE
      FROM generate_series(1, %(units)s) AS n;
    INSERT INTO audit_visit (phase_id, programme_id, company_id, unit_id, kind, state,
                             team_id, planned_minutes, planned_start, planned_on,
                             submitted_at, ended_at)
    SELECT %(phase)s, %(programme)s, %(company)s, id, 'planned', 'submitted', %(team)s,
           60, %(day)s::timestamp - (id %% 10) * interval '1 day',
           %(day)s::date - (id %% 10)::int, %(day)s, %(day)s::timestamp
           - (id %% 10) * interval '1 day'
      FROM audit_unit WHERE code LIKE 'BENCH%%';
    INSERT INTO audit_assessment (kind, source, unit_id, company_id, phase_id,
                                  programme_id, visit_id, version_id, instance_uuid,
                                  state, score, score_uncapped, has_score)
    SELECT made.kind, CASE made.kind WHEN 'audit' THEN 'visit' ELSE 'declared' END,
           visit.unit_id, visit.company_id, visit.phase_id, visit.programme_id,
           CASE made.kind WHEN 'audit' THEN visit.id END, %(version)s,
           gen_random_uuid()::text, 'submitted', 50 + visit.id %% 50,
           50 + visit.id %% 50, TRUE
      FROM audit_visit AS visit,
           (VALUES ('audit'), ('self_declaration')) AS made (kind)
     WHERE visit.phase_id = %(phase)s;
    INSERT INTO audit_answer (assessment_id, company_id, item_id, item_code, outcome,
                              ratio, is_failed)
    SELECT assessment.id, assessment.company_id, item.id, item.code, 'scored',
           ((assessment.id + item.id) %% 3) / 2.0, (assessment.id + item.id) %% 3 = 0
      FROM audit_assessment AS assessment, audit_checklist_item AS item
     WHERE assessment.phase_id = %(phase)s AND item.version_id = %(version)s;
"""


def measure(env):
    """Fill a phase by SQL and time what the evening asks of it."""
    phase = prepare(env)
    env.flush_all()
    env.cr.execute(
        FILL,
        {
            "phase": phase.id,
            "programme": phase.programme_id.id,
            "company": phase.company_id.id,
            "version": phase.version_id.id,
            "team": phase.programme_id.team_ids.id,
            "kind": env["audit.unit.kind"].search([], limit=1).id,
            "units": UNITS,
            "day": DAY,
        },
    )
    env.cr.execute("ANALYZE audit_answer, audit_assessment, audit_visit, audit_unit")
    print(f"{'':<34}{'wall s':>9}{'cpu s':>9}{'queries':>9}")
    figures = env["audit.daily.figures"]
    queries = timed(env, "figures of a day", lambda: figures._figures(phase, DAY))
    timed(env, "whole tables", lambda: figures._tables(phase, DAY))
    timed(
        env,
        "ranking, first 80",
        lambda: env["audit.ranking.report"].search_fetch(
            [("phase_id", "=", phase.id)], ["rank", "score"], limit=80
        ),
    )
    timed(
        env,
        "items by phase",
        lambda: env["audit.answer.report"]._read_group(
            [("phase_id", "=", phase.id)], ["item_code"], ["percent:avg", "failed:avg"]
        ),
    )
    if queries > MAX_QUERIES:
        sys.exit(f"{queries} queries, at most {MAX_QUERIES} are allowed")


def timed(env, label, work):
    """Run ``work``, print a row of the table and return its number of queries."""
    env.invalidate_all()
    before = env.cr.sql_log_count
    clock, processor = time.perf_counter(), time.process_time()
    work()
    wall, busy = time.perf_counter() - clock, time.process_time() - processor
    queries = env.cr.sql_log_count - before
    print(f"{label:<34}{wall:>9.2f}{busy:>9.2f}{queries:>9}")
    return queries


def prepare(env):
    """Return an open phase by the shipped checklist, with one team of its own."""
    programme = env["audit.programme"].create(
        {"name": "Bench", "date_start": "2026-11-01", "date_end": "2026-12-30"}
    )
    env["audit.team"].create({"number": 1, "programme_id": programme.id})
    return env["audit.phase"].create(
        {
            "name": "Bench",
            "programme_id": programme.id,
            "date_start": "2026-11-01",
            "date_end": "2026-12-30",
            "version_id": env.ref("audit_checklist.audit_version_desk").id,
        }
    )


def main(dbname):
    """Measure in a transaction that is rolled back."""
    config.parse_config(["-d", dbname, "--log-level=error"])
    with Registry(dbname).cursor() as cr:
        measure(api.Environment(cr, SUPERUSER_ID, {}))
        cr.rollback()


if __name__ == "__main__":
    main(sys.argv[1])
