"""What was typed in the minutes stays: after Escape, and after they were closed."""

from datetime import UTC, datetime, timedelta

import pytest
from browsing import call, log_in
from minutes_room import item, open_minutes, saved

ITEM = item("پایش خدمات")
ANY_NOTES = "textarea.o_minutes_text"
NOTES = f"{ITEM} {ANY_NOTES}"
OFFLINE = ".o_minutes_saved:has-text('پیش‌نویس در همین دستگاه')"


@pytest.fixture
def minutes(served, page, page_errors, meeting):
    """Yield the minutes at their item; lines that are cut on purpose may be told of."""
    log_in(page, served, "secretary")
    open_minutes(page, served, meeting)
    page.locator(f"{ITEM} .o_minutes_head").click()
    page.wait_for_selector(f"{ITEM} .o_minutes_composer textarea:focus")
    yield page
    page_errors[:] = [error for error in page_errors if "ERR_FAILED" not in error]


def test_escape_puts_back_what_was_saved_and_ctrl_z_what_was_typed(minutes):
    minutes.keyboard.type("متن ذخیره‌شده")
    minutes.keyboard.press("Enter")
    minutes.wait_for_selector(NOTES)
    saved(minutes)
    minutes.route("**/minutes_save_*", lambda route: route.abort())
    minutes.locator(NOTES).press("End")
    minutes.keyboard.type(" و بیشتر")
    minutes.keyboard.press("Escape")
    assert minutes.input_value(NOTES) == "متن ذخیره‌شده"
    # in the field the browser brings it back
    minutes.keyboard.press("Control+Z")
    assert minutes.input_value(NOTES) == "متن ذخیره‌شده و بیشتر"
    # and elsewhere, where the second Escape leads, it is a step
    minutes.keyboard.press("Escape")
    minutes.keyboard.press("Escape")
    minutes.wait_for_selector(f"{ITEM} .o_minutes_composer textarea:focus")
    assert minutes.input_value(NOTES) == "متن ذخیره‌شده"
    minutes.keyboard.press("Control+Z")
    minutes.wait_for_function(
        f"text => document.querySelector('{ANY_NOTES}').value === text",
        arg="متن ذخیره‌شده و بیشتر",
    )

    # the text of a resolution likewise
    minutes.keyboard.press("Alt+R")
    text = f"{ITEM} [data-field=text]"
    minutes.wait_for_selector(f"{text}:focus")
    minutes.keyboard.type("فهرست")
    minutes.keyboard.press("Escape")
    assert minutes.input_value(text) == ""
    minutes.keyboard.press("Control+Z")
    assert minutes.input_value(text) == "فهرست"


def test_saved_is_read_out_once_in_a_while(minutes):
    now = datetime.now(tz=UTC)
    minutes.clock.set_fixed_time(now)
    said = ".o_minutes_said_saved"
    minutes.reload()
    minutes.wait_for_selector(f"{said}:has-text('آماده')", state="attached")
    minutes.locator(f"{ITEM} .o_minutes_head").click()
    for text in ("یک", "دو"):
        minutes.keyboard.type(text)
        minutes.keyboard.press("Enter")
        minutes.wait_for_function(
            f"text => document.querySelector('{ANY_NOTES}')?.value.endsWith(text)",
            arg=text,
        )
        saved(minutes)
        assert "ذخیره شد" not in minutes.inner_text(said)
    minutes.clock.set_fixed_time(now + timedelta(minutes=1))
    minutes.keyboard.type("سه")
    minutes.keyboard.press("Enter")
    minutes.wait_for_selector(f"{said}:has-text('ذخیره شد')", state="attached")


def test_what_was_written_when_the_minutes_are_closed_is_kept(
    served, minutes, open_page, meeting
):
    minutes.route("**/minutes_append_note*", lambda route: route.abort())
    minutes.keyboard.type("این دیر رسید.")
    minutes.keyboard.press("Enter")
    minutes.wait_for_selector(OFFLINE)

    # meanwhile somebody else ends it
    other = log_in(open_page(), served, "secretary")
    call(other, "reform.meeting", "minutes_all_present", [meeting])
    for each in call(other, "reform.meeting", "minutes_open", [meeting])["items"]:
        call(other, "reform.meeting", "minutes_outcome", [meeting], each["id"], "noted")
    call(other, "reform.meeting", "minutes_submit", [meeting])
    chair = log_in(open_page(), served, "chair")
    call(chair, "reform.meeting", "approve", [meeting])

    late = ".o_minutes_late textarea"
    minutes.wait_for_selector(late)
    assert minutes.input_value(late) == "این دیر رسید."
    assert not minutes.is_editable(late)
    # it is there after the screen was left, until it is thrown away
    open_minutes(minutes, served, meeting)
    minutes.wait_for_selector(late)
    minutes.click(".o_minutes_late button >> nth=0")
    assert minutes.evaluate("() => String(getSelection())") == "این دیر رسید."
    minutes.click(".o_minutes_late button >> nth=1")
    minutes.wait_for_selector(late, state="detached")
    open_minutes(minutes, served, meeting)
    minutes.wait_for_selector(".o_minutes_review_panel")
    assert not minutes.locator(late).count()


def test_hours_and_substitutes_are_set_by_pointer(served, minutes):
    minutes.keyboard.press("Alt+A")
    minutes.wait_for_selector(".o_minutes_quorum.o_ok .o_big:has-text('۵/۵')")
    person, other = minutes.locator(".o_minutes_people [data-person]").all()[2:4]

    def press(who, name):
        who.hover()
        who.locator(f".o_acts button:has-text('{name}')").click()

    press(person, "ساعت خروج")
    minutes.wait_for_selector(".o_ask input:focus")
    # pressed once more it is not asked any longer
    press(person, "ساعت خروج")
    minutes.wait_for_selector(".o_ask", state="detached")
    press(person, "ساعت خروج")
    minutes.fill(".o_ask input", "۲۳۱۵")
    minutes.click(".o_ask button")
    person.locator(".o_reform_tag:has-text('۲۳:۱۵')").wait_for()

    press(other, "جانشین")
    minutes.fill(".o_ask input", "جانشین آزمون")
    minutes.click(".o_ask button")
    other.locator(".o_role:has-text('جانشین آزمون')").wait_for()
    saved(minutes)
    ids = [int(each.get_attribute("data-person")) for each in (person, other)]
    [[left, status]] = served.sql(
        "SELECT one.left_at IS NOT NULL, other.status FROM reform_attendance AS one,"
        f" reform_attendance AS other WHERE one.id = {ids[0]} AND other.id = {ids[1]}"
    )
    assert (left, status) == ("t", "substituted")
