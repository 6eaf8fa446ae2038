"""Databases prepared once and cloned: core -> bare -> demo, and bare -> test.

``core`` holds only what our addons need of Odoo, in Persian; ``bare`` adds our
addons, ``demo`` their demo story, ``test`` the compiled scripts of the tests. Their
names end in a fingerprint of what they were made from, so a change of an addon makes
new ones and removes the old.
"""

import ast

from .places import ADDONS, INSIDE, LOCAL, LOCKS, LOGS, ROOT, exclusive, fingerprint
from .runtime import clean_log
from .step import Problem, step

BUILDING = "tpl_building"
LANGUAGES = "fa_IR,en_US"
NOT_INSTALLED = {".pyc", ".md", ".rst", ".pot"}


def our_addons():
    """Return the manifests of our addons by name."""
    manifests = sorted(ADDONS.glob("*/__manifest__.py"))
    return {m.parent.name: ast.literal_eval(m.read_text()) for m in manifests}


def core_modules():
    """Return what our addons depend on outside of this project."""
    ours = our_addons()
    needed = {name for manifest in ours.values() for name in manifest["depends"]}
    return sorted(needed - set(ours))


class Templates:
    """The templates of the present sources, built when asked for."""

    def __init__(self, runtime):
        self.runtime = runtime
        self.server = runtime.server
        core_stamp = fingerprint(
            LOCKS / "run.lock",
            str(runtime.tree),
            " ".join(core_modules()),
            # a given server may serve other checkouts too, each with files of its own
            *([] if self.server.own else [str(LOCAL)]),
        )
        story, sources = _sources()
        bare_stamp = fingerprint(
            core_stamp, INSIDE / "assets.py", ROOT / "package-lock.json", *sources
        )
        demo_stamp = fingerprint(bare_stamp, INSIDE / "demo.py", *story)
        self.names = {
            "core": f"tpl_core_{core_stamp}",
            "bare": f"tpl_bare_{bare_stamp}",
            "test": f"tpl_test_{bare_stamp}",
            "demo": f"tpl_demo_{demo_stamp}",
        }

    def get(self, kind):
        """Return the name of a template, building it and what it stands on."""
        name = self.names[kind]
        with exclusive(LOCAL):
            if name not in self.server.databases() or not self.server.is_ours(name):
                self._drop_old(kind)
                self.server.drop(name)
                getattr(self, f"_build_{kind}")()
                self.server.rename(BUILDING, name)
        return name

    def install_log(self, kind):
        """Return the log of the installation that made a template."""
        return LOGS / f"{self.names[kind]}.log"

    def _build_core(self):
        modules = core_modules()
        with step(f"Odoo's own {len(modules)} modules, in Persian") as progress:
            self.server.drop(BUILDING)
            self.runtime.odoo(
                *("-d", BUILDING, "-i", ",".join(modules), "--stop-after-init"),
                *("--no-http", f"--load-language={LANGUAGES}"),
                log=self.install_log("core"),
                progress=progress,
            )

    def _build_bare(self):
        core = self.get("core")
        ours = our_addons()
        with step(f"our {len(ours)} addons") as progress:
            self.server.clone(core, BUILDING)
            self.runtime.odoo(
                *("-d", BUILDING, "-i", ",".join(ours), "--stop-after-init"),
                "--no-http",
                log=self.install_log("bare"),
                progress=progress,
            )
        with step("the web client's bundles, both directions") as progress:
            self._compile("pages", progress)

    def _build_test(self):
        bare = self.get("bare")
        with step("the bundles of the tests") as progress:
            self.server.clone(bare, BUILDING)
            self._compile("tests", progress)

    def _compile(self, bundles, progress):
        log = LOGS / "assets.log"
        script = INSIDE / "assets.py"
        self.runtime.inside(script, BUILDING, log, progress, BUNDLES=bundles)
        # without rtlcss, say, Odoo only warns and serves Persian left to right
        for line in clean_log(log):
            raise Problem(f"The bundles are not right: {line}")

    def _build_demo(self):
        bare = self.get("bare")
        with step("the demo story") as progress:
            self.server.clone(bare, BUILDING)
            log = self.install_log("demo")
            self.runtime.inside(INSIDE / "demo.py", BUILDING, log, progress)

    def _drop_old(self, kind):
        keep = set(self.names.values())
        for name in filter(self.server.is_ours, self.server.databases() - keep):
            if name == BUILDING or name.startswith(f"tpl_{kind}_"):
                self.server.drop(name)


def _sources():
    """Return the files of the demo story, and all others that an installation reads."""
    story, sources = [], []
    for path in sorted(ADDONS.rglob("*")):
        parts = path.relative_to(ADDONS).parts
        if not path.is_file() or path.suffix in NOT_INSTALLED or "tests" in parts:
            continue
        (story if "demo" in parts else sources).append(path)
    return story, sources
