"""The hall: a number is given, called and shown; the supervisor sees it all."""

from test_first_client import LATIN, open_counter

# What a kiosk waits before it looks again, and a little more.
AGAIN_MS = 61_000
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
    draw = visitor.locator(".d-kiosk form button")
    if draw.count():
        draw.first.click()
    visitor.wait_for_selector(".d-ticket, .d-kiosk-closed")


def test_a_kiosk_looks_again_by_itself_when_the_server_answers(
    served, open_page, page_errors
):
    [[kiosk]] = served.sql(
        "SELECT kiosk_token FROM service_desk AS desk "
        "JOIN service_desk_counter AS counter ON counter.desk_id = desk.id "
        "WHERE counter.number = 3"
    )
    visitor = open_page()
    visitor.set_default_timeout(60_000)
    visitor.clock.install()
    visitor.goto(f"{served.url}/desk/kiosk/{kiosk}")
    visits = []
    visitor.on("request", lambda request: visits.append(request.url))
    visitor.route("**/web/health", lambda route: route.fulfill(status=502))
    with visitor.expect_response("**/web/health"):
        visitor.clock.fast_forward(AGAIN_MS)
    visitor.unroute("**/web/health")
    page_errors.clear()
    with visitor.expect_response("**/web/health"):
        visitor.clock.fast_forward(AGAIN_MS)
    visitor.wait_for_url(f"**/desk/kiosk/{kiosk}")
    visitor.wait_for_function("() => document.readyState === 'complete'")
    paths = [url for url in visits if url.endswith((kiosk, "/web/health"))]
    assert [url.endswith(kiosk) for url in paths] == [False, False, True]


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
