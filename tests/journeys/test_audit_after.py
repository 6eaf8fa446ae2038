"""What follows from an audit: declarations, findings, actions, the daily report."""

import re

import pytest
from accessibility import assert_no_breach
from browsing import call, log_in
from declaration_page import DeclarationPage
from served import IMAGES

PHONE = {"width": 360, "height": 740}
PDF = b"%PDF-1.4\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"
# A visit of the story that waits for its officer, and a unit that has not declared.
VISIT, SILENT = "demo_visit_10", "demo_unit_14"
ORDER = "جانشین کارشناس میز تا پایان هفته معرفی شود."
ANSWER = "با حکم تازه معرفی شد."


def record_id(served, name):
    """Return the id of a record of the demo story."""
    query = (
        "SELECT res_id FROM ir_model_data "
        f"WHERE module = 'audit_checklist' AND name = '{name}'"
    )
    return int(served.sql(query)[0][0])


def picture(page, name):
    """Keep a picture, for the documentation too."""
    page.screenshot(path=IMAGES / f"audit-{name}.jpg", type="jpeg", quality=75)


def scan(name):
    return {"name": name, "mimeType": "application/pdf", "buffer": PDF}


@pytest.fixture(scope="module")
def officer(served, browser):
    """Return a page of the programme officer, for what is not looked at here."""
    return log_in(browser.new_page(locale="fa-IR"), served, "officer")


def test_a_unit_declares_mends_and_submits_again(
    served, open_page, officer, page_errors
):
    [[number, uuid]] = served.sql(
        "SELECT id, instance_uuid FROM audit_assessment "
        f"WHERE round_id IS NOT NULL AND unit_id = {record_id(served, SILENT)}"
    )
    page = log_in(open_page(viewport=PHONE), served, "agency")
    page.goto(f"{served.url}/my/declarations")
    page.click(f"a[href='/my/declarations/{uuid}']")
    form = DeclarationPage(page, f"{served.url}/my/declarations/{uuid}")

    form.open("A")
    assert_no_breach(page, "main")
    form.answer("A1", "yes")
    form.is_saved("A1")
    # What does not apply needs its reason, and only then counts.
    form.answer("A2", "na")
    form.is_saved("A2", "چرا")
    form.item("A2").locator("[name=reason]").fill("ساختمان یک‌طبقه است")
    form.item("A2").locator("[name=reason]").blur()
    form.is_saved("A2")
    form.item("A1").locator("input[type=file]").set_input_files(scan("تابلو.pdf"))
    form.item("A1").locator(".document a", has_text="تابلو.pdf").wait_for()
    form.item("A1").locator("input[type=file]").set_input_files(
        {"name": "bad.pdf", "mimeType": "application/pdf", "buffer": b"MZ"}
    )
    form.item("A1").locator(".saved.failed").wait_for()

    # What did not arrive is said, kept on the page, and sent when the network is back.
    page.context.set_offline(True)
    form.answer("A3", "part")
    form.item("A3").locator(".saved.failed a").wait_for()
    page.context.set_offline(False)
    form.is_saved("A3")
    page_errors.clear()

    # One item hides another; the answer that uncovers it brings it back.
    form.open("D")
    form.answer("D2", "no")
    form.item("D3").wait_for(state="hidden")
    form.answer("D2", "yes")
    form.item("D3").wait_for(state="visible")
    for section in "ABCDEFG":
        form.open(section)
        form.answer_open()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    form.open("summary")
    page.click("form[action$='/submit'] button:enabled")
    page.wait_for_selector("form[action$='/submit']", state="detached")

    # Sent back for one item: it alone is marked, and it alone is open.
    [[item]] = served.sql(
        "SELECT item.id FROM audit_checklist_item AS item JOIN audit_assessment AS "
        f"declared ON declared.version_id = item.version_id AND declared.id = {number} "
        "WHERE item.code = 'B3'"
    )
    [wizard] = call(
        officer,
        "audit.declaration.return",
        "create",
        [
            {
                "assessment_id": int(number),
                "reason": "سند خوانا نیست.",
                "item_ids": [[6, 0, [int(item)]]],
            }
        ],
    )
    call(officer, "audit.declaration.return", "action_return", [wizard])
    form.open("A")
    assert "سند خوانا نیست." in page.inner_text(".alert-warning")
    assert form.item("A1").get_attribute("disabled") is not None
    page.click(".alert-warning a")
    page.wait_for_url("**section=B#item-B3")
    page.wait_for_selector(".audit-declaration[data-ready]")
    assert page.locator(".to-mend").get_attribute("data-item") == "B3"
    form.answer("B3", "part")
    form.is_saved("B3")
    picture(page, "declaration")
    form.open("summary")
    page.click("form[action$='/submit'] button:enabled")
    page.wait_for_selector("form[action$='/submit']", state="detached")
    state = f"SELECT state, answered_count FROM audit_assessment WHERE id = {number}"
    assert served.sql(state)[0][0] == "submitted"


def test_a_failed_item_ends_in_the_report_of_the_governor(served, open_page, officer):
    visit = record_id(served, VISIT)
    unit = f"(SELECT unit_id FROM audit_visit WHERE id = {visit})"
    [[unit_id, agency]] = served.sql(
        f"SELECT {unit}, id FROM res_users WHERE login = 'agency'"
    )
    call(
        officer,
        "audit.unit",
        "write",
        [int(unit_id)],
        {"user_ids": [[4, int(agency)]]},
    )

    # The officer looks through the visit, praises, accepts, and issues the findings.
    screen = open_page()
    log_in(screen, served, "officer")
    screen.goto(f"{served.url}/odoo/audit-visits/{visit}")
    answer = ".o_audit_answer.o_audit_no:not(.o_audit_outline)"
    failed = screen.locator(f".o_audit_review tbody tr:has({answer})").first
    failed.click()
    code = failed.get_attribute("data-code")
    picture(screen, "review")
    screen.click("button[name=action_accept]")
    screen.click(".modal-footer .btn-primary")
    screen.click("button[name=action_issue_findings]")
    screen.click(".modal-footer .btn-primary")
    screen.locator("button[name=action_issue_findings]").wait_for(state="hidden")
    found = served.sql(
        "SELECT id, item_code FROM audit_finding WHERE state = 'issued' "
        f"AND visit_id = {visit} ORDER BY item_code = '{code}' DESC, id"
    )
    assert found[0][1] == code
    (accepted, _code), (contested, _other) = found[:2]

    # The agency accepts one, contests another, and shows what it did.
    page = log_in(open_page(viewport=PHONE), served, "agency")
    page.goto(f"{served.url}/my/findings")
    assert_no_breach(page, "main")
    page.click(f"a[href='/my/findings/{accepted}']")
    page.click("button[value=accept]")
    page.wait_for_selector("#audit_action_name")
    assert_no_breach(page, "main")
    page.fill("#audit_action_name", "نصب تابلو در ورودی")
    page.fill("[name=owner]", "رئیس خدمات عمومی")
    page.fill("[name=date_due]", "۱۴۹۹/۰۱/۲۰")
    page.click("form[action$='/action'] button")
    page.set_input_files("[name=proof]", scan("تابلو.pdf"))
    page.click("form[action$='/done'] button")
    page.wait_for_selector("form[action$='/done']", state="detached")
    page.goto(f"{served.url}/my/findings/{contested}")
    page.fill("[name=text]", "تابلو برای تعمیر برداشته شده بود.")
    page.click("button[value=contest]")
    page.wait_for_selector("button[value=contest]", state="detached")
    states = f"SELECT state FROM audit_finding WHERE id IN ({accepted}, {contested})"
    assert sorted(served.sql(states)) == [["accepted"], ["contested"]]

    # The map of the items leads to the answers behind a cell.
    screen.goto(f"{served.url}/odoo/audit-map")
    cell = screen.locator(".o_audit_heat_table td button:enabled").first
    cell.wait_for()
    picture(screen, "map")
    cell.click()
    screen.wait_for_selector(".o_list_view .o_data_row")

    # Another person verifies; the objection is ruled on.
    [[action]] = served.sql(
        f"SELECT id FROM audit_action WHERE finding_id = {accepted}"
    )
    screen.goto(f"{served.url}/odoo/audit-actions/{action}")
    screen.click("button[name=action_verify]")
    screen.locator("button[name=action_verify]").wait_for(state="hidden")
    [[verifier]] = served.sql(
        "SELECT login FROM res_users JOIN audit_action ON "
        f"verified_by_id = res_users.id WHERE audit_action.id = {action}"
    )
    assert verifier == "officer"
    finding = [int(contested)]
    call(officer, "audit.finding", "write", finding, {"ruling": "عکس گواه است."})
    call(officer, "audit.finding", "action_uphold", finding)
    page.reload()
    assert "عکس گواه است." in page.inner_text("main")
    order_and_answer(served, open_page, officer, visit)


def order_and_answer(served, open_page, officer, visit):
    """Let the governor order on a line; the report after that answers."""
    [[phase]] = served.sql(f"SELECT phase_id FROM audit_visit WHERE id = {visit}")
    last = (
        "SELECT id FROM audit_daily_report WHERE phase_id = "
        f"{phase} AND attachment_id IS NOT NULL"
    )
    [[report]] = served.sql(
        f"SELECT id FROM audit_daily_report WHERE phase_id = {phase} "
        "ORDER BY date DESC LIMIT 1"
    )
    page = log_in(open_page(viewport=PHONE), served, "auditobserver")
    page.goto(f"{served.url}/audit/report/{report}")
    assert_no_breach(page)
    line = page.locator("details:has(input[name=line][value^='unit:'])").first
    line.locator("summary").click()
    line.locator("[name=text]").fill(ORDER)
    line.locator("button[value=order]").click()
    # Refused for want of who and when; what was typed is still there.
    page.wait_for_selector(".problem")
    line = page.locator("details[open]").first
    assert line.locator("[name=text]").input_value() == ORDER
    picture(page, "order")
    line.locator("[name=owner]").fill("مدیر کل")
    line.locator("[name=date_due]").fill("۱۴۹۹/۰۱/۲۰")
    line.locator("button[value=order]").click()
    page.locator(".said", has_text=ORDER).first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    officer.goto(f"{served.url}/audit/report/{report}")
    said = officer.locator(".said", has_text=ORDER).first
    said.locator("[name=answer]").fill(ANSWER)
    said.locator("form button").click()
    officer.locator(".said", has_text=ANSWER).first.wait_for()

    # As if that had been said another evening: today has its own report.
    served.sql(
        "UPDATE audit_daily_report SET date = date - 100 "
        f"WHERE phase_id = {phase} RETURNING id"
    )
    call(officer, "audit.phase", "action_report_now", [int(phase)])
    [fresh] = served.until(last)
    page.goto(f"{served.url}/audit/report/{fresh}")
    assert ORDER in page.inner_text("main")
    assert ANSWER in page.inner_text("main")
    paper = page.request.get(f"{served.url}/audit/report/{fresh}/pdf")
    assert paper.body().startswith(b"%PDF-")
    assert re.search(r"application/pdf", paper.headers["content-type"])
    # The governor is content: who answered does not say so himself.
    page.goto(f"{served.url}/audit/report/{report}")
    page.locator(".said", has_text=ANSWER).locator("button[value=done]").first.click()
    served.until(
        f"SELECT id FROM audit_daily_order WHERE state = 'done' AND text = '{ORDER}'",
    )
