"""What can go wrong on a reader's machine ends in one sentence that says what to do."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from .killing import copy_project

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from devlib import debian, places, postgres, serve, step  # noqa: E402


def dev(*words, root=ROOT, **variables):
    """Run `./dev` and return its exit code and what it said."""
    argv = [sys.executable, root / "dev", *map(str, words)]
    env = {**os.environ, **{name: str(value) for name, value in variables.items()}}
    done = subprocess.run(argv, env=env, capture_output=True, text=True, timeout=120)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("write error: No space left on device", "disk is full"),
        ("Could not resolve 'deb.example'", "did not answer"),
        ("error: Failed to fetch: `https://x/simple/a/`", "did not answer"),
        ("E: The repository is not signed.", "signature"),
        ("E: Failed to fetch http://x/InRelease  404 … is not signed", "DEBIAN_MIRROR"),
        ("E: Release file for http://x/InRelease is expired", "stands still"),
        ("E: Release file for http://x/InRelease is not valid yet", "the clock"),
        ("invalid peer certificate: NotValidYet", "the clock"),
        ("OSError: [Errno 98] Address already in use", "choose one with --port"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "checksum"),
        ("E: Version '19.0.1' for 'odoo-19' was not found", "no longer where it was"),
        ("FileNotFoundError: [Errno 2] No such file: 'a.js'", "the whole log is in"),
        ("something nobody has seen before", "the whole log is in"),
    ],
)
def test_what_a_program_says_becomes_advice(said, advice, tmp_path, capfd):
    log = tmp_path / "log"
    log.write_text(said)
    with pytest.raises(step.Problem, match=advice):
        step.run([sys.executable, "-c", f"print({said!r}); exit(1)"], log)
    assert said in capfd.readouterr().err


def test_a_killed_step_is_done_anew(tmp_path):
    target = tmp_path / "unpacked"
    with pytest.raises(KeyboardInterrupt), places.built_aside(target) as aside:
        (aside / "half").touch()
        raise KeyboardInterrupt
    assert not target.exists()
    with places.built_aside(target) as aside:
        (aside / "whole").touch()
    assert [path.name for path in target.iterdir()] == ["whole"]
    assert list(tmp_path.iterdir()) == [target]


def test_a_child_dies_with_a_killed_parent(tmp_path):
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from pathlib import Path; from devlib import step\n"
        "step.run(['sh', '-c', 'echo $$; exec sleep 60'], Path(sys.argv[1]))\n"
    )
    log = tmp_path / "log"
    parent = subprocess.Popen([sys.executable, "-c", code, log])
    until(lambda: log.exists() and log.read_text().strip())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    child = Path(f"/proc/{log.read_text().strip()}")
    # a killed child may stay as a zombie where nobody collects it
    until(lambda: not child.exists() or "sleep" not in (child / "cmdline").read_text())


def test_a_service_manager_ends_it_as_a_keyboard_does(tmp_path):
    cache = tmp_path / "reform-suite"
    cache.mkdir()
    env = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        argv = [sys.executable, ROOT / "dev", "env"]
        pipe = subprocess.PIPE
        with subprocess.Popen(argv, env=env, stdout=pipe, stderr=pipe, text=True) as us:
            assert "waiting for another" in us.stderr.readline()
            us.terminate()
            assert us.wait(20) == 1
            assert us.stderr.read().endswith("the same command goes on from here\n")


def test_a_taken_port_is_named_with_another_to_try(tmp_path):
    clone = copy_project(tmp_path)  # here somebody may be serving the suite
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, said = dev("run", "--port", port, root=clone)
    assert code == 1
    assert f"Port {port} is taken" in said
    assert f"--port {port + 1}" in said


def test_of_two_runs_at_once_the_second_leaves_the_first_alone(tmp_path, monkeypatch):
    log = tmp_path / "server.log"
    log.write_text("of the first")
    monkeypatch.setattr(serve, "LOGS", tmp_path)
    runtime = SimpleNamespace(env={"ODOO_BIN": "/bin/false"})
    argv = [sys.executable, "-c", "import time; time.sleep(60)", "--http-port=8123"]
    with subprocess.Popen(argv) as first:
        until(lambda: b"8123" in Path(f"/proc/{first.pid}/cmdline").read_bytes())
        monkeypatch.setattr(serve, "server_pid", lambda: first.pid)
        with pytest.raises(step.Problem, match="open http://localhost:8123,"):
            serve.serve(runtime, "any", free_port())
        first.kill()
    assert log.read_text() == "of the first"


def test_a_language_asked_for_too_late_is_answered(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(serve, "LOCAL", tmp_path)
    (tmp_path / "databases").mkdir()
    (tmp_path / "databases/demo").write_text("as it is")
    monkeypatch.setattr(
        serve, "Templates", lambda _: SimpleNamespace(names={"demo": "as it is"})
    )
    server = SimpleNamespace(databases=lambda: ["demo"], is_ours=lambda _: True)
    runtime = SimpleNamespace(server=server)
    serve.database(runtime, "demo", demo=True, language="en_US", fresh=False)
    assert "demo keeps its language" in capfd.readouterr().err


def test_a_suspended_server_is_ended_too(tmp_path, monkeypatch):
    monkeypatch.setattr(serve, "LOCAL", tmp_path)
    monkeypatch.setattr(serve, "PID_FILE", tmp_path / "server.pid")
    monkeypatch.setattr(serve, "END_SECONDS", 0.2)
    argv = [sys.executable, "-c", "import time; time.sleep(60)", tmp_path / "odoo-bin"]
    with subprocess.Popen(argv) as server:
        serve.PID_FILE.write_text(str(server.pid))
        until(serve.server_pid)
        server.send_signal(signal.SIGSTOP)
        assert serve.stop()
        assert server.wait(10) < 0


def test_a_reader_that_goes_away_is_no_mishap():
    argv = [sys.executable, ROOT / "dev", "env"]
    pipe = subprocess.PIPE
    with subprocess.Popen(argv, stdout=pipe, stderr=pipe, text=True) as us:
        us.stdout.close()
        assert "Traceback" not in us.stderr.read()


def test_a_damaged_environment_is_named(tmp_path):
    with pytest.raises(step.Problem, match="is incomplete: remove that folder"):
        postgres.Server(tmp_path / "venv-run-0/bin/python")


def test_a_server_that_does_not_answer_is_named(tmp_path):
    code, said = dev("env", PGHOST=tmp_path, PGPORT=1)
    assert code == 1
    assert f"PGHOST={tmp_path}" in said
    assert "unset PGHOST" in said


def test_a_database_of_others_on_a_given_server_stays_as_it_is(tmp_path):
    clone = copy_project(tmp_path)
    name = f"foreign_{os.getpid()}"
    subprocess.run(["createdb", name], check=True)
    try:
        given = {"PGHOST": f"{os.environ['PGHOST']}/"}
        words = ("run", "--port", free_port(), "--fresh", "--db", name)
        code, said = dev(*words, root=clone, **given)
        assert code == 1
        assert f"{name} that was not made here" in said
        subprocess.run(["psql", "-c", "SELECT 1", name], check=True)
    finally:
        subprocess.run(["dropdb", name], check=True)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--port", "99999"), "99999 is no port"),
        (("--db", "postgres"), "postgres is not for use"),
        (("--db", "tpl_x"), "tpl_x is not for use"),
        (("--db", 'a"b'), "a name has Latin letters"),
        (("--lang", "de_DE"), "invalid choice"),
    ],
)
def test_a_word_that_cannot_be_meant_is_refused(words, sentence):
    code, said = dev("run", *words)
    assert code == 2
    assert sentence in said
    assert said.startswith("usage: ./dev run")


def test_the_variables_of_the_runtime_are_no_order_for_another_server(monkeypatch):
    place = os.environ["PGHOST"]
    python = Path(os.environ["PYTHON"])
    monkeypatch.setenv("SUITE_PGHOST", place)
    assert postgres.Server(python).own
    monkeypatch.setenv("PGHOST", "/elsewhere")
    assert not postgres.Server(python).own


def test_a_folder_that_another_user_laid_out_is_refused(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(step.Problem, match="belongs to another user"):
        postgres._check_owner(tmp_path / "link")
    postgres._check_owner(tmp_path)


def test_a_folder_that_is_no_odoo_is_named(tmp_path):
    code, said = dev("env", ODOO_HOME=tmp_path)
    assert code == 1
    assert "name a checkout" in said


def test_another_odoo_version_is_refused(tmp_path):
    (tmp_path / "odoo").mkdir()
    (tmp_path / "odoo/release.py").write_text("version_info = (18, 0, 0, FINAL, 0, '')")
    code, said = dev("env", ODOO_HOME=tmp_path)
    assert code == 1
    assert "is not Odoo 19.0" in said


def test_a_cache_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()
    code, said = dev("env", XDG_CACHE_HOME=tmp_path / "file")
    assert code == 1
    assert "XDG_CACHE_HOME" in said


def test_too_small_a_disk_is_refused_before_anything_is_fetched(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "CACHE", tmp_path)
    monkeypatch.setattr(
        places.shutil, "disk_usage", lambda path: SimpleNamespace(free=9e8)
    )
    with pytest.raises(step.Problem, match=r"Only 0\.9 GB are free .* free some"):
        places.make_folders()


def test_a_disk_that_filled_under_another_program_is_named(tmp_path, monkeypatch):
    log = tmp_path / "log"
    log.write_text("the database system is in recovery mode")
    assert "disk is full" not in step.diagnose(log, "")
    left = SimpleNamespace(free=7_700_000)
    monkeypatch.setattr(step.shutil, "disk_usage", lambda path: left)
    assert "disk is full" in step.diagnose(log, "")


def test_an_unknown_mirror_changes_nothing(tmp_path):
    mirror = f"http://127.0.0.1:{free_port()}/debian"
    code, said = dev("env", XDG_CACHE_HOME=tmp_path, DEBIAN_MIRROR=mirror)
    assert code == 1
    assert "did not answer" in said
    assert not (tmp_path / "reform-suite/odoo").exists()


def test_a_package_that_is_not_the_tested_one_is_refused_unless_newer(tmp_path, capfd):
    name, (version, _sha256) = next(iter(debian._locked().items()))
    versions = ("0.1-1", "99%3a1-1", version)
    older, newer, other = (tmp_path / f"{name}_{v}_all.deb" for v in versions)
    for deb in (older, newer, other):
        deb.touch()
    with pytest.raises(step.Problem, match=r"older than the tested .* DEBIAN_MIRROR"):
        debian._compare_with_lock(older)
    with pytest.raises(step.Problem, match="is not the file that was tested"):
        debian._compare_with_lock(other)
    debian._compare_with_lock(newer)
    assert "99%3a1-1 is newer" in capfd.readouterr().err
    assert not debian.is_older(version, version)


def free_port():
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
