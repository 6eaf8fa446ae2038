"""What Python and npm do not bring: pango for PDFs, a browser and nginx for tests."""

import os
import shutil
import subprocess
from pathlib import Path

from . import debian
from .places import CACHE
from .step import Problem

PANGO = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LOAD_PANGO = """
import ctypes
for name in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"):
    ctypes.CDLL(name)
"""

FONTS = """\
<?xml version="1.0"?>
<fontconfig>
    <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
    <dir>{prefix}/usr/share/fonts</dir>
    <cachedir>{cache}</cachedir>
</fontconfig>
"""


def pango_folders(python):
    """Return folders for LD_LIBRARY_PATH with which WeasyPrint finds pango.

    Where pango can be had neither way Odoo still runs, with its own PDF engine, so
    the reader is told rather than stopped.
    """
    if _loads(python, {}):
        return []
    prefix = debian.host_packages(
        "pango",
        PANGO,
        f"For official PDFs: sudo apt-get install {' '.join(PANGO)}",
    )
    folders = debian.library_folders(prefix)
    if not _loads(python, {"LD_LIBRARY_PATH": ":".join(folders)}):
        raise Problem(
            f"pango does not load here: sudo apt-get install {' '.join(PANGO)}, "
            "then run again."
        )
    return folders


def fonts_file():
    """Return a fontconfig file for what is unpacked here, or None with the system's."""
    if Path("/etc/fonts/fonts.conf").exists():
        return None
    prefix = CACHE / "host-pango"
    return _write_fonts(CACHE / "commands-pango", prefix)


def browser_folder():
    """Return a folder for PATH with a `chromium`, or None when PATH has a browser."""
    if any(_answers(shutil.which(name)) for name in BROWSERS):
        return None
    advice = "For the browser tests: sudo apt-get install chromium"
    prefix = debian.host_packages("chromium", ["chromium", "fonts-dejavu-core"], advice)
    program = prefix / "usr/lib/chromium/chromium"
    command = _wrap("chromium", program, prefix)
    if not _answers(command):
        raise Problem(f"The unpacked browser does not start here. {advice}")
    return str(command.parent)


def nginx_folder():
    """Return a folder for PATH with an `nginx`, or None when the system has one."""
    if shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"):
        return "/usr/sbin"
    advice = "For the proxy's test: sudo apt-get install nginx-light"
    prefix = debian.host_packages("nginx", ["nginx-light"], advice)
    return str(_wrap("nginx", prefix / "usr/sbin/nginx", prefix).parent)


def _wrap(name, program, prefix):
    """Write a command that starts ``program`` with its own libraries and fonts."""
    command = CACHE / f"commands-{name}" / name
    fonts = _write_fonts(command.parent, prefix)
    libraries = ":".join([str(program.parent), *debian.library_folders(prefix)])
    command.write_text(
        "#!/bin/sh\n"
        f'export LD_LIBRARY_PATH="{libraries}:$LD_LIBRARY_PATH"\n'
        f'export FONTCONFIG_FILE="{fonts}"\n'
        f'exec "{program}" "$@"\n'
    )
    command.chmod(0o755)
    return command


def _write_fonts(folder, prefix):
    folder.mkdir(exist_ok=True)
    file = folder / "fonts.conf"
    file.write_text(FONTS.format(prefix=prefix, cache=folder / "fontcache"))
    return file


def _loads(python, extra):
    argv = [python, "-c", LOAD_PANGO]
    return not subprocess.run(
        argv, env={**os.environ, **extra}, capture_output=True
    ).returncode


def _answers(command):
    if not command:
        return False
    told = subprocess.run([command, "--version"], capture_output=True, text=True)
    # Ubuntu's chromium is a shim that only says how to get a snap
    return told.returncode == 0 and "snap" not in told.stdout
