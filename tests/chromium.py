"""The Chromium of the machine: where it is, how it starts, and how it is killed."""

import os
import shutil
import signal
from pathlib import Path

OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A picture of its own instead of a camera, and no question whether it may.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_path():
    """Return the path of the installed browser."""
    return next(filter(None, map(shutil.which, NAMES)))


class KillableChromium:
    """A browser with a profile on disk, in a process that can be killed outright."""

    def __init__(self, playwright, profile):
        self.playwright = playwright
        self.profile = profile

    def start(self):
        """Start it, anew after a kill, and return a page."""
        context = self.playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=chromium_path(),
            args=OPTIONS,
            locale="fa-IR",
            timezone_id="Asia/Tehran",
        )
        return context.pages[0]

    def kill(self):
        """Kill its processes: nothing in the browser can say farewell."""
        for pid in self._pids():
            os.kill(pid, signal.SIGKILL)
        # its lock names a process that is gone
        (self.profile / "SingletonLock").unlink(missing_ok=True)

    def _pids(self):
        """Return the browser's own process: the others end with it."""
        profile = f"--user-data-dir={self.profile}".encode()
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if profile in words and not any(w.startswith(b"--type=") for w in words):
                yield int(folder.name)
