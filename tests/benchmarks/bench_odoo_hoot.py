"""Run all hoot tests of Odoo's web client, for a Gregorian reader, with our addons.

    python tests/benchmarks/bench_odoo_hoot.py DATABASE

It takes half an hour on an idle machine, which is why `./dev test` runs only the suites
of dates and search. Tests that fail are named; the exit code tells whether any did. The
few that fail without our addons, too, for they measure the fonts and the scrolling of
Odoo's test machines, do not count.
"""

import os
import re
import socket
import subprocess
import sys
import time

# The tests expect what a new database of Odoo has: English for everybody.
ENGLISH = """
    UPDATE res_lang SET active = true WHERE code = 'en_US';
    UPDATE res_partner SET lang = 'en_US', tz = NULL;
"""
FAILED = re.compile(r'\[HOOT\] Test "(.*)" failed')
FINISHED = re.compile(r"\[HOOT\] Test suite succeeded|Some tests failed")
HOST_TESTS = re.compile(
    r": column widths|list/column_widths/|\[adjust\] statusbar with a lot of stages"
    r"|throttleForAnimationScrollEvent/scroll loses target"
)
SUITE = "/web:WebSuite.test_unit_desktop[@web]"


def main(database):
    subprocess.run(["psql", "-Xq", "-d", database, "-c", ENGLISH], check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    argv = [os.environ["ODOO_BIN"], "-d", database, "--stop-after-init"]
    argv += [f"--test-tags={SUITE}", f"--http-port={port}", "--log-level=test"]
    # A browser reserves more memory than it uses.
    argv += ["--limit-memory-hard=0", "--limit-time-real=0", "--limit-time-cpu=0"]
    start = time.perf_counter()
    done = subprocess.run(argv, stderr=subprocess.PIPE, text=True)
    log = done.stderr
    failed = sorted(set(FAILED.findall(log)))
    for name in failed:
        print("host  " if HOST_TESTS.search(name) else "FAILED", name)
    passed = len(re.findall(r'\[HOOT\] Test ".*" passed', log))
    print(f"{passed} passed, {time.perf_counter() - start:.0f} s")
    return not FINISHED.search(log) or not all(map(HOST_TESTS.search, failed))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
