"""The minutes of a meeting, written while people talk, and sent."""

from accessibility import assert_no_breach
from browsing import log_in
from chromium import KillableChromium
from minutes_room import item, open_minutes, saved, shot

BUDGET_CLICKS = 12
# Counts every dialog that is ever opened, also one that is closed at once.
DIALOGS = """() => {
    window.dialogs = 0;
    const isDialog = (node) =>
        node.matches?.(".modal") || node.querySelector?.(".modal");
    new MutationObserver((changes) => {
        const added = changes.flatMap((change) => [...change.addedNodes]);
        window.dialogs += added.filter(isDialog).length;
    }).observe(document, { childList: true, subtree: true });
}"""
# Whether IndexedDB holds a text: what the system got, whatever becomes of the browser.
KEPT = """async (text) => {
    const ask = (request) => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
    const database = await ask(indexedDB.open("reform.minutes"));
    for (;;) {
        const table = database.transaction("drafts").objectStore("drafts");
        const drafts = await ask(table.getAll());
        if (drafts.some((draft) => draft.includes(text))) { return true; }
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
}"""


class Pointer:
    """Clicks and counts the clicks."""

    def __init__(self, page):
        self.page = page
        self.count = 0

    def click(self, selector):
        self.page.locator(selector).first.click()
        self.count += 1


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
    page.wait_for_selector("[data-row] ~ [data-row] [data-field=text]:focus")
    page.keyboard.press("Enter")
    page.wait_for_selector(".o_minutes_composer textarea:focus")


def test_a_meeting_of_five_is_minuted_in_twelve_clicks(served, page, body):
    log_in(page, served, "secretary")
    page.goto(f"{served.url}/odoo/reform-bodies")
    page.evaluate(DIALOGS)
    pointer = Pointer(page)
    card = ".o_kanban_record:has-text('کمیته آزمون صورتجلسه')"
    pointer.click(f"{card} button[name=action_new_meeting]")
    pointer.click(".o_minutes_start")
    page.wait_for_selector(".o_minutes_new_item input:focus")
    for number, name in enumerate(("گزارش درگاه", "پنجره ملی", "امضای برخط"), 1):
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        page.wait_for_selector(f".o_minutes_agenda li:nth-child({number})")
    # the keys of the screen work in the line of a new item as anywhere
    page.keyboard.press("F2")
    page.wait_for_selector(".o_minutes_new_item input:focus", state="detached")
    page.keyboard.press("Alt+L")
    page.wait_for_selector(".o_minutes_new_item input:focus")
    shot(page, "start")

    pointer.click(".o_minutes_all")
    page.wait_for_selector(".o_minutes_quorum.o_ok .o_big:has-text('۵/۵')")

    pointer.click(f"{item('گزارش درگاه')} .o_minutes_head")
    page.wait_for_selector(f"{item('گزارش درگاه')} .o_minutes_composer textarea:focus")
    page.keyboard.type("گزارش پیشرفت درگاه شنیده شد.")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{item('گزارش درگاه')} .o_minutes_text")
    pointer.click(f"{item('گزارش درگاه')} .o_minutes_noted")

    for name, text, due in (
        ("پنجره ملی", "فهرست خدمات ناتمام فرستاده شود.", "+30"),
        ("امضای برخط", "گواهی امضا برای مدیران گرفته شود.", "پایان آذر"),
    ):
        pointer.click(f"{item(name)} .o_minutes_head")
        page.wait_for_selector(f"{item(name)} .o_minutes_composer textarea:focus")
        # the member of the demo story who is made responsible
        write_row(page, text, "رستگار", due)
        pointer.click(f"{item(name)} .o_minutes_consensus")
        page.wait_for_selector(f"{item(name)} .o_minutes_row .o_reform_ok")
    shot(page, "live")
    # `html` has its language from Odoo: the screen alone is looked at
    assert_no_breach(page, ".o_reform_screen")

    pointer.click(".o_minutes_review")
    page.wait_for_selector(".o_minutes_submit:enabled")
    shot(page, "checks")
    assert_no_breach(page, ".o_reform_screen")
    pointer.click(".o_minutes_submit")
    page.wait_for_selector(".o_minutes_review_panel")

    assert page.evaluate("() => window.dialogs") == 0
    assert pointer.count <= BUDGET_CLICKS
    [[state, rows]] = served.sql(
        "SELECT m.state, count(r.id) FILTER (WHERE r.due_on IS NOT NULL"
        " AND r.responsible_id IS NOT NULL) FROM reform_meeting m"
        " JOIN reform_resolution r ON r.meeting_id = m.id"
        f" WHERE m.committee_id = {body} GROUP BY m.id"
    )
    assert (state, rows) == ("minutes_review", "2")


def test_a_browser_that_is_killed_loses_nothing(served, playwright, meeting, tmp_path):
    chromium = KillableChromium(playwright, tmp_path)
    page = log_in(chromium.start(), served, "secretary")
    open_minutes(page, served, meeting)
    page.locator(f"{item('پایش خدمات')} .o_minutes_head").click()
    page.keyboard.type("این جمله ذخیره می‌شود.")
    page.keyboard.press("Enter")
    page.wait_for_selector(".o_minutes_text")
    saved(page)

    # The line is cut, more is typed, and the process dies without a word.
    page.context.set_offline(True)
    page.keyboard.type("+متن بی‌اتصال")
    page.wait_for_selector(".o_minutes_saved:has-text('پیش‌نویس در همین دستگاه')")
    page.locator(".o_minutes_text").click()
    page.keyboard.press("End")
    page.keyboard.type(" و این هم.")
    assert page.evaluate(KEPT, "و این هم.")
    chromium.kill()

    page = log_in(chromium.start(), served, "secretary")
    open_minutes(page, served, meeting)
    page.wait_for_selector(".o_minutes_restored")
    saved(page)
    # saved by itself; the band stays until somebody has seen what came back
    page.click(".o_minutes_restored [aria-expanded]")
    for text in ("متن بی‌اتصال", "این جمله ذخیره می‌شود. و این هم."):
        page.wait_for_selector(f".o_minutes_restored li span:text-is('{text}')")
    page.wait_for_selector(
        ".o_minutes_restored li span:text-is('این جمله ذخیره می‌شود.')"
    )
    page.click(".o_minutes_restored button >> nth=0")
    page.wait_for_selector(".o_minutes_restored", state="detached")
    chromium.kill()
    texts = served.sql(
        f"SELECT text FROM reform_resolution WHERE meeting_id = {meeting}"
    )
    assert texts == [["متن بی‌اتصال"]]
    [[notes]] = served.sql(
        "SELECT notes FROM reform_agenda_item"
        f" WHERE meeting_id = {meeting} AND name = 'پایش خدمات'"
    )
    assert notes.endswith("و این هم.")


def test_a_row_taken_out_comes_back_and_what_is_not_there_is_said(
    served, page, meeting
):
    log_in(page, served, "secretary")
    open_minutes(page, served, meeting)
    page.locator(f"{item('پایش خدمات')} .o_minutes_head").click()
    line = page.locator(f"{item('پایش خدمات')} .o_minutes_composer textarea")
    line.press("/")
    page.wait_for_selector("li[role=option]")
    assert "{" not in page.inner_text("[role=listbox]")
    page.keyboard.press("Escape")
    page.wait_for_selector("[role=listbox]", state="detached")
    page.keyboard.press("Control+Z")
    page.wait_for_selector("[role=listbox]")
    page.keyboard.press("Escape")
    write_row(page, "فهرست فرستاده شود.", "رستگار", "+30")
    saved(page)
    page.locator("[data-row] [data-field=text]").first.click()
    page.keyboard.press("Alt+Backspace")
    page.wait_for_selector("[data-row]", state="detached")
    page.locator(".o_minutes_removed button").click()
    page.wait_for_selector("[data-row] [data-field=text]")
    saved(page)
    page.wait_for_selector(".o_minutes_removed", state="detached")
    rows = served.sql(
        "SELECT text, responsible_id IS NOT NULL, due_on IS NOT NULL"
        f" FROM reform_resolution WHERE meeting_id = {meeting}"
    )
    assert rows == [["فهرست فرستاده شود.", "t", "t"]]

    page.goto(f"{served.url}/odoo/reform-minutes/{meeting + 1000}")
    page.wait_for_selector(".o_minutes_fault button")


def test_a_step_back_takes_all_of_the_step_and_loses_no_hour(served, page, meeting):
    log_in(page, served, "secretary")
    open_minutes(page, served, meeting)
    page.wait_for_selector(".o_minutes_composer textarea:focus")
    page.keyboard.press("Alt+A")
    page.wait_for_selector(".o_minutes_quorum.o_ok .o_big:has-text('۵/۵')")
    page.locator(f"{item('پایش خدمات')} .o_minutes_head").click()
    page.keyboard.press("Alt+O")
    badge = f"{item('پایش خدمات')} header :has-text('تصویب‌شده')"
    page.wait_for_selector(badge)
    saved(page)
    page.keyboard.press("Control+Z")
    page.wait_for_selector(badge, state="detached")

    # somebody leaves; “all present” once more takes the hours, Ctrl+Z gives them back
    page.locator(".o_minutes_people [data-person]").last.focus()
    page.keyboard.press("l")
    page.wait_for_selector(".o_minutes_quorum .o_big:has-text('۴/۵')")
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+A")
    page.wait_for_selector(".o_minutes_quorum .o_big:has-text('۰/۵')")
    page.locator(f"{item('پایش خدمات')} .o_minutes_head").click()
    page.keyboard.press("Control+Z")
    page.wait_for_selector(".o_minutes_quorum .o_big:has-text('۴/۵')")


def test_nothing_typed_while_the_screen_is_drawn_is_lost(
    served, open_page, page_errors, meeting
):
    page = log_in(open_page(), served, "secretary")
    open_minutes(page, served, meeting)
    page.wait_for_selector(".o_minutes_composer textarea:focus")
    # The press and a key in one turn of the browser: nothing is drawn between.
    focused = page.eval_on_selector(
        f"{item('پایش خدمات')} .o_minutes_head",
        """(head) => {
            head.dispatchEvent(new MouseEvent("mousedown", {bubbles: true}));
            document.execCommand("insertText", false, "م");
            return document.activeElement.closest("section").dataset.item;
        }""",
    )
    assert focused == page.get_attribute(item("پایش خدمات"), "data-item")
    page.keyboard.type("تن")
    page.keyboard.press("Enter")
    saved(page)
    assert page.input_value(f"{item('پایش خدمات')} textarea.o_minutes_text") == "متن"
