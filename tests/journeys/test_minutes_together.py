"""Two secretaries write the minutes of one meeting at once."""

from browsing import call, log_in
from minutes_room import item, open_minutes, saved


def test_two_secretaries_overwrite_nothing(served, open_page, page_errors, meeting):
    first, second = (
        log_in(open_page(), served, login) for login in ("secretary", "chair")
    )
    for page in (first, second):
        open_minutes(page, served, meeting)
    first.locator(f"{item('پایش خدمات')} .o_minutes_head").click()
    first.keyboard.type("متن نخست")
    first.keyboard.press("Enter")
    saved(first)
    # what one writes is seen by the other, with his name, and is his for the time
    second.wait_for_selector(f"{item('پایش خدمات')} div.o_minutes_text")
    assert second.inner_text("div.o_minutes_text") == "متن نخست"
    second.wait_for_selector(".o_minutes_others .o_reform_face")
    second.wait_for_selector(f"{item('پایش خدمات')} header .o_reform_info")

    # He turns to another item, the other takes over; then both change the same note.
    first.locator(".o_minutes_agenda_item").last.click()
    notes = f"{item('پایش خدمات')} textarea.o_minutes_text"
    second.wait_for_selector(notes)
    second.route("**/minutes_save_item*", lambda route: route.abort())
    second.locator(notes).fill("متن رئیس")
    second.wait_for_selector(".o_minutes_saved:has-text('پیش‌نویس در همین دستگاه')")
    call(
        first,
        "reform.meeting",
        "minutes_save_item",
        [meeting],
        int(first.locator(item("پایش خدمات")).get_attribute("data-item")),
        {"notes": ["متن نخست", "متن دبیر"]},
    )
    second.unroute("**/minutes_save_item*")
    second.wait_for_selector(".o_minutes_conflict")
    conflict = second.inner_text(".o_minutes_conflict")
    assert "متن رئیس" in conflict
    assert "متن دبیر" in conflict
    # what is typed before the choice is his text too; Tab leads to the choice
    second.wait_for_selector(".o_minutes_saved:has-text('ذخیره نشد')")
    second.locator(notes).press("End")
    second.keyboard.type(" و بیشتر")
    second.keyboard.press("Tab")
    second.wait_for_selector(".o_minutes_conflict button:focus")
    second.keyboard.press("3")
    second.wait_for_selector(".o_minutes_conflict", state="detached")
    saved(second)
    [[stored]] = served.sql(
        "SELECT replace(notes, chr(10), '|') FROM reform_agenda_item"
        f" WHERE meeting_id = {meeting} AND name = 'پایش خدمات'"
    )
    assert stored == "متن دبیر|متن رئیس و بیشتر"
    # the line that was cut on purpose
    page_errors[:] = [error for error in page_errors if "ERR_FAILED" not in error]
