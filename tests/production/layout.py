"""The production layout without containers: Odoo with workers behind nginx.

The files under ``deploy/`` are used as they are; only ports and folders differ.
"""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import requests

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
ADMIN_PASSWORD = "a-first-password-of-the-tests"
UPLOAD_LIMIT_MB = 2
HOST = "localhost"


def free_port():
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fill(template, values):
    """Replace the ${NAMES} of a template as the proxy's image does: only known ones."""
    return re.sub(r"\$\{([A-Z_]+)\}", lambda match: str(values[match[1]]), template)


def wait_for(check, seconds, process=None):
    """Wait until ``check()`` is true; stop waiting when the process has ended."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            if check():
                return
        assert process is None or process.poll() is None, "the server ended by itself"
        time.sleep(0.2)
    raise AssertionError(f"nothing answered within {seconds} s")


def stop(process, seconds=30):
    """End one process that we started."""
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Proxy:
    """nginx with the configuration of the suite, in a folder of its own."""

    def __init__(self, folder, odoo_http, odoo_gevent):
        self.folder = folder
        self.http_port, self.https_port = free_port(), free_port()
        self.url = f"https://{HOST}:{self.https_port}"
        self.log = folder / "access.log"
        for name in ("cache", "acme", "temp"):
            (folder / name).mkdir(parents=True)
        self._write_certificate()
        values = {
            "SERVER_NAME": HOST,
            "PUBLIC_URL": self.url,
            "UPLOAD_LIMIT_MB": UPLOAD_LIMIT_MB,
            "HTTP_LISTEN": f"127.0.0.1:{self.http_port}",
            "HTTPS_LISTEN": f"127.0.0.1:{self.https_port}",
            "ODOO_HTTP": f"127.0.0.1:{odoo_http}",
            "ODOO_GEVENT": f"127.0.0.1:{odoo_gevent}",
            "TLS_FOLDER": folder,
            "CACHE_FOLDER": folder / "cache",
            "ACME_FOLDER": folder / "acme",
            "LOG_FILE": self.log,
        }
        template = (DEPLOY / "nginx" / "default.conf.template").read_text()
        (folder / "site.conf").write_text(fill(template, values))
        self.configuration = folder / "nginx.conf"
        self.configuration.write_text(self._frame())

    def _frame(self):
        """Return what the image's own nginx.conf says around the site."""
        temporary = "".join(
            f"{name}_temp_path {self.folder}/temp/{name};\n"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        user = "user root;\n" if os.getuid() == 0 else ""
        return (
            f"{user}daemon off;\npid {self.folder}/nginx.pid;\nerror_log stderr;\n"
            "events { worker_connections 1024; }\n"
            f"http {{\ndefault_type application/octet-stream;\n{temporary}"
            f"access_log {self.folder}/refused.log;\n"
            f"include {self.folder}/site.conf;\n}}\n"
        )

    def _write_certificate(self):
        key, certificate = self.folder / "tls_key", self.folder / "tls_certificate"
        words = [
            "openssl",
            "req",
            "-x509",
            "-nodes",
            "-days",
            "2",
            "-newkey",
            "rsa:2048",
            "-subj",
        ]
        subprocess.run(
            [*words, f"/CN={HOST}", "-keyout", key, "-out", certificate],
            check=True,
            capture_output=True,
        )

    def check(self):
        """Return what nginx itself says of the configuration."""
        command = ["nginx", "-e", "stderr", "-t", "-c", self.configuration]
        return subprocess.run(command, capture_output=True, text=True)

    @contextlib.contextmanager
    def running(self):
        """Serve until the block ends."""
        with open(self.folder / "error.log", "w") as log:
            process = subprocess.Popen(
                ["nginx", "-e", "stderr", "-c", self.configuration],
                stderr=log,
                stdout=log,
            )
        try:
            plain = f"http://127.0.0.1:{self.http_port}/"
            wait_for(lambda: requests.get(plain, allow_redirects=False).ok, 10, process)
            yield self
        finally:
            stop(process)


class Suite:
    """The command ``suite`` and the server it starts, on a database of its own."""

    def __init__(self, folder, public_url, http_port, gevent_port, modules):
        self.folder = folder
        self.database = f"layout_{os.getpid()}"
        self.restored = f"{self.database}_restored"
        self.broken = f"{self.database}_broken"
        self.http_port = http_port
        for name in ("run", "data", "secrets", "backups"):
            (folder / name).mkdir(parents=True)
        (folder / "secrets" / "admin_password").write_text(ADMIN_PASSWORD)
        self.environment = os.environ | {
            "DB_HOST": os.environ["PGHOST"],
            "DB_PORT": os.environ.get("PGPORT", "5432"),
            "DB_USER": os.environ.get("PGUSER", "odoo"),
            "DB_NAME": self.database,
            "DB_AUTH": "peer",
            "HTTP_INTERFACE": "127.0.0.1",
            "HTTP_PORT": str(http_port),
            "GEVENT_PORT": str(gevent_port),
            "ODOO_WORKERS": "2",
            "UPLOAD_LIMIT_MB": str(UPLOAD_LIMIT_MB),
            "PUBLIC_URL": public_url,
            "SUITE_MODULES": modules,
            "ADDONS_PATH": str(ROOT / "addons"),
            "DATA_DIR": str(folder / "data"),
            "RUN_DIR": str(folder / "run"),
            "BACKUP_DIR": str(folder / "backups"),
            "SECRETS_DIR": str(folder / "secrets"),
            "TEMPLATE": str(DEPLOY / "odoo.conf.template"),
            "ODOO_COMMAND": os.environ["ODOO_BIN"],
        }

    def command(self, *arguments, **environment):
        """Run one command of the suite and return it with its output."""
        return subprocess.run(
            [sys.executable, DEPLOY / "suite", *arguments],
            env=self.environment | environment,
            capture_output=True,
            text=True,
        )

    def shell(self, script):
        """Run a script in `odoo shell` on the database."""
        done = subprocess.run(
            [sys.executable, DEPLOY / "suite", "odoo", "shell", "--no-http"],
            env=self.environment | {"ODOO_WORKERS": "0"},
            input=script,
            capture_output=True,
            text=True,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done.stdout

    @contextlib.contextmanager
    def running(self):
        """Serve until the block ends."""
        with open(self.folder / "odoo.log", "w") as log:
            process = subprocess.Popen(
                [sys.executable, DEPLOY / "suite", "serve"],
                env=self.environment,
                stderr=log,
                stdout=log,
            )
        try:
            health = f"http://127.0.0.1:{self.http_port}/web/health"
            wait_for(lambda: requests.get(health).ok, 60, process)
            yield self
        finally:
            stop(process)

    def drop(self, *others):
        """Remove the databases; the files lie in the tests' own folder."""
        for name in (self.database, *others):
            subprocess.run(["dropdb", "--if-exists", "--force", name], check=True)
        shutil.rmtree(self.folder / "data")
