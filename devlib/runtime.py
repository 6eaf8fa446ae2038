"""All that is needed to run Odoo here, set up on demand and described by variables."""

import os
import re
import shutil
from pathlib import Path
from shlex import quote

from . import debian, native, node_tools, postgres, python_env
from .places import ADDONS, CACHE, LOCAL, exclusive, make_folders
from .step import Problem, run

PROGRESS = re.compile(r"(?:Loading module|compiling) (.*)")
CONFIG = """\
[options]
addons_path = {addons_path}
data_dir = {data_dir}
{database}
http_interface = 127.0.0.1
# a child process would inherit the limit, and no browser starts below it
limit_memory_hard = 0
log_handler = :INFO,weasyprint:ERROR,weasyprint.progress:ERROR,fontTools:ERROR
"""


class Runtime:
    """Odoo, its Python, its server, its tools: `env` is what a child process needs."""

    def __init__(self, *, tests=False):
        make_folders()
        python_env.check_python()
        with exclusive(CACHE):
            self.tree = _odoo_packages()
            locks = ("run", "test") if tests else ("run",)
            self.python = python_env.venv(locks[-1], *locks)
            libraries = native.pango_folders(self.python)
            folders = node_tools.bin_folders()
            if tests:
                folders += [native.browser_folder(), native.nginx_folder()]
            (CACHE / "ready").touch()
        self.server = postgres.Server(self.python)
        with exclusive(LOCAL):
            self.server.start()
        self.config = LOCAL / "odoo.conf"
        self.env = {
            **os.environ,
            **self.server.env,
            "PATH": ":".join(
                [
                    str(self.python.parent),
                    str(self.server.bin),
                    *(folder for folder in folders if folder),
                    os.environ.get("PATH", "/usr/bin:/bin"),
                ]
            ),
            "PYTHONPATH": str(self.tree),
            # compiled once, and never into the sources
            "PYTHONPYCACHEPREFIX": str(CACHE / "pycache"),
            "ODOO_RC": str(self.config),
            "ODOO_BIN": str(self._write_command()),
            "PYTHON": str(self.python),
        }
        self.env.pop("PYTHONDONTWRITEBYTECODE", None)
        # this machine is not reached through the proxy of the network
        known = os.environ.get("no_proxy") or os.environ.get("NO_PROXY")
        direct = (known, "localhost", "127.0.0.1")
        self.env["no_proxy"] = ",".join(filter(None, direct))
        # Playwright's own needs a library that a bare system lacks
        node = shutil.which("node", path=self.env["PATH"])
        self.env["PLAYWRIGHT_NODEJS_PATH"] = node
        if libraries:
            known = os.environ.get("LD_LIBRARY_PATH")
            self.env["LD_LIBRARY_PATH"] = ":".join([*libraries, *filter(None, [known])])
            if fonts := native.fonts_file():
                self.env.setdefault("FONTCONFIG_FILE", str(fonts))
        self._write_config()

    def odoo(self, *words, log, progress=None, stdin=None, **variables):
        """Run one odoo command to its end, telling how far it is."""

        def look():
            found = PROGRESS.findall(log.read_text(errors="replace"))
            return found[-1] if found else "starting"

        argv = [self.env["ODOO_BIN"], *words]
        env = {**self.env, **variables}
        run(argv, log, env=env, progress=progress, look=look, stdin=stdin)

    def inside(self, script, database, log, progress=None, **variables):
        """Run one of our scripts in Odoo's shell on ``database``."""
        words = ("shell", "-d", database, "--no-http")
        with script.open() as stdin:
            self.odoo(*words, log=log, progress=progress, stdin=stdin, **variables)

    def exports(self):
        """Return the variables for a shell, as `export` lines."""
        names = ("PATH", "PYTHONPATH", "PYTHONPYCACHEPREFIX", "LD_LIBRARY_PATH")
        names += ("FONTCONFIG_FILE", "ODOO_RC", "ODOO_BIN", "PYTHON")
        names += ("PLAYWRIGHT_NODEJS_PATH", "no_proxy", *self.server.env)
        lines = [f"export {n}={quote(self.env[n])}" for n in names if n in self.env]
        return "\n".join(["unset PYTHONDONTWRITEBYTECODE", *lines])

    def _write_command(self):
        # Odoo starts its process for websockets by the name of its own program, and
        # that one cannot be `python -m odoo`
        program, command = LOCAL / "odoo-bin", LOCAL / "odoo"
        program.write_text("from odoo.cli.command import main\n\nmain()\n")
        command.write_text(f'#!/bin/sh\nexec "{self.python}" "{program}" "$@"\n')
        command.chmod(0o755)
        return command

    def _write_config(self):
        variables = {"PGHOST": "db_host", "PGPORT": "db_port", "PGUSER": "db_user"}
        variables["PGPASSWORD"] = "db_password"
        given = [item for item in self.server.env.items() if item[0] in variables]
        core = self.tree / "addons"
        if not core.exists():
            core = self.tree / "odoo/addons"
        self.config.touch(mode=0o600)
        self.config.write_text(
            CONFIG.format(
                addons_path=f"{core},{ADDONS}",
                data_dir=LOCAL / "data",
                database="\n".join(f"{variables[n]} = {v}" for n, v in given),
            )
        )


def _odoo_packages():
    """Return the folder that has the `odoo` package: ODOO_HOME's, else Debian's."""
    home = os.environ.get("ODOO_HOME")
    if not home:
        return debian.odoo_tree()
    tree = Path(home).expanduser().resolve()
    release = tree / "odoo/release.py"
    if not release.exists():
        raise Problem(f"ODOO_HOME={home} holds no odoo/release.py: name a checkout.")
    if "(19, 0" not in release.read_text():
        raise Problem(f"ODOO_HOME={home} is not Odoo 19.0.")
    return tree


def clean_log(path):
    """Return the lines of an install log that no installation of ours may cause."""
    bad = re.compile(r" \d+ (WARNING|ERROR|CRITICAL) ")
    lines = path.read_text(errors="replace").splitlines()
    return [line for line in lines if bad.search(line)]
