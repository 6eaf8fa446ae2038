"""Every key of the minutes: what it does on the screen, and what the server has."""

import pytest
from browsing import log_in
from minutes_room import open_minutes, saved

PLACES = {"ت": "KeyJ", "ج": "BracketLeft", "ی": "KeyD"}
OPEN_ITEMS = "مصوبات باز و معوق"


def press_persian(page, letter):
    """Press a key with the Persian layout on, which no named key of a browser does."""
    session = page.context.new_cdp_session(page)
    key = {"key": letter, "code": PLACES[letter]}
    session.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": letter, **key})
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})
    session.detach()


@pytest.fixture(scope="module")
def meeting(served):
    """Return the meeting of the demo story that goes on."""
    [[meeting]] = served.sql("SELECT id FROM reform_meeting WHERE state = 'in_session'")
    return int(meeting)


@pytest.fixture
def minutes(served, page, meeting):
    log_in(page, served, "secretary")
    open_minutes(page, served, meeting)
    page.wait_for_selector(".o_minutes_composer textarea:focus")
    return page


def current(page):
    return int(page.get_attribute("section.o_current[data-item]", "data-item"))


def test_alt_keys_lead_from_item_to_item_and_begin_a_row_and_a_note(
    served, minutes, meeting
):
    first = current(minutes)
    minutes.keyboard.press("Alt+ArrowDown")
    second = f"[data-item]:not([data-item='{first}']).o_current"
    minutes.wait_for_selector(f"{second} .o_minutes_composer textarea:focus")
    item = current(minutes)
    minutes.keyboard.press("Alt+ArrowUp")
    minutes.wait_for_selector(f"[data-item='{first}'].o_current textarea:focus")
    minutes.keyboard.press("Alt+ArrowDown")
    minutes.wait_for_selector(f"[data-item='{item}'].o_current textarea:focus")

    minutes.keyboard.press("F4")
    minutes.wait_for_selector(".o_minutes_help")
    minutes.keyboard.press("F4")
    minutes.wait_for_selector(".o_minutes_help", state="detached")

    minutes.keyboard.press("Alt+R")
    minutes.wait_for_selector(f"[data-item='{item}'] [data-field=text]:focus")
    minutes.keyboard.type("درگاه دوباره آزموده شود.")
    minutes.keyboard.press("Alt+N")
    minutes.wait_for_selector(
        f"[data-item='{item}'] .o_minutes_composer textarea:focus"
    )
    minutes.keyboard.type("گزارش آزمون خوانده شد.")
    minutes.keyboard.press("Enter")
    minutes.wait_for_selector(f"[data-item='{item}'] textarea.o_minutes_text")
    saved(minutes)
    stored = served.sql(
        "SELECT row.text, item.notes FROM reform_resolution AS row"
        " JOIN reform_agenda_item AS item ON item.id = row.item_id"
        f" WHERE item.id = {item} AND row.meeting_id = {meeting}"
    )
    assert stored == [["درگاه دوباره آزموده شود.", "گزارش آزمون خوانده شد."]]


def test_alt_u_and_a_letter_say_what_came_of_an_item(served, minutes):
    item = current(minutes)
    strip = ".o_minutes_outcomes button"

    def outcome():
        [[outcome]] = served.sql(
            f"SELECT outcome FROM reform_agenda_item WHERE id = {item}"
        )
        return outcome

    # by the place of the letter, with the Latin layout on, and by the letter itself
    for press, value, label in (
        (lambda: minutes.keyboard.press("u"), "postponed", "به جلسه بعد"),
        (lambda: press_persian(minutes, "ی"), "noted", "یادداشت شد"),
    ):
        minutes.keyboard.press("Alt+U")
        minutes.wait_for_selector(f"{strip}:focus")
        press()
        minutes.wait_for_selector(strip, state="detached")
        minutes.wait_for_selector(".o_minutes_composer textarea:focus")
        minutes.wait_for_selector(
            f"[data-item='{item}'] header .o_reform_tag:has-text('{label}')"
        )
        saved(minutes)
        assert outcome() == value


def test_letters_of_the_people_set_one_aside_and_send_a_substitute(served, minutes):
    item = current(minutes)
    people = minutes.locator(".o_minutes_people [data-person]")
    person = int(people.nth(2).get_attribute("data-person"))
    people.nth(2).focus()
    press_persian(minutes, "ت")
    minutes.wait_for_selector(f"[data-person='{person}'] .o_role b")
    saved(minutes)
    aside = (
        "SELECT count(*) FROM reform_attendance_recused_rel"
        f" WHERE reform_agenda_item_id = {item} AND reform_attendance_id = {person}"
    )
    assert served.sql(aside) == [["1"]]

    press_persian(minutes, "ج")
    minutes.wait_for_selector(f"[data-person='{person}'] .o_ask input:focus")
    minutes.keyboard.type("جانشین آزمون")
    minutes.keyboard.press("Enter")
    minutes.wait_for_selector(
        f"[data-person='{person}'] .o_role:has-text('جانشین آزمون')"
    )
    [[status]] = served.sql(f"SELECT status FROM reform_attendance WHERE id = {person}")
    assert status == "substituted"


def test_signs_in_the_line_below_insert_a_block_and_report_progress(served, minutes):
    item = current(minutes)
    minutes.keyboard.type("/")
    minutes.wait_for_selector("li[role=option]")
    minutes.keyboard.press("Enter")
    minutes.wait_for_selector("li[role=option]", state="detached")
    block = minutes.input_value(f"[data-item='{item}'] .o_minutes_composer textarea")
    minutes.keyboard.press("Enter")
    minutes.wait_for_selector(f"[data-item='{item}'] textarea.o_minutes_text")
    saved(minutes)
    [[notes]] = served.sql(
        f"SELECT replace(notes, chr(10), '|') FROM reform_agenda_item WHERE id = {item}"
    )
    assert block
    assert block.replace("\n", "|") in notes

    minutes.click(f".o_minutes_head:has-text('{OPEN_ITEMS}')")
    minutes.wait_for_selector(".o_current .o_follow")
    minutes.wait_for_selector(".o_current .o_minutes_composer textarea:focus")
    minutes.keyboard.type("٪")
    minutes.wait_for_selector(".o_follow input:focus")
    minutes.keyboard.type("۸۷ دو بخش مانده")
    minutes.keyboard.press("Enter")
    minutes.wait_for_selector(".o_minutes_review_rows .o_reform_tag:has-text('۸۷')")
    [[count]] = served.sql("SELECT count(*) FROM reform_resolution WHERE percent = 87")
    assert count == "1"


def test_other_tabs_show_the_draft_and_the_item_in_hand(minutes, meeting):
    context = minutes.context
    with context.expect_event(
        "response", lambda answer: f"/reform/minutes/{meeting}/preview" in answer.url
    ) as preview:
        minutes.keyboard.press("Alt+Y")
    assert preview.value.status == 200
    minutes.bring_to_front()

    with context.expect_page() as opened:
        minutes.keyboard.press("Alt+W")
    projector = opened.value
    projector.wait_for_selector(".o_projector .o_draft")
    minutes.bring_to_front()
    minutes.keyboard.press("Alt+ArrowDown")
    name = minutes.inner_text(
        f"[data-item='{current(minutes)}'] .o_minutes_head span:last-child"
    )
    projector.wait_for_selector(f".o_projector h1:has-text('{name}')")
