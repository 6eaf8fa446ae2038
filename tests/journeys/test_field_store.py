"""What a phone keeps: through a killed tab, a wrong clock, a new version.

Whatever happens: what was done on the phones is what the journal holds, each once.
"""

import base64
import json

from field_phone import picture
from rpc import Rpc

DAY = 86_400


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


def test_a_clock_that_is_a_day_wrong(served, phone, ledger):
    [[now]] = served.sql("SELECT extract(epoch FROM now())::int")
    tab = phone("lead", now=int(now) + DAY)
    listed = tab.page.locator("main > section:first-of-type article").count()
    [[planned]] = served.sql(
        "SELECT count(*) FROM audit_visit visit JOIN audit_visit_member member"
        " ON member.visit_id = visit.id JOIN res_users ON res_users.id = user_id"
        " WHERE login = 'lead'"
        " AND planned_on = (now() AT TIME ZONE 'Asia/Tehran')::date"
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


# A store without room ends a transaction only when all of it was asked for.
FILL = """() => {
    window.isFull = true;
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...values) {
        const request = put.apply(this, values);
        if (window.isFull && this.name === "outbox") {
            request.addEventListener("success", () => this.transaction.abort());
        }
        return request;
    };
}"""


def test_a_full_storage_keeps_what_was_there_and_says_so(phone, ledger):
    tab = phone("lead")
    tab.cut()
    tab.open_visit()
    tab.answer("D1", "yes")
    kept = tab.stored("outbox")
    tab.page.evaluate(FILL)
    tab.page.click("[data-code=D2] [data-option=no]")
    tab.page.wait_for_selector(".f-network-problem >> text=ذخیره در فایل")
    assert not tab.page.locator("[data-code=D2] [aria-checked=true]").count()
    assert tab.value("D2") is None
    assert tab.stored("outbox") == kept
    with tab.page.expect_download() as download:
        tab.page.click(".f-network-problem button")
    data = json.loads(download.value.path().read_bytes())
    assert [op["uuid"] for op in data["ops"]] == [op["uuid"] for op in kept]
    # Once there is room again the same tap is kept: nothing lost, nothing doubled.
    tab.page.evaluate("window.isFull = false")
    tab.answer("D2", "no")
    assert not tab.page.locator(".f-network-problem").count()
    tab.connect()
    tab.wait_until_sent()
    ledger.assert_equal()


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


# What the line of taking along says, one after another.
WATCH_TAKING = """() => {
    window.said = [];
    new MutationObserver(() => window.said.push(
        document.querySelector(".f-taken b").textContent)
    ).observe(document.querySelector(".f-taken"),
        { subtree: true, childList: true, characterData: true });
}"""
# Of today or tomorrow, as a phone takes along: also when midnight passes in between.
LAST_TAKEN = """
    SELECT visit.id,
           to_char(planned_start + interval '1 minute', 'YYYY-MM-DD HH24:MI:SS')
      FROM audit_visit visit JOIN audit_visit_member member ON visit_id = visit.id
      JOIN res_users ON res_users.id = user_id
     WHERE login = 'lead' AND visit.state = 'planned' AND planned_on
           - (now() AT TIME ZONE 'Asia/Tehran')::date BETWEEN 0 AND 1
     ORDER BY planned_start DESC LIMIT 1
"""


def test_a_plan_that_changed_is_taken_along_anew(served, phone):
    tab = phone("lead")
    [[visit, start]] = served.sql(LAST_TAKEN)
    officer = Rpc(served, "officer")
    officer("audit.visit", "write", [int(visit)], {"planned_start": start})
    tab.page.evaluate("odoo.auditField.send()")
    tab.page.wait_for_selector("text=برنامه از آن پس عوض شده است")
    assert not tab.page.locator(".f-taken.f-ok").count()
    tab.page.evaluate(WATCH_TAKING)
    tab.page.click(".f-taken button")
    tab.page.wait_for_selector(".f-taken.f-ok")
    # Several may come between two pictures of the screen: which numbers is not ours.
    said = [text for text in tab.page.evaluate("said") if "در حال برداشتن" in text]
    assert said
    assert said == sorted(said)


def test_what_waits_for_a_day_is_saved_to_a_file(served, phone, ledger):
    tab = phone("lead")
    tab.cut()
    tab.open_visit()
    tab.answer("E1", "no")
    tab.add_photos("E1", picture(7))
    assert not tab.page.locator(".f-network-old").count()
    later = tab.page.evaluate("Date.now()") / 1000 + DAY + 60
    tab.page.clock.set_fixed_time(later)
    tab.page.evaluate("odoo.auditField.refresh()")
    with tab.page.expect_download() as download:
        tab.page.click(".f-network-old button")
    data = download.value.path().read_bytes()
    assert len(json.loads(data)["photos"]) == 1
    tab.note()
    # The officer brings it in; what the phone sends later had arrived before.
    officer = Rpc(served, "officer")
    rescue = officer.create("audit.field.rescue", file=base64.b64encode(data).decode())
    officer("audit.field.rescue", "action_check", [rescue])
    officer("audit.field.rescue", "action_import", [rescue])
    ledger.assert_equal()
    tab.page.context.set_offline(False)
    tab.wait_until_sent()
    ledger.assert_equal()
    assert not tab.stored("attention")
