"""Rules for every test run, of the addons and of what crosses them."""

import os
import shutil
from pathlib import Path
from unittest import mock

import pytest
from xdist.scheduler import LoadScopeScheduling

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


def pytest_xdist_make_scheduler(config, log):
    """Hand out the tests in their order, long ones first, by what they share."""
    config.option.loadscopereorder = False
    return SharedBeginnings(config, log)


class SharedBeginnings(LoadScopeScheduling):
    """Give tests that share a costly beginning to one worker, others to who is free."""

    def _split_scope(self, nodeid):
        path, *names = nodeid.split("::")
        if path.startswith("tests/production/"):
            return "tests/production"  # one layout
        if path.startswith("tests/journeys/"):
            return path  # one suite served for the file
        return "::".join([path, *names[:-1]]) if len(names) > 1 else nodeid


def pytest_sessionfinish(session):
    """On CI a skipped test is a failure: it would hide a missing install step."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
