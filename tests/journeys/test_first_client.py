"""A first client, from the counter to the tracking page, as people do it."""

import re

import pytest
from served import IMAGES

CLIENT = "بهروز سلیمانی‌راد"
# Invented: the office of civil registration issues no code that begins with 999.
NATIONAL_CODE = "9991234561"
MOBILE = "09350002641"
KNOWN_CODE = "9992146079"
BUDGET_KNOWN = 8
BUDGET_NEW = 10
BUDGET_CLICKS = 4
BUDGET_NEW_CLICKS = 6
OTHER_CODE, OTHER_MOBILE = "9990004285", "09350004281"
PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
LATIN = str.maketrans(PERSIAN, "0123456789")


class Keys:
    """Presses keys and counts those that are not part of the client's own data."""

    def __init__(self, page):
        self.page = page
        self.count = 0

    def data(self, text):
        self.page.keyboard.type(text)

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1

    def letters(self, text):
        self.page.keyboard.type(text)
        self.count += len(text)


@pytest.fixture
def shot(page):
    """Return a function that keeps a picture of the page for the documentation."""

    def shot(name, **options):
        page.evaluate("document.fonts.ready")
        page.screenshot(
            path=IMAGES / f"desk-{name}.jpg", type="jpeg", quality=72, **options
        )

    return shot


def open_counter(page, served):
    page.goto(f"{served.url}/odoo/counter")
    page.wait_for_selector(".o_desk_counter h1", timeout=90_000)
    if page.locator(".o_desk_choice").count():
        page.locator(".o_desk_choice button").first.click()
    page.wait_for_selector("[data-focus=identifier]:focus")


def registered_code(page):
    page.wait_for_selector(".o_desk_code")
    text = page.inner_text(".o_desk_code").translate(LATIN)
    code = re.sub(r"\D", "", text)
    assert len(code) == 10
    return code


def open_record(page, served, path, code):
    page.goto(f"{served.url}/odoo/{path}")
    shown = f"{code[:3]} {code[3:6]} {code[6:]}"
    shown = shown.translate(str.maketrans("0123456789", PERSIAN))
    page.locator("tr.o_data_row", has_text=shown).first.click()
    page.wait_for_selector(".o_form_view")


def track(page, served, code, digits):
    page.goto(f"{served.url}/desk/track")
    page.fill("#code", code)
    page.fill("#digits", digits)
    page.keyboard.press("Enter")
    page.wait_for_selector("ol.d-steps")


def test_a_client_is_served_from_the_counter_to_the_delivery(
    served, page, open_page, shot
):
    page.set_default_timeout(60_000)
    served.login(page, "clerk")
    open_counter(page, served)
    shot("counter-ready")

    # A client nobody knows: name and mobile, then two letters, *, Enter.
    keys = Keys(page)
    keys.data(NATIONAL_CODE)
    page.wait_for_selector("#desk_name:focus")
    keys.data(CLIENT)
    keys.press("Enter")
    page.wait_for_selector("#desk_mobile:focus")
    keys.data(MOBILE)
    page.wait_for_selector("#desk_service:focus")
    keys.letters("کد")
    page.wait_for_selector(".o_desk_hit.active")
    shot("counter-new")
    keys.press("Enter")
    page.wait_for_selector("[data-focus^=document]:focus")
    shot("counter-documents")
    keys.press("*")
    page.wait_for_selector("[data-focus=register]:focus")
    keys.press("Enter")
    code = registered_code(page)
    shot("counter-registered")
    assert keys.count <= BUDGET_NEW

    # A client the desk knows: his code brings his name.
    keys = Keys(page)
    page.wait_for_selector("[data-focus=next]:focus")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-focus=identifier]:focus")
    keys.data(KNOWN_CODE)
    page.wait_for_selector("#desk_service:focus")
    assert "زهرا امینی‌فر" in page.inner_text(".o_desk_client")
    keys.letters("کد")
    page.wait_for_selector(".o_desk_hit.active")
    keys.press("Enter")
    page.wait_for_selector("[data-focus^=document]:focus")
    keys.press("*")
    page.wait_for_selector("[data-focus=register]:focus")
    keys.press("Enter")
    assert registered_code(page) != code
    assert keys.count <= BUDGET_KNOWN

    # The clerk refers the file to the unit.
    open_record(page, served, "desk-requests", code)
    page.click("button[name=action_refer]:visible")
    page.wait_for_selector(".modal .o_form_view")
    page.click(".modal button[name=action_confirm]")
    page.wait_for_selector(".modal", state="detached")
    page.wait_for_selector(".o_arrow_button_current[data-value=referred]")
    shot("request")

    # The liaison of the unit accepts and answers.
    unit = open_page()
    unit.set_default_timeout(60_000)
    served.login(unit, "liaison")
    open_record(unit, served, "desk-referrals", code)
    unit.click("button[name=action_accept]")
    unit.wait_for_selector(".o_arrow_button_current[data-value=accepted]")
    unit.locator("div[name=outcome] input, div[name=outcome] select").first.click()
    unit.locator(".o_select_menu_item, option", has_text="انجام شد").first.click()
    unit.fill("div[name=answer] textarea", "کد کارگاه ۸۸۴۱۲۰ صادر شد.")
    unit.click("button[name=action_answer]")
    unit.wait_for_selector(".o_arrow_button_current[data-value=answered]")

    # Anyone who has the code and four digits follows it, without logging in.
    visitor = open_page(viewport={"width": 360, "height": 740}, locale="en-US")
    track(visitor, served, code, MOBILE[-4:])
    assert "آماده تحویل است" in visitor.inner_text("h1")
    assert CLIENT not in visitor.content()
    visitor.screenshot(
        path=IMAGES / "desk-track.jpg", type="jpeg", quality=72, full_page=True
    )

    # The clerk delivers, and the page says so.
    page.reload()
    page.click("button[name=action_deliver]:visible")
    page.wait_for_selector(".o_arrow_button_current[data-value=delivered]")
    track(visitor, served, code, NATIONAL_CODE[-4:])
    assert "تحویل شد" in visitor.inner_text("h1")
    visitor.goto(f"{served.url}/desk")
    visitor.screenshot(path=IMAGES / "desk-services.jpg", type="jpeg", quality=72)


def test_information_takes_two_clicks_and_a_known_client_four(served, page):
    page.set_default_timeout(60_000)
    served.login(page, "clerk")
    open_counter(page, served)
    told = "SELECT count(*) FROM service_desk_visit WHERE kind = 'information'"
    before = int(served.sql(told)[0][0])
    page.click(".o_desk_tile >> nth=0")
    page.click("[data-focus=told]")
    page.wait_for_selector("[data-focus=told]", state="detached")
    page.wait_for_selector("[data-focus=identifier]:focus")
    assert int(served.sql(told)[0][0]) == before + 1

    # By mouse alone, but for the code that the card reader types.
    page.keyboard.type(KNOWN_CODE)
    page.wait_for_selector("#desk_service:focus")
    clicks = [
        ".o_desk_box .o_desk_tile >> nth=0",
        ".o_desk_service_head button[aria-keyshortcuts='*']",
        "[data-focus=register]",
    ]
    for place in clicks:
        page.click(place)
    registered_code(page)
    assert len(clicks) <= BUDGET_CLICKS


def test_a_code_typed_while_the_leaflet_prints_is_heard(served, page):
    page.set_default_timeout(60_000)
    # What Chromium does with a key pressed while it prints, at the worst moment.
    page.add_init_script(
        "if (window !== top) {"
        " window.print = () => {"
        f"  top.document.activeElement.value = '{KNOWN_CODE}';"
        " };"
        "}"
    )
    served.login(page, "clerk")
    open_counter(page, served)
    page.click(".o_desk_tile >> nth=0")
    page.click("[data-focus=told]")
    page.wait_for_selector("#desk_service:focus")


def test_a_new_client_takes_six_clicks(served, page):
    page.set_default_timeout(60_000)
    served.login(page, "clerk")
    open_counter(page, served)
    page.keyboard.type(OTHER_CODE)
    page.wait_for_selector("#desk_name:focus")
    page.keyboard.type("آرش فرهودی")
    clicks = [
        "#desk_mobile",
        ".o_desk_box .o_desk_tile >> nth=0",
        ".o_desk_service_head button[aria-keyshortcuts='*']",
        "[data-focus=register]",
    ]
    page.click(clicks[0])
    page.keyboard.type(OTHER_MOBILE)
    page.wait_for_selector("#desk_service:focus")
    for place in clicks[1:]:
        page.click(place)
    registered_code(page)
    assert len(clicks) <= BUDGET_NEW_CLICKS


def test_a_reload_and_a_lost_connection_lose_nothing(served, page):
    page.set_default_timeout(60_000)
    served.login(page, "clerk")
    open_counter(page, served)
    keys = Keys(page)
    keys.data(KNOWN_CODE)
    page.wait_for_selector("#desk_service:focus")
    keys.letters("کد")
    keys.press("Enter")
    page.wait_for_selector("[data-focus^=document]:focus")
    keys.press("*")
    page.wait_for_selector("[data-focus=register]:focus")
    # The keys of a second service are about its own documents.
    keys.press("+")
    page.wait_for_selector("#desk_service:focus")
    keys.letters("مجوز")
    page.wait_for_selector(".o_desk_hit.active")
    keys.press("Enter")
    page.wait_for_selector("[data-focus=document-1]:focus")
    keys.press("1")
    page.wait_for_selector(".o_desk_service >> nth=1 >> input:checked")
    ticked = page.locator(".o_desk_doc input:checked").count()
    page.wait_for_selector(".o_desk_sub .o_desk_chip_ok")
    page.reload()
    page.wait_for_selector(".o_desk_service >> nth=1")
    assert page.locator(".o_desk_doc input:checked").count() == ticked

    page.context.set_offline(True)
    page.wait_for_selector(".o_desk_sub .o_desk_chip_warn")
    assert page.get_attribute("[data-focus=register]", "aria-disabled") == "true"
    page.focus("[data-focus=register]")
    keys.press("*")
    assert page.locator(".o_desk_code").count() == 0
    page.context.set_offline(False)
    page.wait_for_selector("[data-focus=register][aria-disabled=false]")
    page.focus("[data-focus=register]")
    keys.press("Enter")
    registered_code(page)
