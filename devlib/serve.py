"""Serve the suite: a database with its story, one Odoo, and who may log in."""

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from .places import INSIDE, LOCAL, LOGS, exclusive
from .step import Problem, diagnose, die_with_parent, say, step
from .template import BUILDING, Templates, our_addons

PID_FILE = LOCAL / "server.pid"
FIRST_ANSWER_SECONDS = 180
END_SECONDS = 10
# one for each role: the first of those who have the same groups
PEOPLE = """
SELECT login, concat_ws(' – ', name, function), count
  FROM (SELECT DISTINCT ON (source.module, role.groups)
               users.login, partner.name, partner.function, source.module, users.id,
               count(*) OVER (PARTITION BY source.module, role.groups)
          FROM res_users AS users
          JOIN res_partner AS partner ON partner.id = users.partner_id
          JOIN ir_model_data AS source
            ON source.model = 'res.users' AND source.res_id = users.id
          JOIN LATERAL (SELECT array_agg(gid ORDER BY gid) AS groups
                          FROM res_groups_users_rel WHERE uid = users.id) AS role
            ON TRUE
         WHERE users.active AND source.module = ANY(string_to_array('{addons}', ','))
         ORDER BY source.module, role.groups, users.id) AS first_of_role
 ORDER BY module DESC, id
"""


def check_port(port):
    """Refuse a port that something else listens on, naming the way out."""
    running = server_pid()
    if running:
        raise Problem(
            f"The suite is being served already: open {_served_url(running)}, "
            "or end it with `./dev stop`."
        )
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise Problem(
                f"Port {port} is for root only: choose one above 1023."
            ) from error
        except OSError as error:
            raise Problem(
                f"Port {port} is taken by another program: "
                f"choose one with `./dev run --port {port + 1}`."
            ) from error


def database(runtime, name, *, demo, language, fresh):
    """Make sure that database ``name`` has what the sources say, and keep its data."""
    server, templates = runtime.server, Templates(runtime)
    source = templates.names["demo" if demo else "bare"]
    stamp = LOCAL / "databases" / name
    stamp.parent.mkdir(exist_ok=True)
    is_there = name in server.databases()
    if is_there and not server.is_ours(name):
        raise Problem(
            f"The PostgreSQL at PGHOST has a database {name} that was not made here: "
            "it stays as it is, name another one with `--db`."
        )
    if fresh or not is_there:
        template = templates.get("demo" if demo else "bare")
        with exclusive(LOCAL), step(f"database {name}"):
            server.clone(template, BUILDING)
            log = LOGS / "language.log"
            spoken = language or "fa_IR"
            runtime.inside(INSIDE / "language.py", BUILDING, log, LANGUAGE=spoken)
            server.drop(name)
            server.rename(BUILDING, name)
            stamp.write_text(source)
        return
    if language:
        say(
            f"  database {name} keeps its language: each user chooses his own in it, "
            "`--fresh` makes it anew."
        )
    if not stamp.exists() or stamp.read_text() != source:
        with step(f"database {name} follows the changed addons") as progress:
            runtime.odoo(
                *("-d", name, "--no-http", "--stop-after-init"),
                *("-i", ",".join(our_addons()), "-u", ",".join(our_addons())),
                log=LOGS / "upgrade.log",
                progress=progress,
            )
            stamp.write_text(source)


def serve(runtime, name, port):
    """Run Odoo until it is interrupted; return its exit code."""
    log = LOGS / "server.log"
    url = f"http://localhost:{port}"
    words = ["-d", name, f"--db-filter=^{name}$", f"--http-port={port}"]
    with step("starting Odoo"):
        with exclusive(LOCAL):
            # the set-up took its time: another run may have been quicker
            check_port(port)
            with log.open("wb") as output:
                odoo = subprocess.Popen(
                    [runtime.env["ODOO_BIN"], *words],
                    env=runtime.env,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    preexec_fn=die_with_parent,
                )
            PID_FILE.write_text(str(odoo.pid))
        _wait_for_answer(odoo, url, log)
    _tell(runtime, name, url, log)
    try:
        return odoo.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        _end(odoo)


def _served_url(pid):
    words = Path(f"/proc/{pid}/cmdline").read_text()
    return f"http://localhost:{words.partition('--http-port=')[2].partition(chr(0))[0]}"


def server_pid():
    """Return the process number of this checkout's server, or None."""
    with contextlib.suppress(OSError, ValueError):
        pid = int(PID_FILE.read_text())
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        if bytes(LOCAL / "odoo-bin") in words:
            return pid
    return None


def stop():
    """End this checkout's server; True when one was running."""
    pid = server_pid()
    if pid:
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + END_SECONDS
        while server_pid() == pid:
            time.sleep(0.1)
            if time.monotonic() > deadline:  # suspended by Ctrl+Z, say
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
    PID_FILE.unlink(missing_ok=True)
    return bool(pid)


def _wait_for_answer(odoo, url, log):
    # this machine is not reached through the proxy of the network
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    # the log-in page compiles and caches what the first visitor would wait for
    deadline = time.monotonic() + FIRST_ANSWER_SECONDS
    while time.monotonic() < deadline:
        if odoo.poll() is not None:
            raise Problem(diagnose(log, "Odoo ended while starting"))
        with contextlib.suppress(urllib.error.URLError, OSError):
            with opener.open(f"{url}/web/login", timeout=60) as answer:
                answer.read()
            return
        time.sleep(0.1)
    _end(odoo)
    raise Problem(diagnose(log, f"Odoo did not answer in {FIRST_ANSWER_SECONDS} s"))


def _tell(runtime, name, url, log):
    query = PEOPLE.format(addons=",".join(our_addons()))
    people = runtime.server.sql(query, name)
    say(f"\n  {url}   (Ctrl+C ends it; log: {log})\n")
    say("  log in as      password       who")
    for login, person, count in [["admin", "Odoo's administrator", "1"], *people]:
        others = int(count) - 1
        more = f" (and {others} more with this role)" if others else ""
        say(f"  {login:<14} {login:<14} {person}{more}")


def _end(odoo):
    PID_FILE.unlink(missing_ok=True)
    if odoo.poll() is None:
        odoo.terminate()
        try:
            odoo.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            odoo.kill()
            odoo.wait()
