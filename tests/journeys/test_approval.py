"""What was minuted is commented, signed, approved and followed."""

import pytest
from browsing import call, log_in
from minutes_room import found_body, open_meeting, open_minutes, shot


@pytest.fixture(scope="module")
def body(served, browser):
    return found_body(served, browser)


@pytest.fixture
def meeting(served, browser, body):
    return open_meeting(served, browser, body)


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
