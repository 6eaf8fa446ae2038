"""A set-up that is killed anywhere ends well when it is started again."""

import os
import signal
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
        # the second time there is nothing left to do
        assert "✓" not in use(clone, env)
        # a server that died is started again, whatever it left behind
        pid = int((clone / ".dev/pg/data/postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        assert "starting PostgreSQL" in use(clone, env)
    finally:
        subprocess.run([clone / "dev", "stop"], env=env, check=True)


def test_a_disk_that_fills_is_named(tmp_path, env):
    own_mounts = ["unshare", "--map-root-user", "--mount"]
    if subprocess.run([*own_mounts, "true"], capture_output=True).returncode:
        pytest.skip("a small disk needs user namespaces, which this system forbids")
    cache = Path(env["XDG_CACHE_HOME"], "reform-suite")
    small = tmp_path / "small/reform-suite"
    small.mkdir(parents=True)
    clone = copy_project(tmp_path)
    script = (
        'mount -t tmpfs -o size=8m none "$1" && cp -a "$2/." "$1" && touch "$1/ready"'
        ' && XDG_CACHE_HOME="$(dirname "$1")" "$3" env'
    )
    argv = ["sh", "-c", script, "sh"]
    done = subprocess.run(
        [*own_mounts, *argv, small, cache, clone / "dev"],
        env=env,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("The disk is full: free about")


def test_a_folder_that_is_not_ours_to_write_is_named(tmp_path, env):
    own_mounts = ["unshare", "--map-root-user", "--mount"]
    if subprocess.run([*own_mounts, "true"], capture_output=True).returncode:
        pytest.skip("a closed folder needs user namespaces, which this system forbids")
    clone = copy_project(tmp_path)
    script = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && "$2" env'
    cache = Path(env["XDG_CACHE_HOME"], "reform-suite")
    argv = [*own_mounts, "sh", "-c", script, "sh", cache, clone / "dev"]
    done = subprocess.run(argv, env=env, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "XDG_CACHE_HOME" in done.stderr.splitlines()[-1]


def use(clone, env):
    """Use the environment as a script does; return what `./dev env` said to it."""
    done = subprocess.run(
        f'eval "$("{clone}/dev" env)" && psql -Atc "SELECT 42" postgres'
        ' && "$PYTHON" -c "import odoo, weasyprint"',
        shell=True,
        env=env,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "42", done.stderr
    return done.stderr
