"""Odoo's own tests of dates and groups, for Gregorian users, with our addons installed.

Those of the web client run in addons/jalali_calendar/tests/test_hoot.py; all of them in
`./dev bench`.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from served import cloned_database

import odoo

BASE_FILES = (
    "test_date_utils.py",
    "test_intervals.py",
    "test_ir_sequence_date_range.py",
    "test_misc.py",
    "test_tz.py",
)
FEWEST_TESTS = 180
# The tests expect what a new database of Odoo has: English for everybody.
ENGLISH = """
    UPDATE res_lang SET active = true WHERE code = 'en_US';
    UPDATE res_partner SET lang = 'en_US', tz = NULL;
"""


@pytest.fixture
def english_database():
    """Yield a database with our addons and the models that Odoo's tests need."""
    with cloned_database(os.environ["SUITE_BARE"], "odoo_suites") as name:
        _run(["psql", "-XqAt", "-d", name, "-c", ENGLISH])
        install = ["-d", name, "-i", "test_read_group", "--stop-after-init"]
        _run([os.environ["ODOO_BIN"], *install, "--no-http", "--log-level=warn"])
        yield name


def test_suites_of_odoo_pass(english_database):
    files = [_directory("base") / name for name in BASE_FILES]
    options = [f"--odoo-database={english_database}", "-q", "-p", "no:cacheprovider"]
    argv = [sys.executable, "-m", "pytest", *options, *files]
    output = _run([*argv, _directory("test_read_group")])
    # A suite that is not found passes, too.
    assert int(re.search(r"(\d+) passed", output)[1]) >= FEWEST_TESTS


def _directory(addon):
    """Return the folder of an addon's tests."""
    [tests] = filter(Path.is_dir, (Path(path, addon, "tests") for path in _addons()))
    return tests


def _addons():
    return dict.fromkeys(map(os.path.realpath, odoo.addons.__path__))


def _run(argv):
    done = subprocess.run(argv, capture_output=True, text=True)
    output = done.stdout + done.stderr
    assert not done.returncode, output[-8000:]
    return output
