"""What bench_desk.py measures with: the bare model, the rows, a copy of a database."""

import os
import statistics
import time
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2

from odoo import fields, models, sql_db

ROUNDS, REQUESTS_PER_CLIENT = 15, 5
PLAIN = {
    "char": fields.Char,
    "text": fields.Text,
    "selection": fields.Char,
    "integer": fields.Integer,
    "float": fields.Float,
    "boolean": fields.Boolean,
    "date": fields.Date,
    "datetime": fields.Datetime,
}


def bare_model(registry):
    """Return a plain model with the columns of a request, and nothing else of it."""
    columns = {}
    for name, field in registry["service.desk.request"]._fields.items():
        if not field.store or not field.column_type or name in models.MAGIC_COLUMNS:
            continue
        if field.type == "many2one":
            columns[name] = fields.Many2one(field.comodel_name)
        elif field.type in PLAIN:
            columns[name] = PLAIN[field.type]()
    columns["tracking_code"] = fields.Char(required=True, index=True)
    columns["state"] = fields.Char(default="draft", index=True)
    about = {
        "_name": "service.desk.bare",
        "_description": "Bare Request",
        "_module": "service_desk",
        "_order": "id desc",
    }
    return type("BareRequest", (models.Model,), about | columns)


class Bench:
    """Runs the same operation on both models in turns and prints a row of ratios.

    CPU is that of Python and of PostgreSQL together, workers of parallel queries
    included: a list that makes the database work for a second has not been cheap.
    """

    def __init__(self, env):
        self.env = env
        env.cr.execute("SELECT pg_backend_pid()")
        self._backend = Path(f"/proc/{env.cr.fetchone()[0]}")
        parent = (self._backend / "stat").read_text().rpartition(")")[2].split()[1]
        self._postmaster = Path(f"/proc/{parent}/stat")
        print(
            f"{'':<34}{'desk ms':>9}{'bare ms':>9}{'wall x':>8}{'cpu x':>7}"
            f"{'desk q':>8}{'bare q':>8}"
        )

    def _busy(self):
        """Return the CPU seconds used so far."""
        backend = int((self._backend / "schedstat").read_text().split()[0]) / 1e9
        # cutime and cstime: of the workers that have ended, and nobody else's here.
        ended = self._postmaster.read_text().rpartition(")")[2].split()[13:15]
        workers = sum(map(int, ended)) / os.sysconf("SC_CLK_TCK")
        return time.process_time() + backend + workers

    def _once(self, work):
        self.env.flush_all()
        self.env.invalidate_all()
        queries = self.env.cr.sql_log_count
        clock, busy = time.perf_counter(), self._busy()
        work()
        self.env.flush_all()
        return (
            (time.perf_counter() - clock) * 1000,
            (self._busy() - busy) * 1000,
            self.env.cr.sql_log_count - queries,
        )

    def row(self, label, ours, bare, rounds=ROUNDS):
        """Compare ``ours(i)`` with ``bare(i)``, both run ``rounds`` times in turns."""
        results = [
            (self._once(lambda i=i: ours(i)), self._once(lambda i=i: bare(i)))
            for i in range(rounds + 1)
        ][1:]
        desk, plain = (
            [statistics.median(column) for column in zip(*side, strict=True)]
            for side in zip(*results, strict=True)
        )
        print(
            f"{label:<34}{desk[0]:>9.2f}{plain[0]:>9.2f}"
            f"{desk[0] / plain[0]:>8.2f}{desk[1] / max(plain[1], 0.01):>7.2f}"
            f"{desk[2]:>8.0f}{plain[2]:>8.0f}"
        )


def fill(env, request, bare, rows):
    """Give both tables ``rows`` rows of many clients, by SQL."""
    from odoo.addons.service_desk.tests.rows import FRESH, multiply

    cr = env.cr
    env.flush_all()
    # The codes drawn so far leave the range that the rows are given.
    cr.execute(
        "UPDATE service_desk_request SET tracking_code = 'x' || id "
        "WHERE tracking_code LIKE '300%'"
    )
    env.invalidate_all()
    cr.commit()
    clients = max(rows // REQUESTS_PER_CLIENT, 1)
    cr.execute(
        "INSERT INTO res_partner (name, active, company_id) "
        "SELECT 'client', true, NULL FROM generate_series(1, %s) RETURNING id",
        (clients,),
    )
    first = cr.fetchone()[0]
    client = f"{first} + n %% {clients}"
    columns = [
        name
        for name, field in bare._fields.items()
        if field.store and field.column_type and name != "id"
    ]
    sources = [(FRESH | {"partner_id": client}).get(name, name) for name in columns]
    with unindexed(cr, "service_desk_request"):
        multiply(request, rows, partner_id=client)
    with unindexed(cr, "service_desk_bare"):
        cr.execute(
            f"INSERT INTO service_desk_bare (id, {', '.join(columns)}) "
            f"SELECT nextval('service_desk_bare_id_seq'), {', '.join(sources)} "
            "FROM service_desk_request, generate_series(1, %s) AS n "
            "WHERE service_desk_request.id = %s",
            (rows, request.id),
        )
    cr.commit()
    vacuum(cr.dbname)
    env["service.desk.summary"]._count(env.company)


def vacuum(dbname):
    """Do for both tables what autovacuum does in the hours after."""
    with closing(psycopg2.connect(dbname=dbname)) as connection:
        connection.autocommit = True
        with connection.cursor() as cr:
            for table in ("request", "bare"):
                cr.execute(f"VACUUM ANALYZE service_desk_{table}")


@contextmanager
def unindexed(cr, table):
    """Fill ``table`` without its indexes and foreign keys; index it afterwards."""
    cr.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
        "WHERE indrelid = %s::regclass AND NOT indisprimary",
        (table,),
    )
    indexes = cr.fetchall()
    for name, _definition in indexes:
        cr.execute(f"DROP INDEX {name}")
    cr.execute("SET LOCAL session_replication_role = replica")
    yield
    cr.execute("SET LOCAL session_replication_role = origin")
    for _name, definition in indexes:
        cr.execute(definition)


@contextmanager
def scratch(dbname):
    """Yield the name of a copy of the database, dropped afterwards.

    What fills the tables is committed there: PostgreSQL does not use indexes for rows
    that the transaction which built them has written.
    """
    name = f"{dbname}_bench"
    with closing(psycopg2.connect(dbname="postgres")) as connection:
        connection.autocommit = True
        with connection.cursor() as cr:
            cr.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cr.execute(f'CREATE DATABASE "{name}" TEMPLATE "{dbname}"')
            try:
                yield name
            finally:
                sql_db.close_db(name)
                cr.execute(f'DROP DATABASE "{name}"')
