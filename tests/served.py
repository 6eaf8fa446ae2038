"""A copy of a prepared database, and the suite served from it in its own process."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

from devlib.step import die_with_parent

LOCAL = Path(os.environ["SUITE_LOCAL"])
# Where journeys keep their pictures: the documentation's are renewed on demand only.
IMAGES = LOCAL / "screens"
if os.environ.get("WRITE_IMAGES"):
    IMAGES = Path(__file__).parents[1] / "docs/images"
IMAGES.mkdir(parents=True, exist_ok=True)
FIRST_ANSWER_SECONDS = 120
PATIENCE_SECONDS = 120


@contextlib.contextmanager
def cloned_database(template, purpose):
    """Copy ``template`` with its files; drop the copy afterwards."""
    name = f"{purpose}_{os.getpid()}"
    files = LOCAL / "data/filestore"
    subprocess.run(["dropdb", "--if-exists", "--force", name], check=True)
    shutil.rmtree(files / name, ignore_errors=True)
    if (files / template).exists():
        shutil.copytree(files / template, files / name)
    subprocess.run(["createdb", "-T", template, name], check=True)
    try:
        yield name
    finally:
        subprocess.run(["dropdb", "--force", name], check=True)
        shutil.rmtree(files / name, ignore_errors=True)


class Served:
    """An Odoo of its own on a free port; leaves nothing behind."""

    def __init__(self, database, *options):
        self.db = database
        self.options = options
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = LOCAL / "log" / f"{database}.log"

    def __enter__(self):
        self.start()
        return self

    def start(self):
        """Serve, and wait until it answers."""
        words = ["-d", self.db, f"--db-filter=^{self.db}$", f"--http-port={self.port}"]
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [os.environ["ODOO_BIN"], *words, *self.options],
                stdout=output,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent,
            )
        deadline = time.monotonic() + FIRST_ANSWER_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.__exit__()
                raise RuntimeError(f"Odoo does not answer:\n{self.log.read_text()}")
            time.sleep(0.1)

    def kill(self):
        """End it as a power cut would; `start` brings it back to the same address."""
        self.process.kill()
        self.process.wait()

    def __exit__(self, *_error):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def login(self, page, login, password=None):
        """Log ``login`` in as a person does; demo passwords equal the log-in."""
        page.goto(f"{self.url}/web/login")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", password or login)
        page.click(".oe_login_form button[type=submit]")
        page.wait_for_url(lambda url: "/web/login" not in url)

    def sql(self, query):
        """Return the rows of ``query`` as lists of texts."""
        argv = ["psql", "-XAtq", "-F", "\t", "-d", self.db, "-c", query]
        done = subprocess.run(argv, check=True, capture_output=True, text=True)
        return [line.split("\t") for line in done.stdout.splitlines()]

    def until(self, query):
        """Return the first row of ``query`` once there is one.

        :raise TimeoutError: when there is none for two minutes
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if rows := self.sql(query):
                return rows[0]
            time.sleep(0.2)
        raise TimeoutError(query)

    def file(self, name):
        """Return the path of a file of the database's filestore."""
        return LOCAL / "data/filestore" / self.db / name

    def _answers(self):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{self.url}/web/login", timeout=30).close()
            return True
        return False
