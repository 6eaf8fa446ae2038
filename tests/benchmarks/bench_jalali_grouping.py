"""Group a million rows by month, in the Gregorian and in the Jalali calendar.

    python tests/benchmarks/bench_jalali_grouping.py DATABASE [ROWS]

The database has ``jalali_calendar`` installed. The rows live in a temporary table
that stands before a real one, so the ORM builds and runs its own queries; nothing
of the database is changed. Runs are interleaved and the median counts. On a busy
machine the clock says little: where the database server runs on the same machine,
the processor time of its process is shown and compared. The exit code is 1 when the
Jalali grouping takes more than TARGET times as long.
"""

import os
import statistics
import sys
import time
from pathlib import Path

import odoo
from odoo import api
from odoo.modules.registry import Registry

ROWS = 1_000_000
REPETITIONS = 7
TARGET = 1.3
MODEL = "res.currency.rate"
#: a date column and a datetime column, the latter seen in the time zone of Tehran
SPECS = {"date": "name:month", "datetime": "create_date:month"}
FILL = """
    CREATE TEMPORARY TABLE res_currency_rate AS
    TABLE public.res_currency_rate WITH NO DATA;
    INSERT INTO res_currency_rate (id, name, create_date, rate)
    SELECT number,
           DATE '2015-01-01' + number %% 4000,
           TIMESTAMP '2015-01-01' + number * INTERVAL '317 s',
           1
      FROM generate_series(1, %s) AS number;
    ANALYZE res_currency_rate;
    SET max_parallel_workers_per_gather = 0;
"""


def open_registry(database):
    """Return the registry of a database, configured like the server."""
    arguments = ["-d", database, "--no-http", "--log-level=warn"]
    if os.environ.get("ODOO_RC"):
        arguments += ["-c", os.environ["ODOO_RC"]]
    odoo.tools.config.parse_config(arguments)
    return Registry(database)


def stopwatch(cr):
    """Return a function that tells milliseconds, and what they are of."""
    cr.execute("SELECT pg_backend_pid()")
    stat = Path(f"/proc/{cr.fetchone()[0]}/stat")
    if not stat.exists() or "postgres" not in stat.read_text():
        return lambda: 1000 * time.perf_counter(), "elapsed"

    def processor_time():
        # user and system time stand behind the name, which may have spaces
        fields = stat.read_text().rpartition(")")[2].split()
        return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    return processor_time, "processor"


def measure(model, clock):
    """Return the milliseconds of every run by calendar and column."""
    runs = {(calendar, kind): [] for kind in SPECS for calendar in (False, True)}
    groups = {}
    for __ in range(REPETITIONS):
        for is_jalali, kind in runs:
            grouped = model.with_context(jalali_groups=is_jalali)
            start = clock()
            rows = grouped._read_group([], [SPECS[kind]], ["__count"])
            runs[is_jalali, kind].append(clock() - start)
            groups[is_jalali, kind] = sum(count for __, count in rows)
    if len(set(groups.values())) != 1:
        raise SystemExit(f"the groupings disagree: {groups}")
    return runs


def report(runs):
    """Print the table and return whether the target is met."""
    print(f"{'column':10}{'calendar':12}{'median ms':>10}{'min ms':>10}{'ratio':>8}")
    met = True
    for kind in SPECS:
        base = statistics.median(runs[False, kind])
        for is_jalali in (False, True):
            times = runs[is_jalali, kind]
            median = statistics.median(times)
            ratio = median / base
            met = met and ratio <= TARGET
            calendar = "Jalali" if is_jalali else "Gregorian"
            print(f"{kind:10}{calendar:12}{median:10.0f}{min(times):10.0f}{ratio:8.2f}")
    print(f"target: at most {TARGET} times the Gregorian grouping")
    return met


def main(database, rows=ROWS):
    with open_registry(database).cursor() as cr:
        env = api.Environment(cr, api.SUPERUSER_ID, {"tz": "Asia/Tehran"})
        cr.execute(FILL, [int(rows)])
        clock, what = stopwatch(cr)
        print(f"{int(rows):,} rows, milliseconds of {what} time")
        met = report(measure(env[MODEL], clock))
        cr.rollback()
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
