"""Time the requests of the service desk beside a bare model with the same columns.

Run as ``python tests/benchmarks/bench_desk.py DBNAME [ROWS]`` against a database with
service_desk; PGHOST, PGPORT, PGUSER and ODOO_RC say where. ROWS is 50,000 unless told
(1,000,000 is what the targets are given for). Everything is rolled back.
"""

import statistics
import sys
import time

from odoo import SUPERUSER_ID, api, fields, models
from odoo.modules.registry import Registry
from odoo.tools import config

ROWS, BATCH, ROUNDS, PAGE = 50_000, 1_000, 15, 80
OPEN_STATES = ("incomplete", "registered", "referred", "ready")
CODE = "0076229645"


class BareRequest(models.Model):
    """The columns of a request, and nothing else of it."""

    _name = "service.desk.bare"
    _description = "Bare Request"
    _module = "service_desk"
    _order = "id desc"

    tracking_code = fields.Char(required=True, index=True)
    company_id = fields.Many2one("res.company")
    service_id = fields.Many2one("service.desk.service")
    version_id = fields.Many2one("service.desk.service.version")
    desk_id = fields.Many2one("service.desk")
    department_id = fields.Many2one("hr.department")
    user_id = fields.Many2one("res.users")
    partner_id = fields.Many2one("res.partner")
    client_name = fields.Char(required=True)
    mobile = fields.Char()
    channel = fields.Char()
    priority = fields.Char()
    mode = fields.Char()
    state = fields.Char(default="draft", index=True)
    date_registered = fields.Datetime()
    date_promised = fields.Date()
    date_deadline = fields.Datetime()
    date_ready = fields.Datetime()
    date_closed = fields.Datetime()
    promise_kept = fields.Char()


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
    from odoo.addons.service_desk.tests.rows import FRESH, multiply

    requests, bares = env["service.desk.request"], env["service.desk.bare"]
    vals = build(env)
    ours = vals | {"national_id": CODE}
    numbers = iter(range(10**9, 2 * 10**9))

    def bare_vals():
        return vals | {"tracking_code": str(next(numbers)), "channel": "desk"}

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

    multiply(singles[0], rows)
    columns = [
        name
        for name, field in bares._fields.items()
        if field.store and field.column_type and name != "id"
    ]
    sources = [FRESH.get(name, name) for name in columns]
    bares.create(bare_vals())
    env.flush_all()
    env.cr.execute(
        f"INSERT INTO service_desk_bare (id, {', '.join(columns)}) "
        f"SELECT nextval('service_desk_bare_id_seq'), {', '.join(sources)} "
        "FROM service_desk_request, generate_series(1, %s) AS n "
        "WHERE service_desk_request.id = %s",
        (rows, singles[0].id),
    )
    env.cr.execute("ANALYZE service_desk_bare")

    shown = ["tracking_code", "client_name", "service_id", "state", "date_promised"]
    print(f"with {rows:,} rows:")

    def page(model, domain=()):
        return model.search(list(domain), limit=PAGE).read(shown)

    bench.row("list, first page", lambda _i: page(requests), lambda _i: page(bares))
    code = [("tracking_code", "=", "3000000042")]
    bench.row(
        "tracking code", lambda _i: page(requests, code), lambda _i: page(bares, code)
    )
    bench.row(
        "search bar, a name",
        lambda _i: page(requests, [("display_name", "ilike", "d3d9446802a44259")]),
        lambda _i: page(bares, [("client_name", "ilike", "d3d9446802a44259")]),
        rounds=5,
    )
    still = [("state", "in", OPEN_STATES)]
    bench.row(
        "kanban of open requests",
        lambda _i: requests._read_group(still, ["state"], ["__count"]),
        lambda _i: bares._read_group([], ["state"], ["__count"]),
        rounds=5,
    )


def main(dbname, rows):
    """Measure in a transaction that is rolled back."""
    config.parse_config(["-d", dbname, "--log-level=error"])
    registry = Registry(dbname)
    from odoo.addons.agency_base.tests.common import add_models

    with registry.cursor() as cr:
        add_models(registry, cr, [BareRequest])
        env = api.Environment(cr, SUPERUSER_ID, {})
        measure(env, rows)
        cr.rollback()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else ROWS)
