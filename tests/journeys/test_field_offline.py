"""The field page where the network, the server, the session or the phone fails.

Whatever happens: what was done on the phones is what the journal holds, each once.
"""

import io

import pytest
from field_phone import LOSE_REPLIES, PERMISSIONS, PLACE, VIEWPORT, Ledger, Phone
from PIL import Image

DAY = 86_400
ON_PURPOSE = ("ERR_", "503", "WebSocket")


@pytest.fixture(scope="module")
def ledger(served):
    return Ledger(served)


@pytest.fixture
def phone(open_page, served, ledger, page_errors):
    """Return a function that opens the field page on a phone of its own."""

    def phone(login, now=None):
        page = open_page(viewport=VIEWPORT, geolocation=PLACE, permissions=PERMISSIONS)
        if now:
            page.clock.set_fixed_time(now)
        phone = Phone(served, page, ledger)
        phone.log_in(login)
        return phone

    yield phone
    page_errors[:] = [
        error for error in page_errors if not any(w in error for w in ON_PURPOSE)
    ]


def test_lost_replies_two_tabs_and_a_reload(phone, ledger):
    tab = phone("lead")
    tab.cut()
    tab.open_visit()
    for code, option in (("A2", "yes"), ("A3", "part"), ("A4", "no")):
        tab.answer(code, option)
    tab.page.reload()
    tab.page.wait_for_selector("[data-code=A4] [data-option=no][aria-checked=true]")
    assert tab.count("outbox") == 4, "the beginning and three answers"
    other = tab.new_tab(LOSE_REPLIES)
    tab.page.evaluate(LOSE_REPLIES)
    tab.connect()
    tab.page.evaluate("odoo.auditField.send()")
    other.page.evaluate("odoo.auditField.send()")
    tab.wait_until_sent()
    assert tab.page.evaluate("lost") + other.page.evaluate("lost") >= 1
    ledger.assert_equal()
    other.wait(lambda: not other.page.evaluate("odoo.auditField.data.queue.length"))


def test_a_tab_killed_in_the_middle_of_writes(phone, ledger):
    tab = phone("lead")
    tab.cut()
    tab.open_visit()
    begun = tab.page.evaluate(
        """async (assessment) => {
            const writes = [];
            for (let n = 0; n < 120; n++) {
                const option = n % 2 ? "yes" : "no";
                writes.push(odoo.auditField.journal.answer(
                    assessment, `B${1 + n % 6}`, { option }));
            }
            await writes[0];
            return writes.length;
        }""",
        tab.assessment,
    )
    other = tab.new_tab()
    tab.page.close()
    assert begun == 120
    ops = [op for op in other.stored("outbox") if op["item"].startswith("B")]
    assert ops
    assert len({op["seq"] for op in ops}) == len(ops)
    last = {op["item"]: op["uuid"] for op in sorted(ops, key=lambda op: op["seq"])}
    unsent = {a["item"]: a["op"] for a in other.stored("answer") if a["op"]}
    assert unsent == last, "an answer and its operation are there together, or neither"
    other.connect()
    other.wait_until_sent()
    ledger.assert_equal()


def test_an_ended_session_leads_back_to_the_same_page(phone, ledger):
    tab = phone("lead")
    tab.open_visit()
    address = tab.page.url
    tab.end_session()
    tab.answer("C1", "yes")
    tab.answer("C4", "part")
    tab.page.wait_for_selector(".f-network-login a")
    assert tab.count("outbox") == 2
    tab.note()
    tab.page.click(".f-network-login a")
    tab.page.fill("input[name=login]", "lead")
    tab.page.fill("input[name=password]", "lead")
    tab.page.click(".oe_login_form button[type=submit]", no_wait_after=True)
    tab.page.wait_for_selector(".f-sections")
    assert tab.page.url == address
    tab.wait_until_sent()
    assert tab.value("C1") == "yes"
    ledger.assert_equal()


def test_another_user_on_the_phone_sends_nothing_of_it(served, phone, ledger):
    tab = phone("lead")
    tab.cut()
    tab.open_visit()
    tab.answer("D4", "yes")
    tab.answer("D5", "yes")
    tab.note()
    tab.end_session()
    tab.page.context.set_offline(False)
    before = ledger.journal()
    tab.log_in("inspector")
    assert tab.count("outbox") == 0
    tab.page.wait_for_selector("text=۲ عمل از کاربر دیگری")
    tab.page.evaluate("odoo.auditField.send()")
    assert ledger.journal() == before
    tab.end_session()
    tab.log_in("lead")
    tab.wait_until_sent()
    ledger.assert_equal()
    [[names]] = served.sql(
        "SELECT string_agg(DISTINCT login, ',') FROM audit_answer_op op"
        " JOIN res_users ON res_users.id = user_id WHERE item_code IN ('D4', 'D5')"
        " AND device_id != 'paper'"
    )
    assert names == "lead"


def test_a_clock_that_is_a_day_wrong(served, phone, ledger):
    [[now]] = served.sql("SELECT extract(epoch FROM now())::int")
    tab = phone("lead", now=int(now) + DAY)
    listed = tab.page.locator("main > section:first-of-type article").count()
    [[planned]] = served.sql(
        "SELECT count(*) FROM audit_visit visit JOIN audit_visit_member member"
        " ON member.visit_id = visit.id JOIN res_users ON res_users.id = user_id"
        " WHERE login = 'lead' AND planned_on = (SELECT min(planned_on)"
        " FROM audit_visit WHERE state IN ('planned', 'in_progress'))"
    )
    assert listed == int(planned), "today is what the server calls so"
    tab.cut()
    tab.open_visit()
    tab.answer("E1", "yes")
    tab.connect()
    tab.wait_until_sent()
    ledger.assert_equal()
    [[skew, ahead, late]] = served.sql(
        "SELECT op.clock_skew,"
        " extract(epoch FROM op.device_at - now() AT TIME ZONE 'utc')::int,"
        " extract(epoch FROM now() AT TIME ZONE 'utc' - a.answered_at)::int"
        " FROM audit_answer_op op JOIN audit_answer a"
        " ON a.assessment_id = op.assessment_id AND a.item_code = op.item_code"
        " WHERE op.item_code = 'E1' AND device_id != 'paper'"
    )
    assert abs(int(skew) - DAY) < 120
    assert abs(int(ahead) - DAY) < 120, "the phone's own time is kept"
    assert 0 <= int(late) < 120, "the answer stands at the true time"
    tab.page.evaluate("location.hash = '/queue'")
    tab.page.wait_for_selector("text=ساعت این گوشی ۱۴۴۰ دقیقه نادرست است")


OLD_PAGE = """async () => {
    const cache = await caches.open("audit-field-1");
    const page = await (await cache.match("/audit/field")).text();
    for (const { url } of await cache.keys()) {
        const { pathname } = new URL(url);
        if (pathname.startsWith("/web/assets/")) {
            const old = pathname.replace("/web/assets/", "/web/assets/old/");
            await cache.put(old, await cache.match(url));
            await cache.delete(url);
        }
    }
    const headers = {
        "Content-Type": "text/html; charset=utf-8", "X-Audit-Field": "1",
    };
    await cache.put("/audit/field", new Response(
        page.replaceAll("/web/assets/", "/web/assets/old/"), { headers }));
}"""
FILES = """async () => (await (await caches.open("audit-field-1")).keys()).map(
    ({ url }) => new URL(url).pathname)"""


def test_a_new_version_takes_over_a_filled_queue(phone, ledger):
    tab = phone("lead")
    tab.page.evaluate(OLD_PAGE)
    tab.cut()
    tab.page.reload()
    tab.page.wait_for_selector("script[src*='/old/']", state="attached")
    tab.page.locator("article .f-primary").first.wait_for()
    tab.open_visit()
    for code in ("F1", "F2", "F3"):
        tab.answer(code, "yes")
    assert tab.count("outbox") == 3
    tab.connect()
    tab.page.reload()
    tab.page.wait_for_selector("html[data-kept='1']")
    assert not tab.page.locator("script[src*='/old/']").count()
    assert not [path for path in tab.page.evaluate(FILES) if "/old/" in path]
    tab.wait_until_sent()
    ledger.assert_equal()
    tab.cut()
    tab.page.reload()
    tab.page.wait_for_selector(".f-sections")


def test_an_upgrade_of_the_store_keeps_a_filled_queue(phone):
    tab = phone("lead")
    count = tab.page.evaluate(
        """async () => {
            const { Store } = odoo.loader.modules.get(
                "@audit_checklist/field/store");
            await new Promise((resolve, reject) => {
                const request = indexedDB.open("audit_field_old", 1);
                request.onupgradeneeded = () => {
                    const store = request.result.createObjectStore(
                        "outbox", { keyPath: "uuid" });
                    for (let n = 0; n < 50; n++) store.put({ uuid: `op-${n}` });
                };
                request.onerror = () => reject(request.error);
                request.onsuccess = () => { request.result.close(); resolve(); };
            });
            const store = new Store("old");
            await store.start();
            await store.put("attention", { uuid: "x" });
            return (await store.all("outbox")).length;
        }"""
    )
    assert count == 50


def picture(number):
    """Return a photo as a phone takes it: with the place hidden in it."""
    colour = (number % 256, number * 7 % 256, number * 13 % 256)
    hidden = Image.Exif()
    hidden[0x8825] = {1: "N", 2: (35.0, 41.0, 0.0)}
    buffer = io.BytesIO()
    Image.new("RGB", (320 + number, 240), colour).save(buffer, "JPEG", exif=hidden)
    return {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def test_two_hundred_photos(served, phone, ledger):
    tab = phone("lead")
    tab.cut()
    tab.open_visit()
    tab.answer("A3", "no")
    for number in range(200):
        tab.page.click("[data-code=A3] .f-photo-add")
        tab.page.set_input_files(".f-file", picture(number))
    tab.wait(lambda: tab.count("photo") == 200)
    tab.connect()
    tab.wait_until_sent()
    tab.wait(lambda: {p["state"] for p in tab.stored("photo")} == {"arrived"}, 300)
    ledger.assert_equal()
    announced = sorted(photo["uuid"] for photo in tab.stored("photo"))
    rows = served.sql(
        "SELECT uuid, stored_sha256, store_fname FROM audit_evidence evidence"
        " JOIN ir_attachment ON ir_attachment.id = attachment_id"
        " WHERE evidence.state = 'received' AND evidence.item_code = 'A3'"
        " AND evidence.has_place AND res_model = 'audit.evidence'"
        " AND res_id = evidence.id"
    )
    assert sorted(uuid for uuid, _digest, _file in rows) == announced
    assert len({digest for _uuid, digest, _file in rows}) == 200
    for _uuid, _digest, file in rows:
        with Image.open(served.file(file)) as photo:
            assert not photo.getexif()


def test_a_server_killed_while_it_takes_in(served, phone, ledger):
    tab = phone("lead")
    tab.cut()
    tab.open_visit()
    tab.page.evaluate(
        """async (assessment) => {
            for (let n = 0; n < 100; n++) {
                const option = n % 2 ? "yes" : "part";
                await odoo.auditField.journal.answer(
                    assessment, `E${1 + n % 6}`, { option });
            }
        }""",
        tab.assessment,
    )
    kills = []

    def kill(request):
        if request.url.endswith("/sync") and '"ops":[{' in (request.post_data or ""):
            kills.append(request)
            if len(kills) == 2:
                served.process.kill()

    tab.page.on("request", kill)
    tab.connect()
    tab.wait(lambda: len(kills) >= 2)
    tab.page.remove_listener("request", kill)
    served.kill()
    tab.page.wait_for_selector(".f-network-trouble, .f-network-offline")
    waiting = tab.count("outbox")
    assert 0 < waiting <= 61, "the first forty of 101 were acknowledged, no more"
    served.start()
    tab.page.evaluate("odoo.auditField.send()")
    tab.wait_until_sent()
    ledger.assert_equal()
