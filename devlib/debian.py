"""Packages of Debian's archive, fetched and unpacked without root.

A private apt (own lists, own cache) reads the system's mirrors, proxies and keys, so
every package keeps its signature check, and nothing on the system changes.
"""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote

from .places import CACHE, LOCKS, LOGS, built_aside
from .step import Problem, die_with_parent, megabytes_in, run, say, step

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
SOURCES = (
    "/etc/apt/sources.list",
    "/etc/apt/sources.list.d/*.list",
    "/etc/apt/sources.list.d/*.sources",
    "/usr/share/python-apt/templates/Debian.info",
)
MIRROR = re.compile(
    r"^(?:deb\s[^#]*?\s?|URIs:\s*|BaseURI:\s*)((?:https?|mirror\+\w+):\S*/debian)/?(?:\s|$)",
    re.MULTILINE,
)
# Only Persian of Odoo's translations is kept: 1.2 GB become 0.44 GB.
OTHER_LANGUAGES = ("*/i18n/[a-eg-z]*.po", "*/i18n/f[b-z]*.po")


class Apt:
    """An apt with folders of its own under the cache."""

    def __init__(self, name, options):
        self.home = CACHE / name
        self.debs = self.home / "archives"
        for folder in ("lists/partial", "cache", "archives/partial"):
            (self.home / folder).mkdir(parents=True, exist_ok=True)
        self.options = {
            "Dir::State": self.home,
            "Dir::Cache": self.home / "cache",
            "Dir::Cache::archives": self.debs,
            # root would otherwise hand downloads to a user who cannot write here
            "APT::Sandbox::User": _user_name(),
            "Acquire::Languages": "none",
            "Acquire::Retries": "2",
            "APT::Update::Post-Invoke::": "",
            "Debug::NoLocking": "1",
            **options,
        }

    def __call__(self, *words, cwd=None, progress=None):
        """Run apt-get with ``words``; its output goes to a log of its own."""
        options = [f"-o{key}={value}" for key, value in self.options.items()]
        run(
            ["apt-get", "-q", "-y", *options, *words],
            LOGS / f"apt-{self.home.name}-{words[0]}.log",
            cwd=cwd,
            progress=progress,
            look=megabytes_in(cwd or self.home),
        )


def odoo_tree():
    """Return the folder of an unpacked Odoo 19, fetching it when it is missing."""
    target = CACHE / "odoo"
    packages = target / "usr/lib/python3/dist-packages"
    if not (target / ".complete").exists():
        _need_tools()
        apt = Apt("apt-odoo", _odoo_sources())
        with step("Debian's package lists (about 21 MB)") as progress:
            apt("update", progress=progress)
        with (
            step("Odoo 19 from Debian (about 134 MB)") as progress,
            built_aside(CACHE / "odoo-debs") as folder,
        ):
            apt("download", *_odoo_packages(), cwd=folder, progress=progress)
        with step("unpacking Odoo"), built_aside(target) as aside:
            for deb in sorted((CACHE / "odoo-debs").glob("*.deb")):
                _compare_with_lock(deb)
                unpack(deb, aside, exclude=OTHER_LANGUAGES)
            _fill_gaps(aside / "usr/lib/python3/dist-packages/odoo/addons")
            (aside / ".complete").touch()
        for folder in (CACHE / "odoo-debs", apt.home):
            shutil.rmtree(folder, ignore_errors=True)
    return packages


def pip_wheel():
    """Return Debian's pip wheel, for a Python that came without pip."""
    wheels = sorted((CACHE / "odoo/usr/share/python-wheels").glob("pip-*.whl"))
    if not wheels:
        raise Problem(
            "This Python has no pip: install python3-venv (or python3-pip), "
            "then run again."
        )
    return wheels[-1]


def host_packages(name, packages, advice):
    """Unpack this very system's packages, with what they need, into the cache.

    :param advice: the one command to name when that is not possible here.
    :return: the folder that stands for `/`.
    """
    target = CACHE / f"host-{name}"
    if (target / ".complete").exists():
        return target
    try:
        _need_tools()
        apt = Apt("apt-host", {"Dir::State::status": "/var/lib/dpkg/status"})
        shutil.rmtree(apt.debs, ignore_errors=True)
        (apt.debs / "partial").mkdir(parents=True)
        with step(f"{name} from this system's own packages") as progress:
            apt("update", progress=progress)
            apt(
                "install",
                "--download-only",
                "--no-install-recommends",
                *packages,
                progress=progress,
            )
            with built_aside(target) as aside:
                for deb in sorted(apt.debs.glob("*.deb")):
                    unpack(deb, aside)
                (aside / ".complete").touch()
    except Problem as problem:
        raise Problem(f"{problem}\n{advice}") from problem
    shutil.rmtree(apt.debs, ignore_errors=True)
    return target


def library_folders(prefix):
    """Return the folders of ``prefix`` that hold shared libraries.

    Some packages keep private ones a folder deeper and find them by a path that is
    only right on an installed system.
    """
    return sorted(
        {
            str(library.parent)
            for pattern in ("usr/lib/*-linux-gnu*", "lib/*-linux-gnu*")
            for depth in ("lib*.so*", "*/lib*.so*")
            for library in prefix.glob(f"{pattern}/{depth}")
        }
    )


def unpack(deb, into, exclude=()):
    """Lay out the files of one package below ``into``."""
    archive = subprocess.Popen(
        ["dpkg-deb", "--fsys-tarfile", deb],
        stdout=subprocess.PIPE,
        preexec_fn=die_with_parent,
    )
    excludes = [f"--exclude={pattern}" for pattern in exclude]
    tar = subprocess.run(
        ["tar", "-x", "--no-same-owner", "-C", into, "--wildcards", *excludes],
        stdin=archive.stdout,
        stderr=subprocess.PIPE,
        preexec_fn=die_with_parent,
    )
    if archive.wait() or tar.returncode:
        detail = tar.stderr.decode(errors="replace").strip()
        if "No space left" in detail:
            detail = "the disk is full, free about 2.5 GB"
        raise Problem(f"{deb.name} could not be unpacked ({detail}); then run again.")


def _user_name():
    # getpass needs a passwd entry, which a container's user may lack
    found = subprocess.run(["id", "-un"], capture_output=True, text=True)
    return found.stdout.strip() or str(os.getuid())


def _need_tools():
    for tool in ("apt-get", "dpkg-deb", "tar"):
        if not shutil.which(tool):
            raise Problem(
                f"`{tool}` is missing, so this is no Debian or Ubuntu: set ODOO_HOME "
                "to a checkout of Odoo 19, or use docker-compose.yml."
            )


def _odoo_sources():
    mirror = os.environ.get("DEBIAN_MIRROR") or _system_mirror()
    keyring = KEYRING if KEYRING.exists() else _fetch_keyring()
    lines = [f"deb [signed-by={keyring}] {mirror} {s} main" for s in ("sid", "trixie")]
    sources = CACHE / "odoo-sources.list"
    sources.write_text("\n".join(lines) + "\n")
    status = CACHE / "odoo-dpkg-status"
    status.touch()
    return {
        "Dir::State::status": status,
        # else a mirror that does not answer is a warning only
        "APT::Update::Error-Mode": "any",
        # a mirror that stands still is still signed; `_compare_with_lock` refuses
        # what is older than the tested packages
        "Acquire::Check-Valid-Until": "false",
        "Dir::Etc::sourcelist": sources,
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::Etc::preferences": "/dev/null",
        "Dir::Etc::preferencesparts": "/dev/null",
    }


def _system_mirror():
    for pattern in SOURCES:
        for path in sorted(Path("/").glob(pattern.lstrip("/"))):
            found = MIRROR.search(path.read_text(errors="replace"))
            if found:
                return found[1]
    raise Problem(
        "No Debian mirror is known here: set DEBIAN_MIRROR to the URI of one."
    )


def _fetch_keyring():
    """Take Debian's keys from the system's own archive (Ubuntu has them)."""
    prefix = host_packages(
        "keyring",
        ["debian-archive-keyring"],
        "Install debian-archive-keyring, then run again.",
    )
    return prefix / str(KEYRING).lstrip("/")


def _locked():
    lines = (LOCKS / "debs.lock").read_text().splitlines()
    rows = [line.split() for line in lines if not line.startswith("#")]
    return {name: (version, sha256) for name, version, sha256 in rows}


def _odoo_packages():
    # Font Awesome 4.7 is trixie's: sid's files have other names than Odoo asks for
    old = {"fonts-font-awesome": "fonts-font-awesome/trixie"}
    return [old.get(name, name) for name in _locked()]


def _compare_with_lock(deb):
    name, version, _architecture = deb.stem.split("_")
    if name == "odoo-19" and not version.startswith("19.0"):
        raise Problem(f"Debian now has odoo-19 {version}, this project is for 19.0.")
    tested_version, sha256 = _locked()[name]
    if hashlib.sha256(deb.read_bytes()).hexdigest() != sha256:
        if is_older(version, tested_version):
            raise Problem(
                f"The Debian mirror has {name} {version}, older than the tested "
                f"{tested_version}: set DEBIAN_MIRROR to the URI of a newer mirror."
            )
        if version == tested_version:
            raise Problem(
                f"{deb.name} is not the file that was tested, though its version is: "
                "run again; if it stays so, set DEBIAN_MIRROR to another mirror."
            )
        say(
            f"  note: {name} {version} is newer than the tested {tested_version}; "
            "Debian signed it, going on"
        )


def is_older(version, other):
    """Compare two versions as Debian does; file names write `:` as `%3a`."""
    words = (unquote(version), "lt", unquote(other))
    return not subprocess.run(["dpkg", "--compare-versions", *words]).returncode


def _fill_gaps(addons):
    """Mend what Debian's package leaves open in the web client.

    The mail addon's bundle names a file that is not free software and was taken out;
    a missing file makes every page log an error and every tour fail.
    """
    if not (addons / "web/static/lib/jquery/jquery.js").exists():
        raise Problem("The unpacked Odoo is incomplete: run again.")
    gap = addons / "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
    gap.parent.mkdir(parents=True, exist_ok=True)
    gap.touch()
