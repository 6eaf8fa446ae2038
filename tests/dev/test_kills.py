"""A set-up that is killed anywhere ends well when it is started again."""

import os
import subprocess
from pathlib import Path

import pytest

from .killing import copy_project, kill_at_every_step

HERE = Path(os.environ["PYTHON"]).parents[2]
DOWNLOADED = ("uv-*", "npm-cache", "odoo", "node-*", "host-*")


@pytest.fixture
def env(tmp_path):
    """Return the environment of a machine that has the downloads and nothing else."""
    cache = tmp_path / "cache/reform-suite"
    cache.mkdir(parents=True)
    for pattern in DOWNLOADED:
        for path in HERE.glob(pattern):
            (cache / path.name).symlink_to(path)
    ours = ("PG", "ODOO", "PYTHON", "LD_LIBRARY", "PYTEST", "SUITE", "PLAYWRIGHT")
    env = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
    return {**env, "XDG_CACHE_HOME": str(cache.parent)}


def test_a_set_up_killed_at_every_step_ends_well(tmp_path, env):
    clone = copy_project(tmp_path)
    try:
        steps, code = kill_at_every_step(clone, ["env"], env=env)
        assert code == 0
        assert {"Python packages (run)", "starting PostgreSQL"} <= set(steps)
        done = subprocess.run(
            f'eval "$({clone}/dev env)" && psql -Atc "SELECT 42" postgres'
            ' && "$PYTHON" -c "import odoo, weasyprint"',
            shell=True,
            env=env,
            capture_output=True,
            text=True,
        )
        assert done.stdout.strip() == "42", done.stderr
        # the second time there is nothing left to do
        assert "✓" not in done.stderr
    finally:
        subprocess.run([clone / "dev", "stop"], env=env, check=True)
