"""What the tests that cross addons share: databases, a served suite, a browser.

`./dev test` names the prepared databases in SUITE_CORE, SUITE_BARE and SUITE_DEMO.
"""

import contextlib
import os

import pytest
from chromium import OPTIONS, chromium_path
from playwright.sync_api import Error, sync_playwright
from served import Served, cloned_database

DESKTOP = {"width": 1366, "height": 768}


# Owl wraps what went wrong; alone, its own sentence says nothing.
TELL_CAUSE = """addEventListener("unhandledrejection", ({ reason }) =>
    reason?.cause && console.error("caused by", reason.cause.stack))"""


@pytest.fixture
def core_database():
    """Yield a database that holds only what our addons need of Odoo."""
    with cloned_database(os.environ["SUITE_CORE"], "lifecycle") as name:
        yield name


@pytest.fixture(scope="module")
def served():
    """Yield the suite as `./dev run` serves it, on a file's own copy of the story."""
    with (
        cloned_database(os.environ["SUITE_DEMO"], "journey") as name,
        Served(name) as suite,
    ):
        yield suite


@pytest.fixture(scope="session")
def playwright():
    """Yield the one Playwright that a process may run."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright):
    """Yield a headless Chromium."""
    chromium = playwright.chromium.launch(executable_path=chromium_path(), args=OPTIONS)
    yield chromium
    # At the end of a run its driver may have gone before it.
    with contextlib.suppress(Error):
        chromium.close()


@pytest.fixture
def open_page(browser, page_errors):
    """Return a function that opens a page of a new visitor, Persian unless told."""
    contexts = []

    def open_page(*, viewport=None, locale="fa-IR", **options):
        context = browser.new_context(
            viewport=viewport or DESKTOP,
            locale=locale,
            timezone_id="Asia/Tehran",
            **options,
        )
        contexts.append(context)
        context.add_init_script(TELL_CAUSE)
        page = context.new_page()
        page.on(
            "console",
            lambda message: (
                page_errors.append(message.text) if message.type == "error" else None
            ),
        )
        page.on("pageerror", lambda error: page_errors.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page):
    """Return a page of one visitor at a desktop's width."""
    return open_page()


@pytest.fixture
def page_errors():
    """Collect console errors; a test ends only when there are none left.

    A test that provokes an error on purpose takes it out of the list.
    """
    errors = []
    yield errors
    assert not errors, errors
