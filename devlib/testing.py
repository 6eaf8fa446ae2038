"""Tests and benchmarks: databases of their own, made from the templates."""

import contextlib
import os
import subprocess

from .places import LOCAL, ROOT
from .runtime import Runtime
from .step import step
from .template import Templates

TESTS = ("addons", "tests")


def test(options):
    """Run pytest with ``options.words`` in a clone of the prepared database."""
    runtime = Runtime(tests=True)
    templates = Templates(runtime)
    names = {kind: templates.get(kind) for kind in ("core", "bare", "demo")}
    name = f"test_{os.getpid()}"
    with _scratch(runtime, name, names["bare"]):
        variables = {f"SUITE_{kind.upper()}": value for kind, value in names.items()}
        argv = [
            *(runtime.python, "-m", "pytest", f"--odoo-database={name}"),
            *("--odoo-http", "--odoo-log-level=error"),
            *(options.words or ["-n2", "--dist=loadgroup"]),
            *([] if _names_a_path(options.words) else TESTS),
        ]
        env = {**runtime.env, **variables, "SUITE_LOCAL": str(LOCAL)}
        return subprocess.run(argv, env=env, cwd=ROOT).returncode


def bench(options):
    """Run the programs in tests/benchmarks, each on a fresh clone, and show tables."""
    runtime = Runtime(tests=True)
    template = Templates(runtime).get("bare")
    failed = 0
    for program in sorted((ROOT / "tests/benchmarks").glob("bench_*.py")):
        if options.names and program.stem.removeprefix("bench_") not in options.names:
            continue
        name = f"bench_{os.getpid()}"
        with _scratch(runtime, name, template), step(program.stem):
            argv = [runtime.python, program, name]
            failed += bool(subprocess.run(argv, env=runtime.env, cwd=ROOT).returncode)
    return failed


@contextlib.contextmanager
def _scratch(runtime, name, template):
    """Make a database for one block; pytest's workers add copies of their own."""
    server = runtime.server
    with step("a database for this run"):
        server.clone(template, name)
    try:
        yield
    finally:
        for database in server.databases():
            if database == name or database.startswith(f"{name}-"):
                server.drop(database)


def _names_a_path(words):
    return any(
        (ROOT / word.split("::")[0]).exists() for word in words if word[0] != "-"
    )
