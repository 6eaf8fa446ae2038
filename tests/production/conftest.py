"""One production layout for all tests of this folder; they only look at it."""

import shutil

import pytest
import requests
import urllib3

from .layout import ADMIN_PASSWORD, Proxy, Suite, free_port


@pytest.fixture(scope="session")
def proxy(tmp_path_factory):
    """Return the configured proxy, not started."""
    return Proxy(tmp_path_factory.mktemp("proxy"), free_port(), free_port())


@pytest.fixture(scope="session")
def suite(tmp_path_factory):
    """Make a database as an installation does, and serve it behind the proxy."""
    ports = free_port(), free_port()
    proxy = Proxy(tmp_path_factory.mktemp("front"), *ports)
    suite = Suite(tmp_path_factory.mktemp("suite"), proxy.url, *ports, modules="mail")
    suite.proxy = proxy
    made = suite.command("init")
    try:
        assert made.returncode == 0, made.stderr
        with suite.running(), proxy.running():
            yield suite
    finally:
        suite.drop(suite.restored, suite.broken)


@pytest.fixture(scope="session")
def browser(playwright):
    """Yield a Chromium that takes the tests' certificate, for service workers too."""
    options = ["--no-sandbox", "--disable-gpu", "--ignore-certificate-errors"]
    chromium = playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=options
    )
    yield chromium
    chromium.close()


@pytest.fixture
def anonymous():
    """Return a browser-like session that trusts the tests' certificate."""
    with new_session() as session:
        yield session


@pytest.fixture
def admin(suite):
    """Return a session of the administrator through the proxy."""
    with signed_in(suite) as session:
        yield session


def new_session():
    """Return a session of nobody in particular."""
    urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
    session = requests.Session()
    session.verify = False
    session.trust_env = False  # REQUESTS_CA_BUNDLE would win over `verify`
    return session


def signed_in(suite):
    """Return a session of the administrator, who claims another address in vain."""
    session = new_session()
    login = {"db": suite.database, "login": "admin", "password": ADMIN_PASSWORD}
    answer = session.post(
        f"{suite.proxy.url}/web/session/authenticate",
        json={"params": login},
        headers={"X-Forwarded-For": "6.6.6.6"},
    )
    assert answer.json()["result"]["uid"]
    return session
