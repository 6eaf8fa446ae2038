"""Phones of inspectors with the field page, and a committee with its meeting."""

import pytest
from field_finger import WATCH, Finger
from field_phone import GUARD_MS, PERMISSIONS, PLACE, VIEWPORT, Ledger, Phone
from minutes_room import found_body, open_meeting

SMALL = {"width": 360, "height": 740}
# What a browser says when the network or the server is taken away on purpose.
ON_PURPOSE = ("ERR_", "503", "WebSocket")
PHONE = {
    # What slides is waited for at every tap.
    "reduced_motion": "reduce",
    "geolocation": PLACE,
    "permissions": PERMISSIONS,
}


@pytest.fixture(scope="module")
def ledger(served):
    """Return the book of all operations made on the phones of a file's tests."""
    return Ledger(served)


@pytest.fixture
def provoked(page_errors):
    """Let errors pass that a test provokes by cutting the network."""
    yield
    page_errors[:] = [
        error for error in page_errors if not any(word in error for word in ON_PURPOSE)
    ]


@pytest.fixture
def phone(provoked, open_page, served, ledger):
    """Return a function that opens the field page on a phone of its own."""

    def phone(login, now=None, **options):
        page = open_page(viewport=VIEWPORT, **PHONE | options)
        if now:
            page.clock.set_fixed_time(now)
        phone = Phone(served, page, ledger)
        phone.log_in(login)
        return phone

    return phone


@pytest.fixture
def finger(provoked, open_page, served, ledger):
    """Return a function that gives a user a small phone, and a thumb for it."""

    def finger(login):
        page = open_page(viewport=SMALL, has_touch=True, **PHONE)
        page.add_init_script(f"({WATCH})({GUARD_MS})")
        phone = Phone(served, page, ledger)
        phone.log_in(login)
        return Finger(phone)

    return finger


@pytest.fixture(scope="module")
def body(served, browser):
    return found_body(served, browser)


@pytest.fixture
def meeting(served, browser, body):
    return open_meeting(served, browser, body)
