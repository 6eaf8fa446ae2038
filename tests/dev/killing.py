"""Kill `./dev` at the beginning and in the middle of each step, until it is through.

    python3 tests/dev/killing.py [PORT]

does it to a first `./dev run`, with a fresh clone and an empty cache in a temporary
folder: about 400 MB are downloaded, and it takes three times as long as a first start.
`test_kills.py` does it in seconds to the steps that need neither network nor Odoo.
"""

import contextlib
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BEGUN = re.compile(r"  … ([^:\r\n]+):")
MIDDLE_SECONDS = 1.5


def copy_project(folder):
    """Return a clone of the sources as they are, with databases of its own.

    Its path is one that people have: with a blank and in their own letters.
    """
    target = folder / "a clone پوشه"
    names = ("addons", "devlib", "dev", "package.json", "package-lock.json")
    for name in (*names, "eslint.config.mjs", "prettier.config.mjs"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        target.mkdir(exist_ok=True)
        copy(ROOT / name, target / name)
    return target


def kill_at_every_step(clone, words, *, env, last=None):
    """Start `./dev` again and again, each time killed a little later.

    :param last: a text that is printed when everything is done and the program stays.
    :return: the titles of the steps, and the exit code of the run that was let go.
    """
    met = []
    while True:
        with _on_a_terminal([sys.executable, clone / "dev", *words], env, clone) as dev:
            process, lines = dev
            for title in lines(last):
                if title == last:
                    # a shell's background job is deaf to SIGINT
                    process.terminate()
                elif met.count(title) < 2:
                    time.sleep(MIDDLE_SECONDS * met.count(title))
                    met.append(title)
                    process.kill()
            code = process.wait()
        _wait_for_the_end_of_all_below(clone.parent)
        if code != -signal.SIGKILL:
            return list(dict.fromkeys(met)), code


@contextlib.contextmanager
def _on_a_terminal(argv, env, cwd):
    """Start a program on a terminal: there it says which step begins."""
    master, slave = pty.openpty()
    process = subprocess.Popen(argv, env=env, cwd=cwd, stdout=slave, stderr=slave)
    os.close(slave)

    def lines(last):
        """Yield the title of each step that begins, and ``last`` when it is seen."""
        text, seen = "", set()
        while True:
            try:
                text += os.read(master, 4096).decode(errors="replace")
            except OSError:  # the program has ended
                return
            for title in BEGUN.findall(text):
                if title not in seen:
                    seen.add(title)
                    yield title
            if last and last in text:
                yield last
                last = None

    try:
        yield process, lines
    finally:
        process.kill()
        process.wait()
        os.close(master)


def _wait_for_the_end_of_all_below(folder, seconds=30):
    """Make sure that nothing started below ``folder`` outlives its parent."""
    deadline = time.monotonic() + seconds
    while orphans := list(_running_below(folder)):
        assert time.monotonic() < deadline, orphans
        time.sleep(0.1)


def _running_below(folder):
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (process / "cmdline").read_bytes().decode(errors="replace")
            place = os.readlink(process / "cwd")
            # the server is meant to stay
            if str(folder) in words + place and "postgres" not in words.split("\0")[0]:
                yield words.replace("\0", " ")


def main():
    """Kill a first start everywhere, and say how it ended."""
    port = sys.argv[1] if len(sys.argv) > 1 else "8069"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clone = copy_project(folder)
        env = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
        begun = time.monotonic()
        steps, code = kill_at_every_step(
            clone, ["run", "--port", port], env=env, last=f"http://localhost:{port}"
        )
        print(*steps, sep="\n")
        print(f"served, ended {code}, {time.monotonic() - begun:.0f} s")
        subprocess.run([clone / "dev", "stop"], env=env)


if __name__ == "__main__":
    main()
