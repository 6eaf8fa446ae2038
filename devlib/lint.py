"""Every rule that can be checked without running a test, each with its own verdict."""

import os
import re
import subprocess
from pathlib import Path

from . import node_tools, python_env
from .places import ADDONS, LOGS, ROOT
from .runtime import Runtime, clean_log
from .step import Problem, say, step
from .template import Templates, our_addons

PYTHON_FOLDERS = ("addons", "devlib", "tests", "dev")
# what Odoo's own inherited terms leave to us is checked by the same comparison
HEADER = ""


def lint(fix=False):
    """Run all checks; return how many of them found something."""
    python = python_env.venv("lint", "lint")
    node = node_tools.bin_folders(linters=True)
    env = {
        **os.environ,
        "PATH": ":".join([str(python.parent), *node, os.environ["PATH"]]),
    }
    addons = [f"addons/{name}" for name in our_addons()]
    failed = sum(
        not _passes(title, argv, env) for title, argv in _commands(addons, node, fix)
    )
    runtime = Runtime()
    templates = Templates(runtime)
    database = templates.get("bare")
    templates.get("demo")
    failed += not _report("install logs are clean", _install_warnings(templates))
    failed += not _report("every term is Persian", _untranslated(runtime, database))
    return failed


def _commands(addons, node, fix):
    npm = Path(node[0]).parent.parent
    web = [f"addons/**/*.{kind}" for kind in ("js", "xml", "scss")]
    po_files = [str(path.relative_to(ROOT)) for path in ADDONS.glob("*/i18n/*.po*")]
    existing = [name for name in PYTHON_FOLDERS if (ROOT / name).exists()]
    return [
        ("ruff check", ["ruff", "check", *(["--fix"] if fix else []), *existing]),
        ("ruff format", ["ruff", "format", *([] if fix else ["--check"]), *existing]),
        ("pylint-odoo", ["pylint", "--rcfile=.pylintrc", "-j2", *addons]),
        ("oca-checks-odoo-module", ["oca-checks-odoo-module", *addons]),
        ("oca-checks-po", ["oca-checks-po", *po_files]),
        ("eslint", ["eslint", "-c", npm / "eslint.config.mjs", "addons"]),
        (
            "prettier",
            [
                *("prettier", "--log-level=warn"),
                *("--config", npm / "prettier.config.mjs"),
                *("--write" if fix else "--check", *web),
            ],
        ),
    ]


def _passes(title, argv, env):
    log = LOGS / f"lint-{title.replace(' ', '-')}.log"
    with step(title):
        done = subprocess.run(
            [str(word) for word in argv],
            cwd=ROOT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    log.write_text(done.stdout)
    if done.returncode:
        say(done.stdout)
    return done.returncode == 0


def _report(title, findings):
    with step(title):
        pass
    for finding in findings:
        say(f"    {finding}")
    return not findings


def _install_warnings(templates):
    return [
        line
        for kind in ("bare", "demo")
        for line in clean_log(templates.install_log(kind))
    ]


def _untranslated(runtime, database):
    """Compare each addon's terms, as Odoo exports them, with its .pot and its fa.po."""
    findings = []
    for name in our_addons():
        export = LOGS / f"terms-{name}.po"
        runtime.odoo(
            *("i18n", "export", "-d", database, "-l", "fa_IR", "-o", export, name),
            log=LOGS / "terms.log",
        )
        wanted = _entries(export)
        for kind in (f"{name}.pot", "fa.po"):
            file = ADDONS / name / "i18n" / kind
            if not file.exists():
                if wanted:
                    findings.append(f"{name}: i18n/{kind} is missing")
                continue
            have = _entries(file)
            findings += [
                f"{name}: i18n/{kind} lacks {term!r}"
                for term in wanted
                if term not in have or (kind == "fa.po" and not have[term])
            ]
    return findings


def _entries(path):
    """Return {msgid: msgstr} of a .po file; fuzzy entries count as empty."""
    entries = {}
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        found = re.search(
            r'^msgid ((?:".*"\s*)+)^msgstr ((?:".*"\s*)+)', block + "\n", re.MULTILINE
        )
        if not found:
            continue
        term, text = ("".join(re.findall(r'"(.*)"', part)) for part in found.groups())
        if term:
            entries[term] = "" if "#, fuzzy" in block else text
    if not entries and path.suffix == ".po" and "msgid" not in path.read_text():
        raise Problem(f"{path} is not a translation file.")
    return entries
