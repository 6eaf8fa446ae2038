"""Time sealing 1,000 records and verifying a chain of 10,000 entries.

Run as ``python tests/benchmarks/bench_seal.py DBNAME`` against a database with
agency_base; PGHOST, PGPORT, PGUSER and ODOO_RC say where. Everything is rolled back.
"""

import os
import sys
import tempfile
import time

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

SEALED, VERIFIED, BATCH = 1_000, 10_000, 500


def timed(label, count, work):
    """Run ``work``, print a row of the table and return what it gave."""
    clock, processor = time.perf_counter(), time.process_time()
    result = work()
    wall, busy = time.perf_counter() - clock, time.process_time() - processor
    print(f"{label:<38}{count:>8}{wall:>9.2f}{busy:>9.2f}{count / wall:>11.0f}")
    return result


def measure(env):
    """Seal documents in batches and check the chain."""
    documents = env["agency.toy.document"]
    lines = [(0, 0, {"name": "one"}), (0, 0, {"name": "two"})]

    def create(count):
        return documents.create(
            [{"subject": "Bench", "mobile": "x", "line_ids": lines}] * count
        )

    def seal(records):
        for start in range(0, len(records), BATCH):
            records[start : start + BATCH]._seal()

    print(f"{'':<38}{'rows':>8}{'wall s':>9}{'cpu s':>9}{'rows/s':>11}")
    bare = timed("create, two lines each", SEALED, lambda: create(SEALED))
    timed(f"seal, {BATCH} at once", SEALED, lambda: seal(bare))
    single = create(100)
    timed("seal one by one", 100, lambda: [record._seal() for record in single])
    rest = create(VERIFIED - SEALED - 100)
    seal(rest)
    company = env.company
    chain = env["agency.seal.chain"].search([("company_id", "=", company.id)])
    found = timed(
        "verify the whole chain, rows included",
        chain.length,
        lambda: env["agency.seal"]._verify(company),
    )
    if found:
        sys.exit(f"honest records were called forged: {found[:3]}")


def main(dbname):
    """Measure in a transaction that is rolled back, with keys of its own."""
    config.parse_config(["-d", dbname, "--log-level=error"])
    registry = Registry(dbname)
    from odoo.addons.agency_base.tests.common import add_models
    from odoo.addons.agency_base.tests.toy_seals import ToyDocument, ToyLine

    with (
        tempfile.TemporaryDirectory() as keys,
        registry.cursor() as cr,
    ):
        os.environ["AGENCY_KEY_DIR"] = keys
        add_models(registry, cr, [ToyDocument, ToyLine])
        env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
        company = env["res.company"].create({"name": "Bench"})
        measure(env(context={**env.context, "allowed_company_ids": company.ids}))
        cr.rollback()


if __name__ == "__main__":
    main(sys.argv[1])
