"""The board of the bodies, by its keys and with its line cut."""

import pytest
from accessibility import assert_no_breach
from browsing import log_in

CARD = ".o_board_cards > section"
FORWARD, BACK = "ArrowLeft", "ArrowRight"


@pytest.fixture
def board(served, page):
    log_in(page, served, "approver")
    page.goto(f"{served.url}/odoo/reform-board")
    page.wait_for_selector(f"{CARD}[data-body]")
    return page


def test_arrows_lead_from_card_to_card_and_enter_opens_the_body(served, board):
    assert_no_breach(board, ".o_reform_screen")
    asking = board.locator(".o_board_lists .o_reform_warn").count()
    told = board.locator(".o_board_totals button:last-child small").count()
    assert bool(told) == bool(asking)

    board.focus(f"{CARD}:nth-child(1)")
    board.keyboard.press(FORWARD)
    board.wait_for_selector(f"{CARD}:nth-child(2):focus")
    board.keyboard.press(BACK)
    board.keyboard.press(BACK)
    board.wait_for_selector(f"{CARD}:nth-child(1):focus")

    # within a card the arrows go along its quarters
    quarter = f"{CARD}:nth-child(1) .o_board_quarters button"
    board.focus(quarter)
    board.keyboard.press(FORWARD)
    board.wait_for_selector(f"{quarter}:nth-child(2):focus")

    board.focus(f"{CARD}:nth-child(2)")
    body = board.get_attribute(f"{CARD}:nth-child(2)", "data-body")
    [[name]] = served.sql(f"SELECT name FROM reform_committee WHERE id = {body}")
    board.keyboard.press("Enter")
    board.wait_for_selector(f".o_form_view:has-text('{name}')")


def test_a_board_that_cannot_be_read_says_so_and_is_asked_again(board, page_errors):
    board.route("**/board_open*", lambda route: route.abort())
    board.click(".o_board_tabs button >> nth=1")
    board.wait_for_selector(".o_minutes_fault p")
    board.unroute("**/board_open*")
    board.click(".o_minutes_fault button")
    board.wait_for_selector(".o_board_tabs button:nth-child(2)[aria-pressed=true]")
    # the line that was cut on purpose
    page_errors[:] = [error for error in page_errors if "ERR_FAILED" not in error]
