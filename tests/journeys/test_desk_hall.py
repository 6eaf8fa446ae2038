"""The hall: a number is given, called and shown; the supervisor sees it all."""

from test_first_client import LATIN, open_counter

# A browser nobody has touched: pages may not make a sound.
SILENT = """AudioContext = class extends EventTarget {
    state = "suspended";
    resume() {
        this.state = "running";
        this.dispatchEvent(new Event("statechange"));
    }
}"""


def test_a_number_is_given_called_and_shown(served, page, open_page):
    page.set_default_timeout(60_000)
    [[token, kiosk]] = served.sql(
        "SELECT hall_token, kiosk_token FROM service_desk AS desk "
        "JOIN service_desk_counter AS counter ON counter.desk_id = desk.id "
        "WHERE counter.number = 3"
    )
    hall = open_page(viewport={"width": 1920, "height": 1080})
    hall.set_default_timeout(60_000)
    hall.add_init_script(SILENT)
    hall.goto(f"{served.url}/desk/hall/{token}")
    hall.wait_for_selector("#clock:not(:empty)")
    hall.wait_for_selector("#mute", state="visible")
    hall.mouse.click(100, 100)
    hall.wait_for_selector("#mute", state="hidden")

    served.login(page, "clerk")
    open_counter(page, served)
    page.click(".o_desk_queue_draw button >> nth=1")
    page.wait_for_selector(".o_desk_queue_drawn")
    drawn = page.inner_text(".o_desk_queue_drawn b")
    hall.wait_for_function(
        "number => [...document.querySelectorAll('#next b')]"
        ".some((box) => box.textContent === number)",
        arg=drawn,
    )

    # Called: the display shows number and counter, the counter has the client.
    page.click(".o_desk_queue_next button")
    page.wait_for_selector(".o_desk_queue_now")
    called = page.inner_text(".o_desk_queue_number")
    hall.wait_for_function(
        "number => document.getElementById('number').textContent === number",
        arg=called,
    )
    assert hall.inner_text("#counter").translate(LATIN) == "3"
    page.click(".o_desk_queue_now button >> nth=1")
    page.wait_for_selector(".o_desk_queue .o_desk_return_row")

    # The kiosk gives a number while the desk is open, and says when it opens.
    visitor = open_page()
    visitor.goto(f"{served.url}/desk/kiosk/{kiosk}")
    visitor.locator(".d-kiosk form button").first.click()
    visitor.wait_for_selector(".d-ticket, .d-alert")
    assert visitor.locator(".d-ticket, .d-alert").count() == 1


def test_the_supervisor_goes_from_a_figure_to_its_files(served, page):
    page.set_default_timeout(60_000)
    served.login(page, "supervisor")
    page.goto(f"{served.url}/odoo/desk-board")
    page.wait_for_selector(".o_desk_board_card")
    cards = page.locator(".o_desk_board_card")
    assert cards.count() == 5
    assert page.locator(".o_desk_board_units tbody tr").count() >= 6
    incomplete = "SELECT count(*) FROM service_desk_request WHERE state = 'incomplete'"
    [[count]] = served.sql(incomplete)
    assert count in cards.nth(2).inner_text().translate(LATIN)
    cards.nth(2).click()
    page.wait_for_selector("tr.o_data_row")
    assert page.locator("tr.o_data_row").count() == int(count)
