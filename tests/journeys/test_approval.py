"""What was minuted is commented, signed, approved and followed."""

import pytest
from accessibility import assert_no_breach
from browsing import call, log_in
from minutes_room import open_meeting, open_minutes, shot

PHONE = {"width": 390, "height": 844}


def test_what_was_sent_is_commented_signed_and_approved(served, open_page, meeting):
    page = log_in(open_page(), served, "secretary")
    people = call(page, "reform.meeting", "minutes_all_present", [meeting])["people"]
    assert len(people) == 5
    for agenda_item in call(page, "reform.meeting", "minutes_open", [meeting])["items"]:
        call(
            page,
            "reform.meeting",
            "minutes_outcome",
            [meeting],
            agenda_item["id"],
            "noted",
        )
    call(page, "reform.meeting", "minutes_submit", [meeting])

    member = log_in(open_page(), served, "member")
    open_minutes(member, served, meeting)
    member.fill(".o_minutes_comments textarea", "بند یک کامل نیست.")
    member.click(".o_minutes_comment")
    member.wait_for_selector(".o_minutes_said:has-text('بند یک کامل نیست.')")
    member.fill(".o_minutes_sign input", "member")
    member.click(".o_minutes_sign button")
    member.wait_for_selector(".o_minutes_signatures .o_reform_ok")
    shot(member, "review")
    assert_no_breach(member, ".o_reform_screen")

    # somebody else signs on paper: the secretary keeps the scan
    open_minutes(page, served, meeting)
    page.locator(".o_minutes_scan input").first.set_input_files(
        {"name": "امضا.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    )
    page.wait_for_selector(".o_minutes_signatures .o_reform_info + a")

    # the chair approves for a body that names no other approver
    chair = log_in(open_page(), served, "chair")
    open_minutes(chair, served, meeting)
    chair.fill(".o_minutes_decision .o_directive", "تا پایان ماه گزارش شود.")
    shot(chair, "decision")
    chair.click(".o_minutes_approve")
    chair.wait_for_selector(".o_minutes_decision .o_reform_text_ok")
    [[state, number]] = served.sql(
        f"SELECT state, number IS NOT NULL FROM reform_meeting WHERE id = {meeting}"
    )
    assert (state, number) == ("approved", "t")
    tasks = served.sql(
        "SELECT count(*) FROM mail_activity WHERE res_model = 'reform.meeting'"
        f" AND res_id = {meeting} AND note LIKE '%تا پایان ماه گزارش شود.%'"
    )
    assert tasks == [["1"]]

    # the next one is a press away, for whom runs the body
    open_minutes(page, served, meeting)
    page.click(".o_minutes_next")
    page.wait_for_selector(".o_minutes_start")
    [[count]] = served.sql(
        "SELECT count(*) FROM reform_meeting AS next JOIN reform_meeting AS done"
        f" ON done.committee_id = next.committee_id AND done.id = {meeting}"
        " WHERE next.state = 'draft' AND next.id > done.id"
    )
    assert count == "1"

    # a correction is a further version, the approved one stays in force
    chair.click(".o_minutes_amend")
    chair.fill(".o_minutes_review_panel > .o_minutes_line input", "تاریخ نادرست بود.")
    chair.click(".o_minutes_review_panel > .o_minutes_line .btn-primary")
    chair.wait_for_selector(".o_minutes_versions li:nth-child(2)")
    chair.wait_for_selector(".o_minutes_band:has-text('در حال اصلاح')")
    versions = served.sql(
        "SELECT version, state, number IS NOT NULL FROM reform_minutes"
        f" WHERE meeting_id = {meeting} ORDER BY version"
    )
    assert versions == [["1", "approved", "t"], ["2", "draft", "f"]]


@pytest.fixture
def waiting(served, browser, body):
    """Return the ids of four resolutions that wait for the manager of the body."""
    admin = log_in(browser.new_page(), served, "reformadmin")
    [manager] = call(admin, "res.users", "search", [["login", "=", "approver"]])
    named = {"approver_id": manager, "resolution_approver_id": manager}
    call(admin, "reform.committee", "write", [body], named)
    meeting = open_meeting(served, browser, body)
    page = log_in(browser.new_page(), served, "secretary")
    call(page, "reform.meeting", "minutes_all_present", [meeting])
    opened = call(page, "reform.meeting", "minutes_open", [meeting])
    item = next(each for each in opened["items"] if each["name"] == "پایش خدمات")
    responsible = opened["people"][2]["partner"]
    for text in ("خرید سرور", "آموزش کارکنان", "پرداخت پاداش", "اصلاح فرم"):
        vals = {"item_id": item["id"], "text": text, "responsible_id": responsible}
        vals |= {"due_on": "2027-03-01", "consequence": "۴۸۰ میلیون ریال"}
        call(page, "reform.resolution", "create", vals)
    for each in opened["items"]:
        call(page, "reform.meeting", "minutes_outcome", [meeting], each["id"], "noted")
    call(page, "reform.meeting", "minutes_submit", [meeting])
    page.close()
    approver = log_in(browser.new_page(), served, "approver")
    call(approver, "reform.meeting", "approve", [meeting])
    mine = [["meeting_id", "=", meeting]]
    ids = call(approver, "reform.resolution", "search", mine)
    approver.close()
    admin.close()
    return ids


def test_a_manager_decides_on_his_phone(served, open_page, waiting):
    page = log_in(open_page(), served, "approver")
    page.set_viewport_size(PHONE)
    page.goto(f"{served.url}/odoo/reform-desk")

    def row(text):
        return page.locator(f".o_desk_row:has-text('{text}')")

    def opened(text):
        row(text).locator(".o_title").click()
        pane = page.locator(f".o_desk_pane:has-text('{text}')")
        pane.wait_for()
        return pane

    # what follows from it stands with it, and a directive is one tap more
    pane = opened("خرید سرور")
    assert "۴۸۰ میلیون ریال" in pane.inner_text()
    pane.evaluate("pane => pane.scrollIntoView()")
    shot(page, "phone-approval")
    assert_no_breach(page, ".o_reform_screen")
    pane.locator(".o_desk_chips button").first.click()
    pane.locator(".o_desk_approve").click()
    row("خرید سرور").wait_for(state="detached")
    # taken back within ten seconds: it was never approved
    page.locator(".o_reform_band_ok button").click()
    row("خرید سرور").wait_for()

    pane = opened("آموزش کارکنان")
    pane.locator(".o_desk_pair button").last.click()
    pane.locator(".o_desk_ask textarea").fill("هزینه‌اش روشن نیست.")
    pane.locator(".o_desk_ask .btn-primary").click()
    row("آموزش کارکنان").wait_for(state="detached")
    pane = opened("پرداخت پاداش")
    pane.locator(".o_desk_pair button").first.click()
    pane.locator(".o_desk_ask textarea").fill("پرداخت نیمی از پاداش")
    pane.locator(".o_desk_ask .btn-primary").click()
    row("پرداخت پاداش").wait_for(state="detached")

    # many at once: none of them is open now
    opened("اصلاح فرم")
    row("خرید سرور").locator("input[type=checkbox]").check()
    page.locator(".o_reform_band_info button").click()
    row("خرید سرور").wait_for(state="detached")
    pane = opened("اصلاح فرم")
    pane.locator(".o_desk_approve").click()
    row("اصلاح فرم").wait_for(state="detached")

    # ten seconds later the last act is sent as well
    ids = ",".join(map(str, waiting))
    served.until(
        "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM reform_resolution"
        f" WHERE id IN ({ids}) AND state NOT IN ('communicated', 'returned'))"
    )
    rows = served.sql(
        "SELECT text, state, approved_text, return_reason FROM reform_resolution"
        f" WHERE id IN ({ids}) ORDER BY id"
    )
    assert rows == [
        ["خرید سرور", "communicated", "", ""],
        ["آموزش کارکنان", "returned", "", "هزینه‌اش روشن نیست."],
        ["پرداخت پاداش", "communicated", "پرداخت نیمی از پاداش", ""],
        ["اصلاح فرم", "communicated", "", ""],
    ]
