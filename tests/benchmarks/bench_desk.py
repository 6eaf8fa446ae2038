"""Time the requests of the service desk beside a bare model with the same columns.

Run as ``python tests/benchmarks/bench_desk.py DBNAME [ROWS]`` against a database with
service_desk; PGHOST, PGPORT, PGUSER and ODOO_RC say where. ROWS is 50,000 unless told
(1,000,000 is what the targets are given for). A copy of the database is measured.
"""

import statistics
import sys
import time
from contextlib import closing, contextmanager

import psycopg2

from odoo import SUPERUSER_ID, api, fields, models, sql_db
from odoo.modules.registry import Registry
from odoo.tests import new_test_user
from odoo.tools import config

ROWS, BATCH, ROUNDS, PAGE, OWN = 50_000, 1_000, 15, 80, 20
REQUESTS_PER_CLIENT = 5
OPEN_STATES = ("incomplete", "registered", "referred", "ready")
CODE, ONE_CODE = "0076229645", "0499370899"
# What a request gets by default and from its client, given to the bare one.
PLAIN_VALS = {
    "company_id": 1,
    "user_id": SUPERUSER_ID,
    "channel": "desk",
    "priority": "normal",
    "visit_count": 1,
    "identifier_kind": "national",
    "identifier_clear": CODE,
    "identifier_digest": "0" * 64,
    "search_key": "client",
}


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
    """Runs the same operation on both models in turns and prints a row of ratios."""

    def __init__(self, env):
        self.env = env
        print(
            f"{'':<34}{'desk ms':>9}{'bare ms':>9}{'wall x':>8}{'cpu x':>7}"
            f"{'desk q':>8}{'bare q':>8}"
        )

    def _once(self, work):
        self.env.flush_all()
        self.env.invalidate_all()
        queries = self.env.cr.sql_log_count
        clock, busy = time.perf_counter(), time.process_time()
        work()
        self.env.flush_all()
        return (
            (time.perf_counter() - clock) * 1000,
            (time.process_time() - busy) * 1000,
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


def build(env):
    """Make a desk with a calendar, a service without documents and a client."""
    unit = env["hr.department"].create({"name": "Unit"})
    service = env["service.desk.service"].create(
        {
            "name": "Bench",
            "code": "BENCH",
            "duration_max": 5,
            "department_id": unit.id,
        }
    )
    service.action_publish()
    desk = env["service.desk"].create({"name": "Bench", "user_ids": [(4, env.uid)]})
    partner = env["res.partner"].create({"name": "Client"})
    return {
        "service_id": service.id,
        "desk_id": desk.id,
        "partner_id": partner.id,
        "client_name": "Client",
        "mobile": "+989121234318",
    }


def measure(env, rows):
    """Print the table."""
    requests, bares = env["service.desk.request"], env["service.desk.bare"]
    vals = build(env)
    ours = vals | {"national_id": CODE}
    numbers = iter(range(10**9, 2 * 10**9))

    def bare_vals():
        return vals | PLAIN_VALS | {"tracking_code": str(next(numbers))}

    bench = Bench(env)
    bench.row(
        f"create {BATCH} in a batch",
        lambda _i: requests.create([dict(ours) for _n in range(BATCH)]),
        lambda _i: bares.create([bare_vals() for _n in range(BATCH)]),
        rounds=3,
    )
    bench.row(
        "create one",
        lambda _i: requests.create(dict(ours)),
        lambda _i: bares.create(bare_vals()),
    )

    def ready(count):
        made = requests.create([dict(ours) for _n in range(count)])
        made.action_register()
        made.action_mark_ready()
        return made

    close = {"state": "delivered", "date_closed": "2026-01-01"}
    singles = [ready(1) for _i in range(ROUNDS + 1)]
    plain = [bares.create(bare_vals()) for _i in range(ROUNDS + 1)]
    bench.row(
        "close one",
        lambda i: singles[i].action_deliver(),
        lambda i: plain[i].write(close),
    )
    hundreds = [ready(100) for _i in range(4)]
    plain = [bares.create([bare_vals() for _n in range(100)]) for _i in range(4)]
    bench.row(
        "close 100 in a batch",
        lambda i: hundreds[i].action_deliver(),
        lambda i: plain[i].write(close),
        rounds=3,
    )

    fill(env, singles[0], bares.create(bare_vals()), rows)
    print(f"with {rows:,} rows:")
    measure_reading(bench, env)


def fill(env, request, bare, rows):
    """Give both tables ``rows`` rows of many clients, by SQL."""
    from odoo.addons.service_desk.tests.rows import FRESH, multiply

    cr = env.cr
    env.flush_all()
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
    cr.execute("ANALYZE service_desk_bare")
    cr.commit()
    env["service.desk.summary"]._count(env.company)


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


def measure_reading(bench, env):
    """Print what is read, the tables being full."""
    # Ours under the rules of a supervisor, the bare one free of any.
    requests = env["service.desk.request"].with_user(
        new_test_user(env, "bench", groups="service_desk.group_supervisor")
    )
    bares = env["service.desk.bare"]
    shown = ["tracking_code", "client_name", "service_id", "state", "date_promised"]

    def page(model, domain=(), limit=PAGE):
        return model.search(list(domain), limit=limit).read(shown)

    bench.row("list, first page", lambda _i: page(requests), lambda _i: page(bares))
    code = [("tracking_code", "=", "3000000042")]
    bench.row(
        "tracking code", lambda _i: page(requests, code), lambda _i: page(bares, code)
    )
    env.cr.execute(
        "UPDATE service_desk_request SET identifier_digest = %s "
        "WHERE tracking_code = '3000000042'",
        (requests._identifier_digest(ONE_CODE),),
    )
    bench.row(
        "national code",
        lambda _i: page(requests, [("national_id", "=", ONE_CODE)]),
        lambda _i: page(bares, code),
    )
    name = "d3d9446802a44259"
    bench.row(
        "search bar, a name",
        lambda _i: page(requests, [("display_name", "ilike", name)]),
        lambda _i: page(bares, [("client_name", "ilike", name)]),
        rounds=3,
    )
    still = [("state", "in", OPEN_STATES)]

    def columns(model, domain):
        for state, _count in model._read_group(domain, ["state"], ["__count"]):
            page(model, [*domain, ("state", "=", state)])

    bench.row(
        "kanban of open requests",
        lambda _i: columns(requests, still),
        lambda _i: columns(bares, []),
        rounds=3,
    )
    board = requests.env["service.desk.summary"]
    by = ["date_registered:month", "department_id", "state"]
    bench.row(
        "supervisor's board",
        lambda _i: board.board_load(),
        lambda _i: bares._read_group([], by, ["__count"]),
        rounds=3,
    )
    client = requests.search([], limit=1).partner_id
    own = [("partner_id", "=", client.id), ("state", "!=", "draft")]
    bench.row(
        "a client's own list",
        lambda _i: (requests.sudo().search_count(own), page(requests.sudo(), own, OWN)),
        lambda _i: page(bares, limit=OWN),
    )
    clock = time.perf_counter()
    board.sudo()._count(env.company)
    print(f"the summary counted anew: {(time.perf_counter() - clock) * 1000:,.0f} ms")


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


def main(dbname, rows):
    """Measure in a copy of ``dbname``."""
    with scratch(dbname) as name:
        config.parse_config(["-d", name, "--log-level=error"])
        registry = Registry(name)
        from odoo.addons.agency_base.tests.common import add_models

        with registry.cursor() as cr:
            add_models(registry, cr, [bare_model(registry)])
            measure(api.Environment(cr, SUPERUSER_ID, {}), rows)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else ROWS)
