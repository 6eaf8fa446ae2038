"""What cannot be is said in a clear sentence; nothing is saved, nothing is lost."""

from browsing import log_in
from minutes_room import item, open_minutes, saved, shot

ROW = "[data-row]"
BAND = ".o_minutes_band.o_reform_band_bad"


def test_what_cannot_be_is_said_and_nothing_is_lost(served, page, meeting):
    log_in(page, served, "secretary")
    open_minutes(page, served, meeting)
    page.locator(f"{item('پایش خدمات')} .o_minutes_head").click()
    page.wait_for_selector(f"{item('پایش خدمات')} .o_minutes_composer textarea:focus")
    page.keyboard.type("+فهرست فرستاده شود.")
    page.wait_for_selector("[data-field=text]:focus")
    page.keyboard.press("Tab")
    page.wait_for_selector("[data-field=responsible]:focus")
    page.keyboard.type("رستگار")
    page.wait_for_selector("li[role=option]")
    page.keyboard.press("Enter")

    # a deadline before the meeting: the text stays, the caret too
    page.wait_for_selector("[data-field=due]:focus")
    page.keyboard.type("1400/01/01")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{ROW} .o_reform_text_bad")
    shot(page, "bad-deadline")
    assert page.input_value("[data-field=due]") == "1400/01/01"
    served.until(f"SELECT 1 FROM reform_resolution WHERE meeting_id = {meeting}")
    rows = f"SELECT due_on FROM reform_resolution WHERE meeting_id = {meeting}"
    assert served.sql(rows) == [[""]]

    # somebody responsible without a day: the minutes are not sent
    page.keyboard.press("Alt+I")
    page.wait_for_selector(".o_minutes_checks")
    faults = page.locator(".o_minutes_check .o_bad").count()
    assert faults >= 2
    assert page.is_disabled(".o_minutes_submit")
    # the key leads to the line, and what is mended is ticked off
    page.click(".o_minutes_check:has-text('مهلت') button")
    page.wait_for_selector("[data-field=due]:focus")
    page.keyboard.press("Control+A")
    page.keyboard.type("+30")
    page.keyboard.press("Tab")
    page.wait_for_selector(".o_minutes_check.o_mended")
    page.keyboard.press("Alt+I")
    page.wait_for_selector(".o_minutes_checks:focus")
    page.keyboard.press("Alt+I")
    page.wait_for_selector(".o_minutes_checks", state="detached")

    # more votes than there are people who may vote
    page.click(".o_minutes_all")
    page.wait_for_selector(".o_minutes_quorum.o_ok")
    page.locator(f"{item('پایش خدمات')} .o_minutes_head").click()
    page.wait_for_selector(f"{item('پایش خدمات')} .o_minutes_composer textarea:focus")
    page.keyboard.press("Alt+G")
    page.wait_for_selector(".o_minutes_ballot input:focus")
    page.keyboard.type("9")
    page.keyboard.press("Tab")
    page.click(".o_minutes_ballot .btn-primary")
    page.wait_for_selector(f"{BAND}:has-text('۵')")
    shot(page, "bad-vote")
    # what was counted stands there, to be mended
    assert page.locator(".o_minutes_ballot input").first.input_value()
    votes = f"SELECT count(*) FROM reform_vote_event WHERE meeting_id = {meeting}"
    assert served.sql(votes) == [["0"]]

    # who is away is not asked for his vote by name
    member = page.locator(".o_minutes_person:has-text('رستگارفر')")
    member.focus()
    page.keyboard.press(" ")
    member.locator(".o_reform_tag:has-text('غایب')").wait_for()
    page.locator(f"{item('پایش خدمات')} .o_minutes_head").click()
    page.wait_for_selector(f"{item('پایش خدمات')} .o_minutes_composer textarea:focus")
    if not page.locator(".o_minutes_names").count():
        page.keyboard.press("Alt+G")
    page.wait_for_selector(".o_minutes_ballot")
    if not page.locator(".o_minutes_names").count():
        page.keyboard.press("Alt+G")
    page.wait_for_selector(".o_minutes_names")
    assert page.locator(".o_minutes_names label").count() == 4
    assert not page.locator(".o_minutes_names label:has-text('رستگارفر')").count()
    saved(page)
