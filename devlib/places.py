"""Where things lie: the checkout, its own `.dev` folder, and the shared cache.

`.dev` belongs to one checkout (databases, logs, configuration); the cache holds what
is downloaded or unpacked and serves every checkout of the same user. Nothing else
is written anywhere.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
from pathlib import Path

from .step import Problem, say

ROOT = Path(__file__).resolve().parent.parent
ADDONS = ROOT / "addons"
LOCKS = Path(__file__).resolve().parent / "locks"
INSIDE = Path(__file__).resolve().parent / "inside"
LOCAL = ROOT / ".dev"
LOGS = LOCAL / "log"
CACHE = (
    Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "reform-suite"
)

# A first `./dev run` takes about 2 GB, the tests as much again.
NEEDED_BYTES = 2_500_000_000
_locked = set()


def make_folders():
    """Create both folders, refusing early where a set-up could not end well."""
    try:
        for folder in (LOCAL, LOGS, CACHE):
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(
            f"{folder} cannot be created ({error.strerror}): "
            "clone into a folder of yours, or set XDG_CACHE_HOME to one."
        ) from error
    if not (CACHE / "ready").exists():
        free = shutil.disk_usage(CACHE).free
        if free < NEEDED_BYTES:
            raise Problem(
                f"Only {free / 1e9:.1f} GB are free at {CACHE}, {NEEDED_BYTES / 1e9} GB"
                " are needed: free some, or set XDG_CACHE_HOME to a larger disk."
            )


@contextlib.contextmanager
def exclusive(folder):
    """Let one process at a time build in ``folder``, which may be locked already.

    The system drops the lock of a killed one.
    """
    if folder in _locked:
        yield
        return
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"waiting for another set-up in {folder} to end")
            fcntl.flock(lock, fcntl.LOCK_EX)
        _locked.add(folder)
        try:
            yield
        finally:
            _locked.remove(folder)


def fingerprint(*parts):
    """Return 12 hex digits that change when any of the files or texts changes."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.read_bytes() if isinstance(part, Path) else part.encode())
        digest.update(b"\0")
    return digest.hexdigest()[:12]


@contextlib.contextmanager
def built_aside(target):
    """Yield a fresh folder that becomes ``target`` only when the block succeeds.

    Whatever is killed half-way leaves ``target`` absent, so the next run starts
    that step anew.
    """
    aside = target.with_name(target.name + ".new")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    yield aside
    shutil.rmtree(target, ignore_errors=True)
    aside.rename(target)
