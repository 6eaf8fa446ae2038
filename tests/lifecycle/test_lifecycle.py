"""Every addon comes, is upgraded and goes cleanly, alone and together with the rest.

Each case starts from a database with nothing but what Odoo itself brings, and ends
by comparing all that an addon can leave in that database with how it began.
"""

import ast
import os
import re
import subprocess
from pathlib import Path

import pytest

ADDONS = Path(__file__).resolve().parents[2] / "addons"
MANIFESTS = {
    manifest.parent.name: ast.literal_eval(manifest.read_text())
    for manifest in sorted(ADDONS.glob("*/__manifest__.py"))
}
# a bridge installs itself with the two addons that it joins
CHOSEN = [name for name, keys in MANIFESTS.items() if not keys.get("auto_install")]
COMPLAINT = re.compile(r" \d+ (?:WARNING|ERROR|CRITICAL) ")

COLUMNS = """
SELECT table_name, column_name FROM information_schema.columns
 WHERE table_schema = 'public'
"""
# Odoo names, for its own modules, what they add to models of ours (a mixin's fields,
# say) and leaves those names behind when the model goes; ours must all go.
NAMED_RECORDS = "SELECT module, name FROM ir_model_data WHERE module IN ({})".format(
    ", ".join(f"'{name}'" for name in MANIFESTS)
)
# Not the compiled bundles: they are made anew whenever somebody asks for them.
REST = """
SELECT 'function', proname::text FROM pg_proc
 WHERE pronamespace = 'public'::regnamespace
 UNION SELECT 'trigger', tgname::text FROM pg_trigger WHERE NOT tgisinternal
 UNION SELECT 'model', model FROM ir_model
 UNION SELECT 'parameter', key FROM ir_config_parameter
 UNION SELECT 'cron', cron_name FROM ir_cron
 UNION SELECT 'menu', name ->> 'en_US' FROM ir_ui_menu
 UNION SELECT 'group', name ->> 'en_US' FROM res_groups
 UNION SELECT 'attachment', concat_ws(' ', res_model, res_field, name)
         FROM ir_attachment WHERE url IS NULL OR url NOT LIKE '/web/assets/%'
"""
INSTALLED = "SELECT name FROM ir_module_module WHERE state = 'installed'"
UNFINISHED = "SELECT name FROM ir_module_module WHERE state LIKE 'to %'"


@pytest.mark.parametrize("addons", [*([name] for name in CHOSEN), CHOSEN], ids="+".join)
def test_coming_and_going_leaves_no_trace(addons, core_database):
    before = _traces(core_database)

    _odoo(core_database, "-i", ",".join(addons))
    ours = _installed(core_database)
    assert set(addons) <= ours
    _odoo(core_database, "-u", ",".join(ours))
    assert _installed(core_database) == ours
    _odoo(core_database, *("module", "uninstall"), *sorted(ours))

    assert not _installed(core_database)
    after = _traces(core_database)
    assert after - before == set()
    assert before - after == set()


def _odoo(database, *words):
    """Run one odoo command; whatever it complains about fails the test."""
    if words[0] == "module":
        words = (*words[:2], "-d", database, *words[2:])
    else:
        words = ("-d", database, "--no-http", "--stop-after-init", *words)
    done = subprocess.run(
        [os.environ["ODOO_BIN"], *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    complaints = [line for line in done.stdout.splitlines() if COMPLAINT.search(line)]
    assert not complaints, "\n".join(complaints)
    assert done.returncode == 0, done.stdout[-2000:]


def _installed(database):
    assert not _rows(database, UNFINISHED)
    return {name for (name,) in _rows(database, INSTALLED)} & set(MANIFESTS)


def _traces(database):
    queries = (COLUMNS, NAMED_RECORDS, REST)
    return set().union(*(_rows(database, query) for query in queries))


def _rows(database, query):
    argv = ["psql", "-XAtq", "-F", "\t", "-d", database, "-c", query]
    done = subprocess.run(argv, check=True, capture_output=True, text=True)
    return {tuple(line.split("\t")) for line in done.stdout.splitlines()}
