"""Tests and benchmarks: databases of their own, made from the templates."""

import contextlib
import os
import re
import subprocess
from pathlib import Path

from .places import LOCAL, ROOT
from .runtime import Runtime
from .step import die_with_parent, step
from .template import Templates

# conftest.py says which tests go together
WORKERS = max(2, min(os.cpu_count() or 2, 6))
# what the databases of a run are called: by their purpose and the process
SCRATCH = re.compile(r"(?:test|bench|journey|lifecycle|layout)_(\d+)(?!\d).*")


def test(options):
    """Run pytest in a clone of the prepared database; its words choose the tests."""
    runtime = Runtime(tests=True)
    templates = Templates(runtime)
    names = {kind: templates.get(kind) for kind in ("core", "bare", "demo")}
    name = f"test_{os.getpid()}"
    with _scratch(runtime, name, templates.get("test")):
        variables = {f"SUITE_{kind.upper()}": value for kind, value in names.items()}
        argv = [
            *(runtime.python, "-m", "pytest", f"--odoo-database={name}"),
            *("--odoo-http", "--odoo-log-level=error"),
            *(options.words or [f"-n{WORKERS}"]),
        ]
        env = {**runtime.env, **variables, "SUITE_LOCAL": str(LOCAL)}
        done = subprocess.run(argv, env=env, cwd=ROOT, preexec_fn=die_with_parent)
        return done.returncode


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
        for left in filter(_is_left_over, server.databases()):
            if server.is_ours(left):
                server.drop(left)
        server.clone(template, name)
    try:
        yield
    finally:
        for database in server.databases():
            if database == name or database.startswith(f"{name}-"):
                server.drop(database)


def _is_left_over(database):
    """Tell whether a killed run made this database."""
    found = SCRATCH.fullmatch(database)
    return found and not Path("/proc", found[1]).exists()
