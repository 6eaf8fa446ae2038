"""Whoever is invited answers: by his account, by a link, or by a link handed over."""

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from browsing import call, log_in
from minutes_room import found_body, shot

DAYS = 20


@pytest.fixture(scope="module")
def body(served, browser):
    return found_body(served, browser)


@pytest.fixture
def meeting(served, browser, body):
    """Return a convened meeting with an expert whom no message reaches."""
    page = log_in(browser.new_page(), served, "secretary")
    day = date.today() + timedelta(days=DAYS)
    vals = {"committee_id": body, "start_at": f"{day} 05:30:00", "place": "تالار دو"}
    expert = [0, 0, {"partner_id": _expert(served, browser), "role": "guest"}]
    meeting = call(page, "reform.meeting", "create", vals)
    call(page, "reform.meeting", "write", [meeting], {"attendance_ids": [expert]})
    call(page, "reform.meeting", "minutes_add_item", [meeting], "بودجه سال آینده")
    call(page, "reform.meeting", "action_convene", [meeting])
    page.close()
    return meeting


def _expert(served, browser):
    page = log_in(browser.new_page(), served, "admin")
    person = call(page, "res.partner", "create", {"name": "کارشناس بی‌نشانی"})
    page.close()
    return person


def _open(page, served, meeting):
    page.goto(f"{served.url}/odoo/reform-meetings/{meeting}")
    page.wait_for_selector(".o_form_view [name=committee_id]")


def test_everybody_invited_answers(served, open_page, meeting):
    member = log_in(open_page(), served, "member")
    _open(member, served, meeting)
    member.click("button[name=action_accept]")
    member.wait_for_selector(".alert-info [name=user_answer]")

    chair = log_in(open_page(), served, "chair")
    _open(chair, served, meeting)
    chair.click("button[name=action_decline]")
    chair.fill(".modal [name=note] input", "مأموریت")
    chair.fill(".modal [name=substitute] input", "معاون رئیس")
    chair.click(".modal button[name=action_decline]")
    chair.wait_for_selector(".alert-info [name=user_answer]:has-text('معاون رئیس')")

    # no message reaches the expert: the secretary hands him his link
    secretary = log_in(open_page(), served, "secretary")
    _open(secretary, served, meeting)
    secretary.wait_for_selector(
        ".alert-warning [name=unreached_note]:has-text('کارشناس بی‌نشانی')"
    )
    secretary.click(".nav-link[name=attendance]")
    row = secretary.locator(".o_data_row:has-text('کارشناس بی‌نشانی')")
    row.locator("button[name=action_link]").click()
    secretary.wait_for_selector(".modal .o_clipboard_button")
    shot(secretary, "invitation-link")
    link = secretary.inner_text(".modal [name=url] .d-grid > span")
    path = urlsplit(link.strip()).path
    assert path.startswith("/reform/invitation/")

    guest = open_page(viewport={"width": 390, "height": 844})
    guest.goto(served.url + path)
    assert "بودجه سال آینده" in guest.inner_text("main")
    guest.fill("#invitation-note", "با کمال میل")
    shot(guest, "invitation-guest")
    guest.click("button[value=accepted]")
    guest.wait_for_selector("#invitation-answer")
    guest.fill("#proposal-title", "آزمون نفوذ درگاه")
    guest.click("#invitation-proposals form .btn-primary")
    guest.wait_for_selector("#invitation-proposals li:has-text('آزمون نفوذ درگاه')")

    rows = served.sql(
        "SELECT p.name, a.status, s.name FROM reform_attendance a"
        " JOIN res_partner p ON p.id = a.partner_id"
        " LEFT JOIN res_partner s ON s.id = a.substitute_id"
        f" WHERE a.meeting_id = {meeting} AND a.answered_at IS NOT NULL ORDER BY a.id"
    )
    assert [row[1:] for row in rows] == [
        ["declined", "معاون رئیس"],
        ["accepted", ""],
        ["accepted", ""],
    ]


def test_a_year_is_planned_and_what_speaks_against_a_day_is_shown(
    served, page, body, meeting
):
    log_in(page, served, "secretary")
    page.goto(f"{served.url}/odoo/reform-meetings/new")
    page.fill("[name=committee_id] input", "آزمون صورتجلسه")
    page.click(".o-autocomplete--dropdown-item:has-text('کمیته آزمون صورتجلسه')")
    # the members are busy at that hour
    day = date.today() + timedelta(days=DAYS)
    jalali = page.evaluate(
        "(day) => odoo.jalali.toJalali(...day)", [day.year, day.month, day.day]
    )
    typed = "{year}/{month}/{day} 09:30:00".format(**jalali)
    page.fill("[name=start_at] input", typed)
    page.keyboard.press("Tab")
    page.wait_for_selector(
        ".alert-warning [name=time_note]:has-text('کمیته آزمون صورتجلسه')"
    )
    shot(page, "clash")

    plan = "admin_reform_committees.reform_meeting_plan_action"
    page.goto(f"{served.url}/odoo/action-{plan}")
    # all of next year: every two months, for both bodies of the secretary
    page.fill(".modal [name=year] input", str(jalali["year"] + 1))
    page.fill(".modal [name=first_month] input", "1")
    page.keyboard.press("Tab")
    page.locator(".o_data_row").nth(11).wait_for()
    next_year = f"jalali_year = {jalali['year'] + 1}"
    count = f"SELECT count(*) FROM reform_meeting WHERE {next_year}"
    before = int(served.sql(count)[0][0])
    planned = page.locator(".o_data_row").count()
    shot(page, "plan-year")
    page.click("button[name=action_plan]")
    served.until(f"SELECT 1 WHERE ({count}) = {before + planned}")
