"""A client's number is in the database and on his clerk's screen, and nowhere else.

The suite is served as it is in service, its mails go to a relay of ours, and all that
the server wrote into its log meanwhile is read.
"""

import contextlib
import email
import json
import re
import socketserver
import threading
import urllib.error
import urllib.request
from email import policy
from urllib.parse import quote, urlencode

import pytest
from rpc import Rpc

from odoo.addons.base.models.res_users import INDEX_SIZE, KEY_CRYPT_CONTEXT

# Invented: the office of civil registration issues no code that begins with 999.
CODE, ADDRESS = "9990004285", "client@example.com"
PERSIAN = CODE.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
WRITTEN = (CODE, PERSIAN, f"{CODE[:3]}-{CODE[3:9]}-{CODE[9:]}", quote(PERSIAN))
KEY = "a1" * 20
PATIENCE = 60


class Relay(socketserver.ThreadingTCPServer):
    """As much of a mail server as a client needs, keeping every mail."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        self.mails, self.arrived = [], threading.Event()


class Session(socketserver.StreamRequestHandler):
    """One conversation: envelope, message, good bye."""

    def handle(self):
        self._say("220 relay")
        for line in self.rfile:
            word = line[:4].upper().strip()
            if word == b"DATA":
                self._say("354 go on")
                message = b"".join(iter(self.rfile.readline, b".\r\n"))
                # The story has mails of its own to send.
                if ADDRESS.encode() in message:
                    self.server.mails.append(message)
                    self.server.arrived.set()
            self._say("221 bye" if word == b"QUIT" else "250 ok")
            if word == b"QUIT":
                return

    def _say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def relay():
    """Yield a mail server on this machine."""
    with Relay() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def visit(served, path, **form):
    """Open a page as a stranger; whatever it answers is no matter."""
    data = urlencode(form).encode() if form else None
    with contextlib.suppress(urllib.error.HTTPError):
        urllib.request.urlopen(served.url + path, data, timeout=PATIENCE).read()


def give_key(served, login):
    """Give ``login`` the key by which a program calls in his name."""
    served.sql(
        "INSERT INTO res_users_apikeys (name, user_id, key, index, expiration_date) "
        f"SELECT 'test', id, '{KEY_CRYPT_CONTEXT.hash(KEY)}', '{KEY[:INDEX_SIZE]}', "
        f"now() + interval '1 day' FROM res_users WHERE login = '{login}'"
    )


def json_2(served, model, method, **arguments):
    """Call a method by Odoo's second JSON door and return its answer as text."""
    request = urllib.request.Request(
        f"{served.url}/json/2/{model}/{method}",
        json.dumps(arguments).encode(),
        {"Content-Type": "application/json", "Authorization": f"Bearer {KEY}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.read().decode()


def headers(message):
    """Return every header of a mail and of its parts, decoded."""
    parts = email.message_from_bytes(message, policy=policy.default).walk()
    return "\n".join(
        f"{name}: {value}" for part in parts for name, value in part.items()
    )


def test_a_number_reaches_neither_the_log_nor_a_mail_header(served, relay):
    admin = Rpc(served, "admin")
    admin.create(
        "ir.mail_server",
        name="Relay",
        smtp_host="127.0.0.1",
        smtp_port=relay.server_address[1],
        smtp_encryption="none",
    )

    # Somebody is registered, found, and mistyped, by every door.
    client = admin.create(
        "res.partner",
        name="بهروز سلیمانی‌راد",
        national_id=PERSIAN,
        email=ADDRESS,
    )
    found = admin("res.partner", "search_read", [["national_id", "=", CODE]], ["name"])
    assert [partner["id"] for partner in found] == [client]
    with pytest.raises(RuntimeError):
        admin.create("res.partner", name="x", national_id=CODE)
    with pytest.raises(RuntimeError):
        admin("res.partner", "search", [["national_id", "no such operator", CODE]])
    with pytest.raises(RuntimeError):
        admin("res.partner", "search", [["id", "=", f"{CODE} is no id"]])
    admin("res.partner", "name_search", CODE)
    admin("res.partner", "load", ["name", "national_id"], [["x", CODE]])

    clerk = Rpc(served, "clerk")
    assert clerk("service.desk.visit", "counter_find_client", PERSIAN)
    with pytest.raises(RuntimeError):
        clerk("service.desk.visit", "counter_register", {"identifier": CODE})

    # A program of somebody who has no right to see it.
    give_key(served, "secretary")
    exact = [["national_id", "=", CODE]]
    found = json_2(
        served, "res.partner", "search_read", domain=exact, fields=["national_id"]
    )
    assert [partner["id"] for partner in json.loads(found)] == [client]
    assert CODE not in found
    assert PERSIAN not in json.dumps(json.loads(found), ensure_ascii=False)
    for domain in (["national_id", "in", [CODE, "0499370899"]], ["id", ">", CODE]):
        assert "message" in json_2(served, "res.partner", "search", domain=[domain])

    # Citizens, and what they type into an address.
    for written in WRITTEN[:3]:
        visit(served, f"/desk/track?code={quote(written)}&digits=4285")
        visit(served, f"/desk/track/{quote(written)}")
        visit(served, f"/verify/{quote(written)}")
        visit(served, f"/web/login?redirect={quote(f'/odoo?id={written}', safe='')}")
        visit(served, "/desk/track", code=written, digits="4285")

    # A mail to him, in whose subject and file somebody wrote the number.
    file = admin.create(
        "ir.attachment",
        name=f"{CODE}.txt",
        raw="file",
        res_model="mail.compose.message",
    )
    admin(
        "res.partner",
        "message_post",
        [client],
        body=f"شماره شما {PERSIAN} است.",
        subject=f"درباره {PERSIAN}",
        message_type="comment",
        email_from="registry@example.com",
        subtype_xmlid="mail.mt_comment",
        partner_ids=[client],
        attachment_ids=[file],
    )
    assert relay.arrived.wait(PATIENCE)

    (message,) = relay.mails
    told = headers(message)
    assert ADDRESS in told
    assert "۹۹۹****۲۸۵" in told
    log = served.log.read_text()
    # It would have been there: in a statement that failed and in an address.
    assert "999****285 is no id" in log
    assert "/desk/track?code=999****285" in log
    for text in (told, log):
        for written in WRITTEN:
            assert written not in text
        assert not re.search(CODE, re.sub(r"[\s-]", "", text))
