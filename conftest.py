"""Rules for every test run, of the addons and of what crosses them."""

import os
import shutil
from pathlib import Path
from unittest import mock

import pytest

from odoo.tools import config


@pytest.fixture(scope="session", autouse=True)
def own_filestore(load_registry):
    """Give each worker files of its own.

    Workers have databases of their own but would share one folder of files, where
    one's garbage collection deletes what another still needs.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if not worker:
        yield
        return
    shared = Path(config.filestore("any"))
    own = shared.with_name(f"{shared.name}-{worker}")
    shutil.copytree(shared, own, dirs_exist_ok=True)
    with mock.patch.object(config, "filestore", return_value=str(own)):
        yield
    shutil.rmtree(own)


def pytest_sessionfinish(session):
    """On CI a skipped test is a failure: it would hide a missing install step."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
