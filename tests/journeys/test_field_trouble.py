"""A fault of the field page itself: no white page, and nothing of the work is lost."""

import json

import pytest
from field_phone import GUARD_MS

# The heading of a section cannot be written any more: a part deep in the page fails.
BREAK_VISIT = """() => {
    odoo.auditField.sectionText = () => { throw new Error("no heading"); };
    odoo.auditField.data.turn++;
}"""
# The page counts what needs attention in its own frame: all of it fails.
BREAK_PAGE = """() => {
    odoo.auditField.attentionOf = () => { throw new Error("no count"); };
    location.hash = "/";
}"""
# What a tap asks for fails, before or after the page has waited for the phone.
BREAK_TAP = """() => {
    odoo.auditField.answer = () => { throw new Error("no answer"); };
}"""
BREAK_LATER = """() => {
    odoo.auditField.answer = async () => {
        await Promise.resolve();
        throw new Error("no answer");
    };
}"""
# Before anything could be drawn, and before the store is open.
BREAK_START = """addEventListener("DOMContentLoaded", () => {
    const format = Intl.DateTimeFormat;
    Intl.DateTimeFormat = function (...words) {
        if (window.isMended) { return new format(...words); }
        throw new RangeError("no calendar");
    };
})"""
STOPPED = "text=صفحه از کار افتاد"
SAVE = "button >> text=ذخیره در فایل"


def saved(page):
    """Save what is on the phone to a file; return the operations in it."""
    with page.expect_download() as download:
        page.click(SAVE)
    page.wait_for_selector("text=در فایل ذخیره شد")
    data = json.loads(download.value.path().read_bytes())
    return {op["uuid"] for op in data["ops"]}


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (BREAK_VISIT, "no heading"),
        (BREAK_PAGE, "no count"),
    ],
)
def test_a_part_that_fails_leaves_the_work_and_a_way_back(
    phone, ledger, script, reason
):
    tab = phone("lead")
    tab.cut()
    tab.open_visit()
    tab.answer("A1", "yes")
    tab.note()
    kept = {op["uuid"] for op in tab.stored("outbox")}
    tab.page.evaluate(script)
    tab.page.wait_for_selector(STOPPED)
    tab.page.wait_for_selector(f"text={reason}")
    assert saved(tab.page) == kept
    # What was kept goes on being sent, though there is no page to show it.
    tab.connect()
    tab.wait_until_sent()
    ledger.assert_equal()
    tab.page.click("text=باز کردن دوبارهٔ صفحه")
    tab.page.wait_for_selector(".f-network")
    assert not tab.page.locator(STOPPED).count()


@pytest.mark.parametrize("script", [BREAK_TAP, BREAK_LATER])
def test_a_tap_that_fails_is_told_and_loses_nothing(phone, ledger, page_errors, script):
    tab = phone("lead")
    tab.cut()
    tab.open_visit()
    tab.answer("A1", "no" if tab.value("A1") == "yes" else "yes")
    tab.note()
    kept = {op["uuid"] for op in tab.stored("outbox")}
    tab.page.evaluate(script)
    tab.page.wait_for_timeout(GUARD_MS)
    tab.page.locator("[data-code] [data-option=no]").last.click()
    tab.page.wait_for_selector(".f-fault >> text=no answer")
    page_errors[:] = [error for error in page_errors if "no answer" not in error]
    tab.page.click(".f-fault >> text=باز کردن دوبارهٔ صفحه")
    tab.page.wait_for_selector(".f-fault", state="detached")
    # The old page is gone; the new one has opened its store once it is drawn.
    tab.page.wait_for_selector(".f-network")
    assert {op["uuid"] for op in tab.stored("outbox")} == kept
    tab.connect()
    tab.wait_until_sent()
    ledger.assert_equal()


def test_a_page_that_cannot_begin_saves_what_an_earlier_one_kept(phone):
    tab = phone("inspector")
    tab.cut()
    tab.open_visit()
    tab.answer("A2", "yes")
    kept = {op["uuid"] for op in tab.stored("outbox")}
    page = tab.page.context.new_page()
    page.add_init_script(BREAK_START)
    page.goto(f"{tab.served.url}/audit/field")
    page.wait_for_selector(STOPPED)
    assert saved(page) == kept
