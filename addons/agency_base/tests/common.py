import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import Registry
from odoo.orm.model_classes import add_to_registry
from odoo.tests import BaseCase, get_db_name
from odoo.tools import config
from odoo.tools.misc import exec_pg_environ, find_pg_tool

# Seconds until a test gives up on another process.
PATIENCE = 60


def register_toys(case, *definitions):
    """Add models to the registry for the time of a test class.

    Their tables live in the transaction of the class and go with it. Define the models
    with ``_module = None``, so that they belong to no addon.
    """
    registry, names = case.registry, [model._name for model in definitions]
    case.addClassCleanup(_forget_toys, registry, case.cr, names)
    add_models(registry, case.cr, definitions)


def add_models(registry, cr, definitions):
    """Add models and their tables to the registry of ``cr``'s database."""
    for definition in definitions:
        add_to_registry(registry, definition)
    names = [definition._name for definition in definitions]
    registry._setup_models__(cr, names)
    for name in names:
        for field in registry[name]._fields.values():
            if field.type == "many2many":
                # The table of a relation must belong to some module.
                field._module = "agency_base"
    registry.init_models(cr, names, {})


def _forget_toys(registry, cr, names):
    for name in names:
        registry.models.pop(name, None)
    for model_class in registry.models.values():
        for name in names:
            model_class._inherit_children.discard(name)
    registry._setup_models__(cr)


def run_jobs(env):
    """Run the background work that is due, in a test that has entered test mode."""
    env.flush_all()
    with env.registry.cursor() as cr:
        api.Environment(cr, SUPERUSER_ID, {})["agency.job"]._cron_run()
    env.invalidate_all()


class OwnDatabaseCase(BaseCase):
    """Tests that need several real connections, on a copy of the tested database.

    What they commit, and the processes they kill, disturb nobody else. The copy is
    made by dumping: PostgreSQL clones no database that somebody is connected to.
    """

    toys = ()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        source = get_db_name()
        cls.dbname = f"{source}_own_{os.getpid()}"
        cls._pg("dropdb", "--if-exists", cls.dbname)
        cls._pg("createdb", "-T", "template0", cls.dbname)
        cls.addClassCleanup(cls._drop)
        with tempfile.TemporaryDirectory() as folder:
            dump = str(Path(folder) / "dump")
            cls._pg("pg_dump", "-Fc", "-Z0", "-f", dump, source)
            cls._pg("pg_restore", "--no-owner", "-d", cls.dbname, dump)
        # Loading a registry with tests enabled would look for tests to run.
        with patch.dict(config._runtime_options, {"test_enable": False}):
            cls.registry = Registry(cls.dbname)
        if cls.toys:
            with cls.registry.cursor() as cr:
                add_models(cls.registry, cr, cls.toys)

    @classmethod
    def _pg(cls, tool, *arguments):
        subprocess.run(
            [find_pg_tool(tool), *arguments],
            env=exec_pg_environ(),
            check=True,
            capture_output=True,
        )

    @classmethod
    def _drop(cls):
        Registry.delete(cls.dbname)
        sql_db.close_db(cls.dbname)
        cls._pg("dropdb", "--force", "--if-exists", cls.dbname)

    def _env(self, cr, uid=SUPERUSER_ID, **context):
        return api.Environment(cr, uid, context)

    def _start_worker(self, script):
        """Start another Odoo process that runs ``script`` in a shell."""
        options = {
            "--addons-path": ",".join(config["addons_path"]),
            "--data-dir": config["data_dir"],
            "--db_host": config["db_host"],
            "--db_port": config["db_port"],
            "--db_user": config["db_user"],
            "--log-level": "error",
        }
        arguments = [f"{name}={value}" for name, value in options.items() if value]
        command = [sys.executable, "-m", "odoo", "shell", "-d", self.dbname]
        worker = subprocess.Popen(
            [*command, "--no-http", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        self.addCleanup(worker.wait)
        self.addCleanup(worker.kill)
        worker.stdin.write(script.encode())
        worker.stdin.close()
        return worker

    def _wait(self, condition, worker):
        """Wait until ``condition()`` holds; fail when the worker ends before."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if worker.poll() not in (None, -signal.SIGKILL):
                self.fail(worker.stderr.read().decode())
            self.assertLess(time.monotonic(), end, "waited in vain")
            time.sleep(0.05)

    def assertCanOpenTestCursor(self):  # noqa: N802 (Odoo's name)
        raise AssertionError("These tests use real connections.")
