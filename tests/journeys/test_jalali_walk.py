"""The same walk through the web client, once in Jalali and once in Gregorian."""

from datetime import date, timedelta

import jdatetime
import pytest
from web_client import (
    CHANGED_FUNCTIONS,
    DISAGREEMENTS,
    OPEN,
    SUBJECT,
    call,
    open_view,
    shot,
    texts,
)

# Noon in Tehran on 30 Aban, 1 and 30 Azar and 1 Dey 1404: two months, two seasons.
DAYS = ("2025-11-21", "2025-11-22", "2025-12-21", "2025-12-22")
# The first English page of a Persian suite waits for its style sheets to be compiled.
FIRST_PAGE_MS = 180_000
JALALI, GREGORIAN, PERSIAN_GREGORIAN = "walk_fa", "walk_en", "walk_fa_greg"


@pytest.fixture(scope="module")
def walkers(served, browser):
    """Yield three readers and the meetings they look at."""
    context = browser.new_context()
    page = context.new_page()
    page.set_default_navigation_timeout(FIRST_PAGE_MS)
    served.login(page, "admin")
    page.wait_for_function("odoo.__WOWL_DEBUG__?.root.env.services.orm")
    english = call(
        page,
        "res.lang",
        "search",
        [["code", "=", "en_US"]],
        context={"active_test": False},
    )
    call(page, "res.lang", "write", english, {"active": True})
    groups = [
        int(row[0])
        for row in served.sql(
            "SELECT res_id FROM ir_model_data WHERE module = 'base'"
            " AND name IN ('group_user', 'group_partner_manager')"
        )
    ]
    for login, lang, preference in (
        (JALALI, "fa_IR", "language"),
        (GREGORIAN, "en_US", "language"),
        (PERSIAN_GREGORIAN, "fa_IR", "gregorian"),
    ):
        user = {"name": login, "login": login, "password": login, "lang": lang}
        user |= {"tz": "Asia/Tehran", "calendar_preference": preference}
        user["group_ids"] = [[6, 0, groups]]
        call(page, "res.users", "create", [user])
    for day in DAYS:
        event = {"name": SUBJECT, "start": f"{day} 08:30:00", "stop": f"{day} 09:30:00"}
        call(page, "calendar.event", "create", [event])
    yield
    context.close()


@pytest.fixture
def enter(served, walkers, page):
    """Return a function that logs a reader in and gives the ready page."""

    def enter(login):
        page.set_default_navigation_timeout(FIRST_PAGE_MS)
        served.login(page, login)
        page.wait_for_function("odoo.__WOWL_DEBUG__?.root.env.services.orm")
        return page

    return enter


def test_list_and_groups_are_jalali(enter):
    page = enter(JALALI)
    open_view(page, "list")
    assert texts(page, ".o_data_cell[name=start]") == [
        "۱ دی ۱۴۰۴، ۱۲:۰۰",
        "۳۰ آذر ۱۴۰۴، ۱۲:۰۰",
        "۱ آذر ۱۴۰۴، ۱۲:۰۰",
        "۳۰ آبان ۱۴۰۴، ۱۲:۰۰",
    ]
    assert texts(page, ".o_pager_counter") == ["۱-۴ / ۴"]
    shot(page, "list")
    for interval, groups in {
        "month": ["آبان ۱۴۰۴ (۱)", "آذر ۱۴۰۴ (۲)", "دی ۱۴۰۴ (۱)"],
        "quarter": ["پاییز ۱۴۰۴ (۳)", "زمستان ۱۴۰۴ (۱)"],
        "year": ["۱۴۰۴ (۴)"],
    }.items():
        open_view(page, "list", context={"group_by": [f"start:{interval}"]})
        page.wait_for_function(
            "(count) => document.querySelectorAll('.o_group_name').length === count",
            arg=len(groups),
        )
        assert texts(page, ".o_group_name") == groups
        shot(page, f"list-{interval}")
    open_view(page, "list", context={"group_by": ["start:month"]})
    page.click(".o_group_name:has-text('آذر')")
    page.wait_for_selector(".o_data_row")
    assert page.locator(".o_data_row").count() == 2


def test_filters_offer_jalali_periods_and_send_their_days(enter):
    page = enter(JALALI)
    today = jdatetime.date.fromgregorian(date=date.today())
    first = today.replace(day=1)
    page.goto(
        f"{page.url.split('/odoo')[0]}/odoo/action-calendar.action_calendar_event"
    )
    page.click(".o_switch_view.o_list")
    page.wait_for_selector(".o_list_view")
    page.click(".o_searchview_dropdown_toggler")
    page.click(".o_filter_menu .o_accordion_toggle >> nth=0")
    options = texts(page, ".o_filter_menu .o_accordion_values .o_item_option")
    month = first.j_months_fa[first.month - 1]
    assert options[0] == month
    assert options[3:7] == ["زمستان", "پاییز", "تابستان", "بهار"]
    years = [str(first.year - back) for back in range(3)]
    assert options[7:10] == [year.translate(PERSIAN_DIGITS) for year in years]
    assert options[10:] == ["این هفته", "هفتهٔ گذشته"]
    shot(page, "filter-menu")
    with page.expect_request(lambda request: "web_search_read" in request.url) as sent:
        page.click(".o_filter_menu .o_accordion_values .o_item_option >> nth=0")
    begin = first.togregorian() - timedelta(days=1)
    bound = ["start", ">=", f"{begin} 20:30:00"]
    assert bound in sent.value.post_data_json["params"]["kwargs"]["domain"]
    facet = " ".join(texts(page, ".o_searchview_facet"))
    assert f"{month} {years[0].translate(PERSIAN_DIGITS)}" in facet
    shot(page, "facet")


def test_pivot_graph_and_kanban_are_jalali(enter):
    page = enter(JALALI)
    context = {"pivot_row_groupby": ["start:month"], "pivot_column_groupby": []}
    open_view(page, "pivot", context=context)
    rows = texts(page, ".o_pivot tbody th")
    assert rows[1:] == ["آبان ۱۴۰۴", "آذر ۱۴۰۴", "دی ۱۴۰۴"]
    assert texts(page, ".o_pivot_cell_value") == ["۴", "۱", "۲", "۱"]
    shot(page, "pivot")
    open_view(page, "graph", context={"graph_groupbys": ["start:month"]})
    page.wait_for_selector(".o_graph_canvas_container canvas")
    shot(page, "graph")
    open_view(page, "kanban", context={"group_by": ["start:month"]})
    page.wait_for_selector(".o_column_title")
    assert "آذر ۱۴۰۴" in " ".join(texts(page, ".o_column_title"))
    shot(page, "kanban")


def test_picker_and_typing_are_jalali(enter):
    page = enter(JALALI)
    page.evaluate(OPEN, ["calendar.event", ["form"], {"default_name": "typed"}, []])
    page.wait_for_selector(".o_form_view")
    page.click("[data-field=start]")
    page.wait_for_selector(".o_datetime_picker")
    assert texts(page, ".o_day_of_week_cell") == ["ش", "ی", "د", "س", "چ", "پ", "ج"]
    assert page.locator(".o_jalali_friday:not(.o_out_of_range)").count() >= 4
    shot(page, "picker-range")
    for zoom in ("months", "years", "decades"):
        page.click(".o_zoom_out")
        shot(page, f"picker-{zoom}")
    page.click(".o_jalali_today")
    page.click(".o_datetime_buttons .btn-primary")

    page.click("[data-field=start]")
    start = page.locator("input[data-field=start]")
    start.fill("1404/12/30 10:00")
    start.press("Enter")
    message = page.locator(".o_notification")
    message.wait_for()
    assert "اسفند ۱۴۰۴" in message.inner_text()
    shot(page, "refused")
    message.locator(".o_notification_close").click()

    page.click("[data-field=start]")
    start.fill("۱ فروردین ۱۴۰۵ ۱۰:۰۰")
    start.press("Enter")
    # What is still being typed when it is saved would have to be saved again.
    page.wait_for_selector(".o_datetime_picker", state="detached")
    page.click(".o_form_button_save")
    page.wait_for_selector(".o_form_button_save", state="hidden")
    assert texts(page, "[data-field=start]")[0].startswith("۱ فروردین")
    shot(page, "form")
    typed = call(
        page, "calendar.event", "search_read", [["name", "=", "typed"]], ["start"]
    )
    assert typed[0]["start"] == "2026-03-21 06:30:00"


def test_calendar_views_are_jalali(enter):
    page = enter(JALALI)
    open_view(page, "calendar", context={"initial_date": "2025-11-25"})
    page.wait_for_selector(".fc-view")
    for scale, title in {
        "day": "۴ آذر ۱۴۰۴",
        "week": "آذر ۱۴۰۴",
        "month": "آذر ۱۴۰۴",
        "year": "۱۴۰۴",
    }.items():
        page.click(".scale_button_selection")
        page.click(f".o_scale_button_{scale}")
        page.wait_for_selector(f".o_calendar_header :text('{title}')")
        shot(page, f"calendar-{scale}")
        if scale == "month":
            days = texts(page, ".fc-day:not(.fc-day-other) .fc-daygrid-day-number")
            assert (days[0], days[-1], len(days)) == ("۱", "۳۰", 30)
    months = texts(page, ".fc-toolbar-title")
    assert (months[0], months[11]) == ("فروردین ۱۴۰۴", "اسفند ۱۴۰۴")


def test_chatter_is_jalali(enter, served):
    page = enter(JALALI)
    partner = call(page, "res.partner", "create", [{"name": SUBJECT}])[0]
    call(page, "res.partner", "message_post", [partner], body="سلام")
    served.sql(
        "UPDATE mail_message SET date = '2025-11-22 08:30:00'"
        f" WHERE model = 'res.partner' AND res_id = {partner}"
    )
    page.goto(f"{served.url}/odoo/res.partner/{partner}")
    page.wait_for_selector(".o-mail-Message")
    assert "۱ آذر ۱۴۰۴" in " ".join(texts(page, ".o-mail-DateSection"))
    shot(page, "chatter")


def test_text_messages_follow_the_language_of_their_reader(enter, served):
    page = enter("admin")
    [partner] = call(page, "res.partner", "create", [{"name": SUBJECT}])
    served.sql(
        "UPDATE res_partner SET create_date = '2025-11-21 20:30:00'"
        f" WHERE id = {partner}"
    )
    [model] = call(page, "ir.model", "search", [["model", "=", "res.partner"]])
    body = "{{ format_datetime(object.create_date, tz='Asia/Tehran') }}"
    template = {"name": SUBJECT, "model_id": model, "body": body}
    [template] = call(page, "sms.template", "create", [template])
    for lang, expected in {
        "fa_IR": "۱۴۰۴/۰۹/۰۱",
        "en_US": "11/22/2025 12:00:00",
    }.items():
        values = {"sms_template_id": template, "lang": lang}
        values["resource_ref"] = f"res.partner,{partner}"
        preview = call(page, "sms.template.preview", "create", [values])
        [text] = call(page, "sms.template.preview", "read", preview, ["body"])
        assert expected in text["body"]


def test_a_gregorian_reader_sees_no_change(enter):
    page = enter(GREGORIAN)
    assert page.evaluate(CHANGED_FUNCTIONS) == []
    open_view(page, "list", context={"group_by": ["start:month"]})
    page.wait_for_selector(".o_group_name")
    assert texts(page, ".o_group_name") == ["November 2025 (2)", "December 2025 (2)"]
    open_view(page, "list")
    assert texts(page, ".o_data_cell[name=start]")[0] == "Dec 22, 2025, 12:00 PM"
    assert texts(page, ".o_pager_counter") == ["1-4 / 4"]
    page.evaluate(OPEN, ["calendar.event", ["form"], {}, []])
    page.wait_for_selector(".o_form_view")
    page.click("[data-field=start]")
    page.wait_for_selector(".o_datetime_picker")
    month = f"{date.today():%B %Y}"
    assert texts(page, ".o_datetime_picker .o_header_part") == [month]
    assert page.locator(".o_week_number_cell").count() == 6
    assert page.locator(".o_jalali_today").count() == 0
    shot(page, "en-picker")
    open_view(page, "calendar", context={"initial_date": "2025-11-25"})
    page.wait_for_selector(".o_calendar_header :text('November 2025')")
    shot(page, "en-calendar")


def test_a_persian_reader_may_keep_the_gregorian_calendar(enter):
    page = enter(PERSIAN_GREGORIAN)
    assert page.evaluate(CHANGED_FUNCTIONS) == []
    open_view(page, "list")
    assert texts(page, ".o_data_cell[name=start]")[0].startswith("۲۲ دسامبر ۲۰۲۵")
    assert texts(page, ".o_pager_counter") == ["۱-۴ / ۴"]
    shot(page, "fa-gregorian")


def test_portal_pages_follow_the_language_of_their_address(enter, served):
    page = enter(JALALI)
    year = "luxon.DateTime.now().year"
    page.goto(f"{served.url}/fa/my")
    page.wait_for_function("odoo.jalali.active && odoo.jalali.onRefused")
    assert page.evaluate(year) < 1700
    page.goto(f"{served.url}/en/my")
    page.wait_for_function("globalThis.luxon && odoo.jalali")
    assert page.evaluate(year) >= 2026


def test_every_day_of_a_century_agrees_with_the_browser(enter):
    page = enter(GREGORIAN)
    days, disagreements = page.evaluate(DISAGREEMENTS, ["1971-03-21", "2072-03-19"])
    assert days == 36890
    assert disagreements == []


PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
