"""Time the requests of the service desk beside a bare model with the same columns.

Run as ``python tests/benchmarks/bench_desk.py DBNAME [ROWS]`` against a database with
service_desk; PGHOST, PGPORT, PGUSER and ODOO_RC say where. ROWS is 50,000 unless told
(1,000,000 is what the targets are given for). A copy of the database is measured.
"""

import sys
import time

from bare import ROUNDS, Bench
from desk_bare import bare_request, fill, scratch
from lxml import etree

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import new_test_user
from odoo.tools import config

ROWS, BATCH, PAGE, OWN = 50_000, 1_000, 80, 20
# As many rows as the web client counts before it is asked for the rest.
COUNT_LIMIT = 10_000
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


def columns_shown(model):
    """Return the specification of the columns that the list of requests shows."""
    arch = model.get_view(view_type="list")["arch"]
    names = {node.get("name") for node in etree.fromstring(arch).iter("field")}
    linked = {"fields": {"display_name": {}}}
    return {
        name: linked if model._fields[name].type == "many2one" else {} for name in names
    }


def open_menu(model, domain, specification):
    """Ask what the web client asks from the press on a menu to the rows."""
    action = model.env.ref("service_desk.service_desk_request_action")
    action._get_action_dict()
    model.get_views([(False, kind) for kind in ("list", "kanban", "form", "search")])
    stored = {name: how for name, how in specification.items() if name in model._fields}
    model.web_search_read(domain, stored, limit=PAGE, count_limit=COUNT_LIMIT + 1)


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
    columns_of = columns_shown(requests)
    bench.row(
        "menu to rows",
        lambda _i: open_menu(requests, still, columns_of),
        lambda _i: open_menu(bares, [], columns_of),
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


def main(dbname, rows):
    """Measure in a copy of ``dbname``."""
    with scratch(dbname) as name:
        config.parse_config(["-d", name, "--log-level=error"])
        registry = Registry(name)
        from odoo.addons.agency_base.tests.common import add_models

        with registry.cursor() as cr:
            add_models(registry, cr, [bare_request(registry)])
            measure(api.Environment(cr, SUPERUSER_ID, {}), rows)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else ROWS)
