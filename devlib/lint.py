"""Every rule that can be checked without running a test, each with its own verdict."""

import contextlib
import os
import re
import subprocess
from pathlib import Path

from . import node_tools, python_env
from .places import ADDONS, LOGS, ROOT
from .runtime import Runtime, clean_log
from .step import Problem, say, step
from .template import Templates, our_addons

PYTHON = ("addons", "devlib", "tests", "dev", "conftest.py")
PO_ENTRY = re.compile(r'^msgid ((?:".*"\s*)+)^msgstr ((?:".*"\s*)+)', re.MULTILINE)
QUOTED = re.compile(r'"(.*)"')
# Placeholders, tags, abbreviations and names of programs read the same in Persian.
CODE = re.compile(r"code:addons/(\w+)/(?:\S*\.py|static/)")
SAME = re.compile(r"(?:%\(\w+\)s|<[^>]*>|WeasyPrint|wkhtmltopdf|[^a-z])*")


def lint(options):
    """Run every check that needs no test run; the exit code counts those that fail."""
    runtime = Runtime()
    python = python_env.venv("lint", "lint")
    node = node_tools.bin_folders(linters=True)
    path = ":".join([str(python.parent), *node, os.environ["PATH"]])
    env = {**os.environ, "PATH": path}
    checks = [
        (title, lambda argv=argv: _output_of_failure(argv, env))
        for title, argv in _commands(Path(node[0]).parent.parent, options.fix)
    ]
    templates = Templates(runtime)
    database = templates.get("bare")
    templates.get("demo")
    checks += [
        ("install logs are clean", lambda: _install_warnings(templates)),
        ("every term is Persian", lambda: _untranslated(runtime, database)),
    ]
    return sum(not _passes(title, check) for title, check in checks)


def _commands(npm, fix):
    """Return what to call for each linter; ``npm`` holds those of JavaScript."""
    addons = [f"addons/{name}" for name in our_addons()]
    web = [f"addons/**/*.{kind}" for kind in ("js", "xml", "scss")]
    translations = [file.relative_to(ROOT) for file in ADDONS.glob("*/i18n/*.po*")]
    prettier = ["prettier", "--log-level=warn", "--no-error-on-unmatched-pattern"]
    prettier += ["--config", npm / "prettier.config.mjs"]
    # a core model is extended in one small file for each purpose
    pylint = ["--rcfile=.pylintrc", "--disable=consider-merging-classes-inherited"]
    return [
        ("ruff check", ["ruff", "check", *(["--fix"] if fix else []), *PYTHON]),
        ("ruff format", ["ruff", "format", *([] if fix else ["--check"]), *PYTHON]),
        ("pylint-odoo", ["pylint", "-j2", *pylint, *addons]),
        ("oca-checks-odoo-module", ["oca-checks-odoo-module", *addons]),
        ("oca-checks-po", ["oca-checks-po", *translations]),
        ("eslint", ["eslint", "-c", npm / "eslint.config.mjs", "addons"]),
        ("prettier", [*prettier, "--write" if fix else "--check", *web]),
    ]


def _output_of_failure(argv, env):
    done = subprocess.run(
        [str(word) for word in argv],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.stdout.splitlines() if done.returncode else []


def _passes(title, check):
    findings = []
    with contextlib.suppress(Problem), step(title):
        findings = check()
        if findings:
            raise Problem
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
    """Compare our addons' terms, as Odoo exports them, with each .pot and fa.po."""
    export = LOGS / "terms.po"
    words = ("i18n", "export", "-d", database, "-l", "fa_IR", "-o", export)
    runtime.odoo(*words, *our_addons(), log=LOGS / "terms.log")
    wanted = _entries(export)
    findings = []
    for name in our_addons():
        template = _entries(ADDONS / name / "i18n" / f"{name}.pot")
        persian = _entries(ADDONS / name / "i18n/fa.po")
        for term, (modules, _text, block) in wanted.items():
            if name not in modules:
                continue
            if term not in template:
                findings.append(f"{name}.pot lacks {term!r}")
            _modules, text, own_block = persian.get(term, ((), "", ""))
            if not SAME.fullmatch(term) and not text:
                findings.append(f"{name}/i18n/fa.po lacks {term!r}")
            findings += [
                f"{name}/i18n/fa.po lacks {mark} at {term!r}"
                for mark in _marks(block, name)
                if f"#. {mark}\n" not in own_block
            ]
    return findings


def _marks(block, name):
    """Return the marks by which Odoo loads a term for an addon's screens or code."""
    places = [found[0] for found in CODE.finditer(block) if found[1] == name]
    return {f"odoo-{'python' if p.endswith('.py') else 'javascript'}" for p in places}


def _entries(path):
    """Return {term: (modules, text, block)} of a .po; a fuzzy text counts as none."""
    entries = {}
    if not path.exists():
        return entries
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        found = PO_ENTRY.search(f"{block}\n")
        if found:
            term, text = ("".join(QUOTED.findall(part)) for part in found.groups())
            modules = re.findall(r"^#\. modules?: (.*)$", block, re.MULTILINE)
            names = set(re.findall(r"\w+", " ".join(modules)))
            entries[term] = names, "" if "#, fuzzy" in block else text, f"{block}\n"
    entries.pop("", None)
    return entries
