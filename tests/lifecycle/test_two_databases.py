"""One server process, several readers and two databases: calendars do not mix.

The first database has our addons, the second has not. What the second answers, and
with how many queries, is compared with a process that never loaded an addon of ours.
"""

import itertools
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from served import Served, cloned_database

# Midnight between two Jalali months in Tehran; the day before in New York.
MOMENT = "2025-11-21 20:30:00"
QUIET = ("--max-cron-threads=0", "--log-level=info")
QUERIES = re.compile(r"werkzeug: .*/web/(?:dataset|session|export)\S* .* 200 - (\d+) ")
# Run in a shell of the database without our addons.
FOREIGN_CLASSES = """
from odoo.modules.registry import Registry
def has_ours(registry):
    classes = {cls for model in registry.models.values() for cls in model.mro()}
    return any(".jalali_calendar" in cls.__module__ for cls in classes)
for name, registry in (("with", Registry("%(ours)s")), ("without", env.registry)):
    print(f"{name}: {has_ours(registry)}")

"""
# login: (language, zone, preference, month and year of MOMENT)
READERS = {
    "fa": ("fa_IR", "Asia/Tehran", "language", "آذر ۱۴۰۴", "۱۴۰۴"),
    "fa_west": ("fa_IR", "America/New_York", "language", "آبان ۱۴۰۴", "۱۴۰۴"),
    "mixed": ("fa_IR", "Asia/Tehran", "gregorian", "نوامبر ۲۰۲۵", "۲۰۲۵"),
    "en": ("en_US", "UTC", "language", "November 2025", "2025"),
}
STOCK_READERS = {"fa": "Asia/Tehran", "en": "UTC"}
ROUNDS = 5


class Reader:
    """A user of one database, as his web client speaks with the server."""

    def __init__(self, url, database, login):
        self.url = url
        self.session = requests.Session()
        self.context = {}
        credentials = {"db": database, "login": login, "password": login}
        info = self.post("/web/session/authenticate", **credentials)
        self.context = info["user_context"]

    def post(self, path, **params):
        answer = self.session.post(
            self.url + path, json={"jsonrpc": "2.0", "params": params}, timeout=120
        ).json()
        assert "error" not in answer, answer
        return answer["result"]

    def call(self, model, method, *args, **kwargs):
        kwargs = {"context": self.context, **kwargs}
        path = f"/web/dataset/call_kw/{model}/{method}"
        return self.post(path, model=model, method=method, args=args, kwargs=kwargs)

    def group(self, unit):
        return self.call(
            "res.partner",
            "formatted_read_group",
            [["name", "=", "Two"]],
            [f"create_date:{unit}"],
            ["__count"],
        )

    def look(self):
        """Return all that the screens of the calendar ask the server for."""
        domain, spec = [["name", "=", "Two"]], "create_date:month"
        info = self.post("/web/session/get_session_info")
        bar = {"field": "type", "colors": {"contact": "success"}}
        ask = self.call
        return [
            info.get("calendar"),
            *map(self.group, ("day", "week", "month", "quarter", "year")),
            ask("res.partner", "web_read_group", domain, [spec]),
            ask("res.partner", "formatted_read_grouping_sets", domain, [[spec], []]),
            ask("res.partner", "read_progress_bar", domain, spec, bar),
            ask("res.partner", "search_count", [["create_date", ">=", "-2y =1d"]]),
        ]


def prepare(suite, database, logins):
    """Give a database its readers and the partner they look at."""
    admin = Reader(suite.url, database, "admin")
    english = admin.call(
        "res.lang",
        "search",
        [["code", "=", "en_US"]],
        context={"active_test": False},
    )
    admin.call("res.lang", "write", english, {"active": True})
    for login, values in logins.items():
        user = {"name": login, "login": login, "password": login, **values}
        admin.call("res.users", "create", [user])
    admin.call("res.partner", "create", [{"name": "Two"}])
    sql = f"UPDATE res_partner SET create_date = '{MOMENT}' WHERE name = 'Two'"
    suite.sql(sql)


def look_and_count(suite, readers):
    """Return what readers see one after the other, and the queries it takes."""
    for reader in readers:
        reader.look()  # what is cached from now on
    begin = len(suite.log.read_text())
    seen = [reader.look() for reader in readers]
    return seen, QUERIES.findall(suite.log.read_text()[begin:])


@pytest.fixture(scope="module")
def databases():
    """Yield one database with our addons and one without."""
    with (
        cloned_database(os.environ["SUITE_BARE"], "jalali_with") as ours,
        cloned_database(os.environ["SUITE_CORE"], "jalali_without") as stock,
    ):
        yield ours, stock


def test_readers_and_databases_of_a_process_do_not_mix(databases):
    ours, stock = databases
    with Served(stock, *QUIET) as suite:
        logins = {
            login: {"lang": READERS[login][0], "tz": zone}
            for login, zone in STOCK_READERS.items()
        }
        prepare(suite, stock, logins)
        readers = [Reader(suite.url, stock, login) for login in STOCK_READERS]
        alone, queries = look_and_count(suite, readers)
    assert len(queries) == len(readers) * len(alone[0])
    assert "1404" not in str(alone) and "۱۴۰۴" not in str(alone)

    with Served(ours, *QUIET, f"--db-filter=^({ours}|{stock})$") as suite:
        logins = {
            login: {"lang": lang, "tz": zone, "calendar_preference": preference}
            for login, (lang, zone, preference, *__) in READERS.items()
        }
        prepare(suite, ours, logins)
        with_addon = {login: Reader(suite.url, ours, login) for login in READERS}
        expected = {}
        for login, reader in with_addon.items():
            *__, month, year = READERS[login]
            for unit, label in (("month", month), ("year", year)):
                [group] = reader.group(unit)
                assert group[f"create_date:{unit}"][1] == label, login
            expected[reader] = reader.look()

        readers = [Reader(suite.url, stock, login) for login in STOCK_READERS]
        beside, queries_beside = look_and_count(suite, readers)
        assert beside == alone
        assert queries_beside == queries

        expected |= dict(zip(readers, beside, strict=True))
        turns = [*itertools.chain(*([expected] * ROUNDS))]
        with ThreadPoolExecutor(len(expected)) as pool:
            for reader, seen in zip(turns, pool.map(Reader.look, turns), strict=True):
                assert seen == expected[reader]


def test_the_models_of_the_database_without_our_addons_are_odoos_own(databases):
    ours, stock = databases
    done = subprocess.run(
        [os.environ["ODOO_BIN"], "shell", "-d", stock, "--no-http"],
        input=FOREIGN_CLASSES % {"ours": ours},
        capture_output=True,
        text=True,
    )
    assert not done.returncode, done.stderr
    assert done.stdout.splitlines()[-2:] == ["with: True", "without: False"]
