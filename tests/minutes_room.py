"""A committee of five and its open meeting, for the journeys about minutes."""

from datetime import date, timedelta

from browsing import call, log_in
from served import IMAGES


def found_body(served, browser):
    """Return a committee of five voters, run by the secretary of the demo story."""
    page = log_in(browser.new_page(), served, "reformadmin")
    logins = ("chair", "secretary", "member", "approver", "reformoffice")
    people = [
        call(page, "res.users", "search_read", [["login", "=", login]], ["partner_id"])
        for login in logins
    ]
    roles = ("chair", "secretary", "member", "member", "member")
    body = call(
        page,
        "reform.committee",
        "create",
        {
            "name": "کمیته آزمون صورتجلسه",
            "code": "CM",
            "kind": "committee",
            "sequence": 1,
            "membership_ids": [
                [
                    0,
                    0,
                    {
                        "partner_id": person["partner_id"][0],
                        "role": role,
                        "begins_on": str(date.today() - timedelta(days=400)),
                    },
                ]
                for [person], role in zip(people, roles, strict=True)
            ],
        },
    )
    page.close()
    return body


def open_meeting(served, browser, body):
    """Return the id of an open meeting with one item."""
    page = log_in(browser.new_page(), served, "secretary")
    vals = {"committee_id": body, "start_at": "2026-01-01 05:30:00"}
    meeting_id = call(page, "reform.meeting", "create", vals)
    call(page, "reform.meeting", "minutes_start", [meeting_id])
    call(page, "reform.meeting", "minutes_add_item", [meeting_id], "پایش خدمات")
    page.close()
    return meeting_id


def open_minutes(page, served, meeting_id):
    page.goto(f"{served.url}/odoo/reform-minutes/{meeting_id}")
    page.wait_for_selector(".o_minutes")


def item(name):
    return f'section.o_minutes_item:has(h3:has-text("{name}"))'


def saved(page):
    page.wait_for_selector(".o_minutes_saved:has-text('ذخیره شد')")


def shot(page, name):
    page.screenshot(
        path=IMAGES / f"committees-minutes-{name}.jpg", type="jpeg", quality=72
    )
