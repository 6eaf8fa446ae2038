"""A phone with the field page, and the book of all that was done on phones."""

import io
import json
import time

from PIL import Image

VIEWPORT = {"width": 390, "height": 844}
PERMISSIONS = ["geolocation", "camera"]
PLACE = {"latitude": 35.7, "longitude": 51.4}
LIMIT_SECONDS = 90
# A second tap so soon on the same place is taken for a slip of the finger.
GUARD_MS = 410
NOT_ON_PHONES = "device_id != 'paper'"

# The server has committed; what it says never reaches the page.
LOSE_REPLIES = """() => {
    const send = window.fetch;
    window.lost = 0;
    window.fetch = async (url, options) => {
        const reply = await send(url, options);
        const isSync = String(url).endsWith("/sync");
        if (isSync && JSON.parse(options.body).ops.length && window.lost < 1) {
            window.lost++;
            throw new TypeError("lost");
        }
        return reply;
    };
}"""


# The server says of every photo that it came broken, until it is told otherwise.
BREAK_PHOTOS = """() => {
    const send = window.fetch;
    window.areBroken = true;
    window.fetch = async (url, options) => {
        if (window.areBroken && String(url).includes("/field/photo/")) {
            const problem = { received: 0, done: false, problem: "digest" };
            return Response.json(problem);
        }
        return send(url, options);
    };
}"""


def picture(number):
    """Return a photo as a phone takes it: with the place hidden in it."""
    colour = (number % 256, number * 7 % 256, number * 13 % 256)
    hidden = Image.Exif()
    hidden[0x8825] = {1: "N", 2: (35.0, 41.0, 0.0)}
    buffer = io.BytesIO()
    Image.new("RGB", (320 + number, 240), colour).save(buffer, "JPEG", exif=hidden)
    return {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


class Ledger:
    """The uuids of all operations made on phones, against the server's journal.

    What the demo story made before counts for neither.
    """

    def __init__(self, served):
        self.served = served
        self.made = set()
        self.before = self._stored()

    def _stored(self):
        query = f"SELECT uuid FROM audit_answer_op WHERE {NOT_ON_PHONES}"
        return [uuid for [uuid] in self.served.sql(query)]

    def journal(self):
        return sorted(uuid for uuid in self._stored() if uuid not in self.before)

    def assert_equal(self):
        """Fail unless what was made is what arrived: nothing lost, nothing twice."""
        assert self.journal() == sorted(self.made)


class Phone:
    """The field page as one user has it on one phone, maybe in several tabs."""

    def __init__(self, served, page, ledger):
        self.served = served
        self.page = page
        self.ledger = ledger
        page.set_default_timeout(LIMIT_SECONDS * 1000)

    # === Logging in and out ===
    def log_in(self, login):
        """Begin a session, and open the page with what it takes along."""
        params = {"db": self.served.db, "login": login, "password": login}
        reply = self.page.context.request.post(
            f"{self.served.url}/web/session/authenticate",
            data=json.dumps({"jsonrpc": "2.0", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        assert reply.json()["result"]["uid"]
        self.open()

    def open(self):
        self.page.goto(f"{self.served.url}/audit/field")
        self.page.wait_for_selector("html[data-kept='1']")
        self.page.wait_for_selector(".f-taken.f-ok")

    def end_session(self):
        self.page.context.clear_cookies()

    # === Network ===
    def cut(self):
        self.page.context.set_offline(True)
        self.page.wait_for_selector(".f-network-offline")

    def connect(self):
        """Note what waits in the ledger, then let it go."""
        self.note()
        self.page.context.set_offline(False)

    def note(self):
        self.ledger.made |= {op["uuid"] for op in self.stored("outbox")}

    def wait_until_sent(self):
        self.wait(lambda: not self.stored("outbox"))

    def wait_until_photos_arrived(self, seconds=LIMIT_SECONDS):
        self.wait(
            lambda: {photo["state"] for photo in self.stored("photo")} == {"arrived"},
            seconds,
        )

    def wait(self, condition, seconds=LIMIT_SECONDS):
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, "waited in vain"
            self.page.wait_for_timeout(50)

    # === Work ===
    def new_tab(self, script=""):
        page = self.page.context.new_page()
        if script:
            page.add_init_script(f"({script})()")
        page.goto(f"{self.served.url}/audit/field")
        page.wait_for_selector(".f-network")
        return Phone(self.served, page, self.ledger)

    def open_visit(self, index=0):
        self.page.locator("article .f-primary").nth(index).click()
        self.page.wait_for_selector(".f-sections")

    @property
    def assessment(self):
        return self.page.evaluate("location.hash.split('/')[2]")

    def answer(self, code, option):
        """Answer by the page's buttons, and wait until the phone has it."""
        folded = self.page.locator(f"button.f-done[data-code={code}]")
        if folded.count():
            folded.click()
        # The page has brought this one under the finger that answered the last.
        self.page.wait_for_timeout(GUARD_MS)
        self.page.click(f"[data-code={code}] [data-option={option}]")
        self.wait(lambda: self.value(code) == option)

    def add_photos(self, code, *pictures):
        """Add photos to an item by the phone's own camera."""
        kept = self.count("photo")
        self.page.click(f"[data-code={code}] .f-photo-add")
        self.page.set_input_files(".f-file", list(pictures))
        self.wait(lambda: self.count("photo") == kept + len(pictures))

    def value(self, code):
        """Return the option that stands for an item of the visit on the page."""
        visit = self.assessment
        for answer in self.stored("answer"):
            if (answer["assessment"], answer["item"]) == (visit, code):
                return answer["value"].get("option")
        return None

    def stored(self, store):
        """Return the rows of a store of the phone, without pictures."""
        return self.page.evaluate(
            """async (name) => (await odoo.auditField.store.all(name)).map(
                ({ blob, ...row }) => row)""",
            store,
        )

    def count(self, store):
        return self.page.evaluate(
            "(name) => odoo.auditField.store.all(name).then((rows) => rows.length)",
            store,
        )
