"""Virtual environments in the cache, one per lock and Python, every file hashed."""

import importlib.util
import os
import shutil
import subprocess
import sys

from . import debian
from .places import CACHE, LOCKS, LOGS, built_aside, fingerprint
from .step import Problem, die_with_parent, last_line_of, run, step

OLDEST, NEWEST = (3, 10), (3, 13)


def check_python():
    """Refuse a Python that Odoo 19 and its packages do not run on."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        raise Problem(
            f"Python {sys.version.split()[0]} runs `dev`, 3.10 to 3.13 is needed: "
            "start it as `python3.12 dev …` with one of those."
        )


def venv(name, *locks):
    """Return the Python of an environment that holds all packages of ``locks``."""
    files = [LOCKS / f"{lock}.lock" for lock in locks]
    stamp = fingerprint(*files, sys.version, sys.base_prefix)
    target = CACHE / f"venv-{name}-{stamp}"
    python = target / "bin/python"
    # its Python may have gone since, with the system's
    if (target / ".complete").exists() and python.exists():
        return python
    with step(f"Python packages ({name})") as progress:
        # not built aside: scripts in bin/ carry the absolute path of their Python
        shutil.rmtree(target, ignore_errors=True)
        _make(target)
        install(python, *files, progress=progress)
        (target / ".complete").touch()
    return python


def install(python, *files, target=None, progress=None):
    """Install hashed lock files with uv."""
    argv = [_uv(), "pip", "install", "--python", python, "--require-hashes"]
    argv += ["--link-mode", "copy"] if target else []
    argv += ["--target", target] if target else []
    for file in files:
        argv += ["-r", file]
    env = {
        **os.environ,
        "UV_CACHE_DIR": str(CACHE / "uv-cache"),
        "UV_HTTP_TIMEOUT": "120",
        **_index_of_pip(),
    }
    log = LOGS / f"pip-{files[0].stem}.log"
    # packages are collected elsewhere and laid out at the end: their sizes tell little
    run(argv, log, env=env, progress=progress, look=last_line_of(log))


def _make(target):
    code = "import sys, venv; venv.create(sys.argv[1], symlinks=True)"
    run([sys.executable, "-c", code, target], LOGS / "venv.log")


def _uv():
    """Return uv, installed by pip into a small environment of its own."""
    lock = LOCKS / "uv.lock"
    target = CACHE / f"uv-{fingerprint(lock)}"
    if not target.exists():
        with step("uv, the package installer"), built_aside(target) as aside:
            run(
                [
                    *_pip(),
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "--no-cache-dir",
                    "--require-hashes",
                    "--only-binary=:all:",
                    f"--target={aside}",
                    f"--requirement={lock}",
                ],
                LOGS / "uv.log",
            )
    return target / "bin/uv"


def _pip():
    """Return how to call some pip: this Python's, its bundled one, or Debian's."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    return [sys.executable, f"{debian.pip_wheel()}/pip"]


def _index_of_pip():
    """Hand pip's configured index to uv, which does not read pip's files."""
    if "UV_DEFAULT_INDEX" in os.environ or "UV_INDEX_URL" in os.environ:
        return {}
    argv = [*_pip(), "config", "get", "global.index-url"]
    found = subprocess.run(
        argv, capture_output=True, text=True, preexec_fn=die_with_parent
    )
    url = os.environ.get("PIP_INDEX_URL") or found.stdout.strip()
    return {"UV_DEFAULT_INDEX": url} if url else {}
