"""The minutes of a meeting, written while people talk."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

IMAGES = Path(__file__).parents[2] / "docs" / "images"
BUDGET_CLICKS = 12
LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
CALL = """async ([model, method, args, kwargs]) => {
    const answer = await fetch(`/web/dataset/call_kw/${model}/${method}`, {
        method: "POST",
        headers: {"Content-Type": "application/json"},
        body: JSON.stringify({jsonrpc: "2.0", params: {model, method, args, kwargs}}),
    });
    const {result, error} = await answer.json();
    if (error) { throw new Error(error.data.message); }
    return result;
}"""


class Pointer:
    """Clicks and counts the clicks."""

    def __init__(self, page):
        self.page = page
        self.count = 0

    def click(self, selector, **options):
        self.page.locator(selector, **options).first.click()
        self.count += 1


def call(page, model, method, *args, **kwargs):
    return page.evaluate(CALL, [model, method, list(args), kwargs])


@pytest.fixture(scope="module")
def body(served, browser):
    """Yield a committee of five voters, run by the secretary of the demo story."""
    page = browser.new_page()
    page.set_default_timeout(90_000)
    served.login(page, "reformadmin")
    people = [
        row["partner_id"][0]
        for login in ("chair", "secretary", "member", "approver", "reformoffice")
        for row in call(
            page,
            "res.users",
            "search_read",
            [["login", "=", login]],
            ["partner_id"],
        )
    ]
    first_day = str(date.today() - timedelta(days=400))
    roles = ("chair", "secretary", "member", "member", "member")
    yield call(
        page,
        "reform.committee",
        "create",
        {
            "name": "کمیته آزمون صورتجلسه",
            "code": "CM",
            "kind": "committee",
            "sequence": 1,
            "membership_ids": [
                [0, 0, {"partner_id": person, "role": role, "begins_on": first_day}]
                for person, role in zip(people, roles, strict=True)
            ],
        },
    )
    page.close()


def open_minutes(page, served, meeting_id):
    page.goto(f"{served.url}/odoo/reform-minutes/{meeting_id}")
    page.wait_for_selector(".o_minutes", timeout=90_000)


def item(name):
    return f'section.o_minutes_item:has(h3:text("{name}"))'


def saved(page):
    page.wait_for_selector(".o_minutes_saved:has-text('ذخیره شد')")


@pytest.fixture
def shot(page):
    """Return a function that keeps a picture of the page for the documentation."""

    def shot(name, **options):
        page.evaluate("document.fonts.ready")
        IMAGES.mkdir(parents=True, exist_ok=True)
        page.screenshot(
            path=IMAGES / f"committees-{name}.jpg", type="jpeg", quality=72, **options
        )

    return shot


def write_row(page, text, person, due):
    page.keyboard.type(f"+{text}")
    page.wait_for_selector("[data-field=text]:focus")
    page.keyboard.press("Tab")
    page.wait_for_selector("[data-field=responsible]:focus")
    page.keyboard.type(person)
    page.wait_for_selector("li[role=option]")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-field=due]:focus")
    page.keyboard.type(due)
    page.keyboard.press("Enter")
    # the next row is open: an empty one is dropped by Enter
    page.wait_for_selector("[data-field=text]:focus")
    page.keyboard.press("Enter")


def test_a_meeting_of_five_is_minuted_in_twelve_clicks(served, page, body, shot):
    page.set_default_timeout(90_000)
    served.login(page, "secretary")
    page.goto(f"{served.url}/odoo/reform-bodies")
    page.wait_for_selector(".o_kanban_record", timeout=90_000)
    pointer = Pointer(page)

    card = ".o_kanban_record:has-text('کمیته آزمون صورتجلسه')"
    pointer.click(f"{card} button[name=action_new_meeting]")
    page.wait_for_selector(".o_minutes_start", timeout=90_000)
    pointer.click(".o_minutes_start")
    page.wait_for_selector(".o_minutes_new_item input:focus")
    for number, name in enumerate(("گزارش درگاه", "پنجره ملی", "امضای برخط"), 1):
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        page.wait_for_selector(f".o_minutes_agenda li:nth-child({number})")
    shot("minutes-start")

    pointer.click(".o_minutes_all")
    page.wait_for_selector(".o_minutes_quorum.o_ok")
    assert "۵/۵" in page.inner_text(".o_minutes_quorum .o_big")

    pointer.click(f"{item('گزارش درگاه')} .o_minutes_head")
    page.wait_for_selector(f"{item('گزارش درگاه')} .o_minutes_composer textarea:focus")
    page.keyboard.type("گزارش پیشرفت درگاه شنیده شد.")
    page.keyboard.press("Enter")
    pointer.click(f"{item('گزارش درگاه')} .o_minutes_noted")

    for name, text, due in (
        ("پنجره ملی", "فهرست خدمات ناتمام فرستاده شود.", "+30"),
        ("امضای برخط", "گواهی امضا برای مدیران گرفته شود.", "پایان آذر"),
    ):
        pointer.click(f"{item(name)} .o_minutes_head")
        page.wait_for_selector(f"{item(name)} .o_minutes_composer textarea:focus")
        write_row(page, text, "رستگار", due)
        pointer.click(f"{item(name)} .o_minutes_consensus")
        page.wait_for_selector(f"{item(name)} .o_minutes_row .o_reform_ok")
    shot("minutes-live")

    pointer.click(".o_minutes_review")
    page.wait_for_selector(".o_minutes_submit:enabled")
    shot("minutes-check")
    pointer.click(".o_minutes_submit")
    page.wait_for_selector(".o_minutes_band:has-text('در دست بررسی')")

    assert page.locator(".modal").count() == 0
    assert pointer.count <= BUDGET_CLICKS
    [[state, rows]] = served.sql(
        "SELECT m.state, count(r.id) FILTER (WHERE r.due_on IS NOT NULL"
        " AND r.responsible_id IS NOT NULL) FROM reform_meeting m"
        " JOIN reform_resolution r ON r.meeting_id = m.id"
        f" WHERE m.committee_id = {body} GROUP BY m.id"
    )
    assert (state, rows) == ("minutes_review", "2")


@pytest.fixture
def meeting(served, browser, body):
    """Return the id of an open meeting with one item."""
    page = browser.new_page()
    page.set_default_timeout(90_000)
    served.login(page, "secretary")
    start = "2026-01-01 05:30:00"
    meeting_id = call(
        page, "reform.meeting", "create", {"committee_id": body, "start_at": start}
    )
    call(page, "reform.meeting", "minutes_start", [meeting_id])
    call(page, "reform.meeting", "minutes_add_item", [meeting_id], "پایش خدمات")
    page.close()
    return meeting_id


def test_a_browser_that_dies_loses_nothing(served, browser, open_page, meeting):
    page = open_page()
    page.set_default_timeout(90_000)
    served.login(page, "secretary")
    open_minutes(page, served, meeting)
    page.locator(f"{item('پایش خدمات')} .o_minutes_head").click()
    page.keyboard.type("این جمله ذخیره می‌شود.")
    page.keyboard.press("Enter")
    page.wait_for_selector(".o_minutes_text")
    saved(page)

    # The line is cut, more is typed, and the page dies without a word.
    page.context.set_offline(True)
    page.keyboard.type("+متن بی‌اتصال")
    page.wait_for_selector("[data-field=text]:focus")
    page.wait_for_selector(".o_minutes_saved:has-text('پیش‌نویس در همین دستگاه')")
    page.locator(".o_minutes_text").click()
    page.keyboard.press("End")
    page.keyboard.type(" و این هم.")
    page.wait_for_timeout(200)
    state = page.context.storage_state()
    # storage_state is read from the profile on disk, as a restarted browser would
    page.close(run_before_unload=False)

    again = open_page(storage_state=state)
    again.set_default_timeout(90_000)
    open_minutes(again, served, meeting)
    again.wait_for_selector(".o_minutes_restored")
    saved(again)
    texts = served.sql(
        f"SELECT text FROM reform_resolution WHERE meeting_id = {meeting}"
    )
    assert texts == [["متن بی‌اتصال"]]
    [[notes]] = served.sql(
        "SELECT notes FROM reform_agenda_item"
        f" WHERE meeting_id = {meeting} AND name = 'پایش خدمات'"
    )
    assert notes.endswith("و این هم.")


def test_two_secretaries_overwrite_nothing(served, open_page, meeting):
    pages = []
    for login in ("secretary", "chair"):
        page = open_page()
        page.set_default_timeout(90_000)
        served.login(page, login)
        open_minutes(page, served, meeting)
        pages.append(page)
    first, second = pages
    head = f"{item('پایش خدمات')} .o_minutes_head"
    first.locator(head).click()
    first.keyboard.type("متن نخست")
    first.keyboard.press("Enter")
    saved(first)
    second.wait_for_selector(".o_minutes_text:has-text('متن نخست')")
    second.wait_for_selector(".o_minutes_others .o_reform_face")

    # Both change the same note: the second sees both texts, in place.
    notes = f"{item('پایش خدمات')} textarea.o_minutes_text"
    second.wait_for_selector(notes)
    second.route("**/minutes_save_item*", lambda route: route.abort())
    second.locator(notes).fill("متن رئیس")
    first.locator(notes).fill("متن دبیر")
    saved(first)
    first.locator(".o_minutes_agenda button").first.focus()
    second.unroute("**/minutes_save_item*")
    second.wait_for_selector(".o_minutes_conflict")
    conflict = second.inner_text(".o_minutes_conflict")
    assert "متن رئیس" in conflict and "متن دبیر" in conflict
    second.locator(".o_minutes_conflict button", has_text=re.compile("هر دو")).click()
    second.wait_for_selector(".o_minutes_conflict", state="detached")
    saved(second)
    [[stored]] = served.sql(
        "SELECT replace(notes, chr(10), '|') FROM reform_agenda_item"
        f" WHERE meeting_id = {meeting} AND name = 'پایش خدمات'"
    )
    assert stored == "متن دبیر|متن رئیس"
