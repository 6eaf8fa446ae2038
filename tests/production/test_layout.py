"""The production layout as it is deployed, run here without containers."""

import re
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from .conftest import signed_in
from .layout import DEPLOY, HOST, ROOT, UPLOAD_LIMIT_MB, Proxy, free_port, wait_for

FIRST_PAGE_MS = 120_000  # it compiles bundles
# What is sent before the page's worker is connected is not shown later.
CONNECTED = """() =>
    odoo.__WOWL_DEBUG__?.root.env.services.bus_service?.workerState === "CONNECTED"
"""
LONGER_THAN_THE_PROXY_USUALLY_WAITS = 62  # seconds; nginx gives up at 60 by itself


@pytest.fixture(scope="module", autouse=True)
def slow_page(suite):
    """Ask for a page that takes its time, and return what will be its answer.

    The other tests run while it is waited for: one of the two workers is free.
    """
    suite.shell(
        "env['ir.actions.server'].create({'name': 'slow', 'state': 'code',"
        "'model_id': env.ref('base.model_res_partner').id, 'code': 'env.cr.execute("
        f'"SELECT pg_sleep({LONGER_THAN_THE_PROXY_USUALLY_WAITS})")\'}})'
        "; env.cr.commit()"
    )
    session = signed_in(suite)
    call = {"model": "ir.actions.server", "kwargs": {}}
    search = call | {"method": "search", "args": [[("name", "=", "slow")]]}
    url = f"{suite.proxy.url}/web/dataset/"
    found = session.post(f"{url}call_kw", json={"params": search}).json()["result"]
    press = call | {"method": "run", "args": [found]}
    with ThreadPoolExecutor(1) as thread:
        yield thread.submit(session.post, f"{url}call_button", json={"params": press})


def test_the_compose_file_follows_its_published_schema():
    """No engine is needed to see that every key and value is a legal one."""
    command = ["check-jsonschema", "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run(
        [*command, ROOT / "docker-compose.yml"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_nginx_accepts_the_configuration(proxy):
    """The checker of the proxy itself has the word."""
    done = proxy.check()
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr


def test_compose_hands_over_every_name_the_template_uses():
    """A name that compose does not set would stay in the file as text."""
    template = (DEPLOY / "nginx" / "default.conf.template").read_text()
    compose = (ROOT / "docker-compose.yml").read_text()
    proxy_part = compose.split("\n  proxy:\n")[1].split("\nnetworks:\n")[0]
    chosen = re.search(r"NGINX_ENVSUBST_FILTER: (\S+)", proxy_part)[1]
    for name in set(re.findall(r"\$\{([A-Z_]+)\}", template)):
        assert re.search(rf"^      {name}: ", proxy_part, re.MULTILINE), name
        assert re.fullmatch(chosen.replace("$$", "$"), name), name


def test_no_secret_has_a_default(suite, tmp_path):
    """A missing or short secret ends every command with a sentence."""
    compose = (ROOT / "docker-compose.yml").read_text()
    assert not re.search(r"PASSWORD: ", compose)
    missing = suite.command("serve", DB_AUTH="password", SECRETS_DIR=str(tmp_path))
    assert missing.returncode and "cannot be read" in missing.stderr
    (tmp_path / "db_password").write_text("odoo")
    short = suite.command("serve", DB_AUTH="password", SECRETS_DIR=str(tmp_path))
    assert short.returncode and "fewer than 16 characters" in short.stderr


def test_a_database_is_made_once(suite):
    """A second init leaves the living database alone."""
    again = suite.command("init")
    assert again.returncode and "nothing was done" in again.stderr


def test_odoos_first_password_does_not_serve(suite, anonymous):
    """The log-in admin/admin that every Odoo starts with is refused."""
    answer = anonymous.post(
        f"{suite.proxy.url}/web/session/authenticate",
        json={"params": {"db": suite.database, "login": "admin", "password": "admin"}},
    )
    assert "AccessDenied" in answer.text


def test_plain_http_moves_to_https(suite):
    """The path and the query come along."""
    answer = requests.get(
        f"http://127.0.0.1:{suite.proxy.http_port}/web/login?redirect=/odoo",
        allow_redirects=False,
    )
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"{suite.proxy.url}/web/login?redirect=/odoo"


def test_a_foreign_host_name_gets_no_answer(suite):
    """A forged Host cannot end up in the links of a mail."""
    address = suite.proxy.url.replace(HOST, "127.0.0.1")
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(address, verify=False)
    # the right name for the handshake, and another one after it
    with pytest.raises(requests.exceptions.ConnectionError):
        requests.get(suite.proxy.url, verify=False, headers={"Host": "evil.example"})


@pytest.mark.parametrize(
    "path",
    [
        "/web/database/manager",
        "/web/database/selector",
        "//web/database/backup",
        "/en/web/database/manager",
        "/xmlrpc/db",
        "/xmlrpc/2/db",
    ],
)
def test_databases_cannot_be_managed_through_the_web(suite, anonymous, path):
    """The screen is closed at the proxy, for reading and for writing."""
    for method in ("GET", "POST"):
        answer = anonymous.request(method, suite.proxy.url + path)
        assert answer.status_code == 404
        assert "<center>nginx</center>" in answer.text


def test_databases_are_not_listed_by_odoo_either(suite, anonymous):
    """`list_db` is off behind the proxy too."""
    body = {"params": {"service": "db", "method": "list", "args": []}}
    answer = anonymous.post(f"{suite.proxy.url}/jsonrpc", json=body)
    assert "AccessDenied" in answer.text


def test_headers_protect_every_kind_of_answer(suite, anonymous):
    """A page, a file, a refusal and an error page carry the same headers."""
    paths = ("/web/login", "/web/static/img/favicon.ico", "/web/database/manager")
    for path in paths:
        headers = anonymous.get(suite.proxy.url + path).headers
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert "frame-ancestors 'self'" in headers["Content-Security-Policy"], path
        assert headers["Strict-Transport-Security"].startswith("max-age="), path
        assert headers["Server"] == "nginx", path


def test_the_session_cookie_is_closed(suite, anonymous):
    """It never travels in the clear and no script reads it."""
    answer = anonymous.get(f"{suite.proxy.url}/web/login")
    cookie = answer.headers["Set-Cookie"].lower()
    assert "secure" in cookie and "httponly" in cookie and "samesite=lax" in cookie


def test_a_client_cannot_claim_another_address(suite, admin):
    """The address that Odoo notes is the one the proxy saw."""
    admin.get(f"{suite.proxy.url}/odoo")
    ips = suite.shell(
        "print('ips', env['res.device.log'].search([]).mapped('ip_address'))"
    )
    assert "127.0.0.1" in ips and "6.6.6.6" not in ips


def upload(session, suite, size):
    """Send a file of ``size`` bytes as the chatter does."""
    page = session.get(f"{suite.proxy.url}/odoo").text
    return session.post(
        f"{suite.proxy.url}/mail/attachment/upload",
        data={
            "csrf_token": re.search(r'csrf_token: "(\w+)"', page)[1],
            "thread_id": "1",
            "thread_model": "res.partner",
        },
        files={"ufile": ("letter.bin", b"\0" * size)},
    )


def test_a_file_below_the_limit_is_stored(suite, admin):
    """What the office sends every day passes."""
    answer = upload(admin, suite, (UPLOAD_LIMIT_MB - 1) * 1024 * 1024)
    assert answer.status_code == 200 and "letter.bin" in answer.text, answer.text


def test_a_file_above_the_limit_is_refused_with_a_sentence(suite, admin):
    """The proxy refuses it, says so in Persian, and Odoo never sees it."""
    answer = upload(admin, suite, (UPLOAD_LIMIT_MB + 1) * 1024 * 1024)
    assert answer.status_code == 413
    assert "ثبت نشد" in answer.text


def test_bundles_are_served_from_the_cache_of_the_proxy(suite, anonymous):
    """The second reader of a file does not wake Odoo."""
    for _ in range(2):
        answer = anonymous.get(f"{suite.proxy.url}/web/static/img/favicon.ico")
        assert answer.status_code == 200
    lines = suite.proxy.log.read_text().splitlines()
    upstream = [line.split()[-1] for line in lines if "favicon.ico" in line]
    assert upstream[-1] == "-"


def test_the_log_holds_no_query_string_and_no_token(suite, anonymous):
    """Access tokens travel in addresses; a log is read by more people."""
    anonymous.get(f"{suite.proxy.url}/web/login?access_token=SECRET1")
    anonymous.get(f"{suite.proxy.url}/desk/rate/SECRET2")
    anonymous.get(f"{suite.proxy.url}/verify/SECRET3")
    anonymous.get(f"{suite.proxy.url}/desk/turn/SECRET6")
    anonymous.get(f"{suite.proxy.url}/en/desk/hall/SECRET7")
    anonymous.get(f"{suite.proxy.url}/reform/invitation/SECRET8")
    anonymous.get(f"{suite.proxy.url}/chat/1/SECRET9")
    anonymous.get(f"{suite.proxy.url}/agency/sms/7/SECRET4/inbound?text=SECRET5")
    time.sleep(0.5)
    logs = suite.proxy.log.read_text() + (suite.folder / "odoo.log").read_text()
    assert "/desk/rate/***" in logs
    assert "/agency/sms/7/***" in logs
    assert "SECRET" not in logs


def test_a_page_longer_than_a_minute_arrives(slow_page):
    """A report may take its time: the proxy waits as long as Odoo allows."""
    answer = slow_page.result()
    assert answer.status_code == 200 and "error" not in answer.json()
    assert answer.elapsed.total_seconds() >= LONGER_THAN_THE_PROXY_USUALLY_WAITS


def test_the_proxy_says_so_when_odoo_is_away(tmp_path, anonymous):
    """Nobody sees a bare error of the proxy during an upgrade."""
    with Proxy(tmp_path, free_port(), free_port()).running() as proxy:
        answer = anonymous.get(proxy.url)
    assert answer.status_code == 503
    assert "چند دقیقه دیگر" in answer.text


def test_a_message_arrives_through_the_websocket(suite, admin, open_page):
    """The web client connects through the proxy and shows what the bus brings."""
    text = "پیام آزمون از گذرگاه"
    page = open_page(ignore_https_errors=True)
    cookie = {"name": "session_id", "value": admin.cookies["session_id"]}
    page.context.add_cookies([cookie | {"url": suite.proxy.url}])
    page.goto(f"{suite.proxy.url}/odoo", timeout=FIRST_PAGE_MS)
    page.wait_for_selector(".o_main_navbar", timeout=FIRST_PAGE_MS)
    page.wait_for_function(CONNECTED, timeout=FIRST_PAGE_MS)
    suite.shell(
        "env.ref('base.user_admin')._bus_send('simple_notification',"
        f"{{'message': '{text}', 'title': '', 'sticky': True}}); env.cr.commit()"
    )
    page.wait_for_selector(f".o_notification:has-text('{text}')", timeout=60_000)
    page.context.close()
    # the proxy writes the line when the connection ends
    wait_for(lambda: '"GET /websocket" 101' in suite.proxy.log.read_text(), 20)


# Last, because whoever signs in after it is put off too.
def test_passwords_cannot_be_tried_without_end(suite, anonymous):
    """After a burst, further sign-in attempts from one address are put off."""
    answers = [
        anonymous.post(f"{suite.proxy.url}/web/login", data={"login": "x"})
        for _ in range(40)
    ]
    assert answers[-1].status_code == 429
    assert "یک دقیقه" in answers[-1].text
    assert anonymous.get(f"{suite.proxy.url}/web/login").status_code == 200
    # programs, a slash at the end and a language before it lead to the same place
    for path in ("/web/session/authenticate", "/web/login/", "/en/web/login"):
        assert anonymous.post(suite.proxy.url + path, json={}).status_code == 429, path
