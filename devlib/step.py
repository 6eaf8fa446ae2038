"""One line per step on the terminal, and child processes that die with us."""

import contextlib
import ctypes
import os
import re
import shutil
import signal
import subprocess
import sys
import time

TTY = sys.stderr.isatty()
HEARTBEAT_SECONDS = 15
LOG_TAIL_LINES = 12

DISK_IS_FULL = "The disk is full: free about 2.5 GB, then run the same command again."
NEARLY_FULL_BYTES = 20_000_000  # what is too large to be written leaves a little free

# What a child's log says -> what the reader should do. First match wins.
DIAGNOSES = (
    (r"No space left on device", DISK_IS_FULL),
    (
        r"Hash Sum mismatch|hash mismatch|DO NOT MATCH THE HASHES|EINTEGRITY",
        "A download does not match its recorded checksum: run again; if it stays so, "
        "the mirror or a proxy changes what it delivers.",
    ),
    (
        r"Failed to fetch \S+/InRelease +4\d\d|does not have a Release file|"
        r"list of sources could not be read",
        "There is no Debian archive at the mirror's address: set DEBIAN_MIRROR to the "
        "URI of one, which usually ends in /debian.",
    ),
    (
        r"is not signed|NO_PUBKEY|signatures? (couldn't|were invalid)|EXPKEYSIG",
        "The package archive's signature could not be verified: install or update "
        "the system's debian-archive-keyring, then run again.",
    ),
    (
        r"Release file for .* is (expired|not valid yet)|certificate has expired|"
        r"certificate is not (yet )?valid|peer certificate: (Expired|NotValidYet)",
        "The system's package mirror stands still, or the clock is wrong: set the "
        "clock, or name a mirror that is kept up to date in the system's sources.",
    ),
    (
        r"Address already in use",
        "Another program has taken the port meanwhile: choose one with --port.",
    ),
    (
        r"(not|to|failure) resolv|Could not connect|Connection (refused|reset|failed|"
        r"timed out)|unreachable|dns error|(?-i:ENOTFOUND|ECONN|EAI_AGAIN)|tunnel|"
        r"error sending request|NewConnectionError|Failed to fetch|timed out",
        "A package registry did not answer: check the network (or the proxy "
        "settings) and run again; what is already here is kept.",
    ),
    (
        r"404 +Not Found|No matching distribution|was not found|Unable to locate|"
        r"No solution found|E404",
        "A package is no longer where it was: update this project (git pull), "
        "or compare devlib/locks with what the registry has.",
    ),
)


class Problem(Exception):
    """Something the reader can mend; its text is one clear sentence."""


def say(text):
    """Print a plain line, apart from what the command itself outputs."""
    print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def step(title):
    """Print ``title`` with the seconds the block took; yield a progress function."""
    begun = last = time.monotonic()

    def progress(detail):
        nonlocal last
        now = time.monotonic()
        if TTY:
            line = f"  … {title}: {detail}"[: os.get_terminal_size(2).columns - 1]
            print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)
        elif now - last > HEARTBEAT_SECONDS:
            last = now
            say(f"  … {title}: {detail} ({now - begun:.0f} s)")

    if TTY:
        progress("")
    try:
        yield progress
    except BaseException:
        _end_line("✗", title, begun)
        raise
    _end_line("✓", title, begun)


def _end_line(mark, title, begun):
    clear = "\r\033[K" if TTY else ""
    say(f"{clear}{mark} {title:<58}{time.monotonic() - begun:7.1f} s")


def die_with_parent():
    """Run in the child: ask Linux to end it when `dev` itself is killed."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)


def run(argv, log, *, env=None, cwd=None, stdin=None, progress=None, look=None):
    """Run ``argv`` to its end, its output in the file ``log``.

    :param look: called about five times a second; returns a text for ``progress``.
    :raises Problem: when the exit code is not 0, with the advice that fits the log.
    """
    with log.open("wb") as output:
        child = subprocess.Popen(
            [str(part) for part in argv],
            stdin=stdin or subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=cwd,
            preexec_fn=die_with_parent,
        )
        try:
            while True:
                try:
                    code = child.wait(0.2)
                    break
                except subprocess.TimeoutExpired:
                    if progress and look:
                        progress(look())
        except BaseException:
            child.kill()
            child.wait()
            raise
    if code:
        raise Problem(diagnose(log, f"{os.path.basename(str(argv[0]))} ended {code}"))


def diagnose(log, fallback):
    """Return the advice for what stands in ``log``, after showing its last lines."""
    text = log.read_text(errors="replace")
    for line in text.splitlines()[-LOG_TAIL_LINES:]:
        say(f"    {line}")
    # PostgreSQL dies of it, and Odoo only knows that it is gone
    if shutil.disk_usage(log.parent).free < NEARLY_FULL_BYTES:
        return f"{DISK_IS_FULL} (whole log: {log})"
    for pattern, advice in DIAGNOSES:
        if re.search(pattern, text, re.IGNORECASE):
            return f"{advice} (whole log: {log})"
    return f"{fallback}; the whole log is in {log}."


def megabytes_in(folder):
    """Return a `look` function that tells how much has arrived in ``folder``."""

    def look():
        size = 0
        with contextlib.suppress(OSError):
            size = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())
        return f"{size / 1e6:.0f} MB"

    return look


def last_line_of(log):
    """Return a `look` function that tells what a program has said last."""

    def look():
        lines = log.read_text(errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")

    return look
