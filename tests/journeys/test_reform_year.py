"""The year of a committee: planned, proven, scored, reported, sealed, handed in."""

import hashlib
import io
import json
import zipfile
from datetime import date, timedelta

import openpyxl
import pytest
from browsing import PATIENCE, call, log_in
from served import IMAGES

POLL = 100
PDF = b"%PDF-1.7 a report with pictures"
PLAN = [
    ["اقدام", "وزن", "کد شاخص", "مسئول"],
    ["کوتاه کردن فرم‌ها", 3, "۹-۱", ""],
    ["آموزش کارشناسان", 1, "", ""],
]
CATALOGUE = [
    ["کد", "محور", "شاخص", "واحد سنجش", "استاندارد", "سقف امتیاز", "جهت", "کمیته"],
    ["9-1", "سلامت اداری", "رضایت مراجعان", "درصد", 60, 20, "بیشتر", "CY"],
    ["9-2", "سلامت اداری", "روز رسیدگی", "روز", 3, 20, "کمتر", "CY"],
]


@pytest.fixture
def shot():
    """Return a function that keeps a picture of a page for the documentation."""

    def shot(page, name):
        page.evaluate("document.fonts.ready")
        page.screenshot(path=IMAGES / f"reform-{name}.jpg", type="jpeg", quality=72)

    return shot


@pytest.fixture
def user(served, open_page):
    """Return a function that opens the page of somebody who is logged in."""
    return lambda login: log_in(open_page(), served, login)


@pytest.fixture
def body(user):
    """Return a committee under a council of its own, and the council."""
    page = user("reformadmin")

    def person(login):
        domain = [["login", "=", login]]
        [found] = call(page, "res.users", "search_read", domain, ["partner_id"])
        return found["partner_id"][0], found["id"]

    def create(**vals):
        begins_on = str(date.today() - timedelta(days=400))
        seats = [
            [
                0,
                0,
                {"partner_id": person(login)[0], "role": role, "begins_on": begins_on},
            ]
            for login, role in (("chair", "chair"), ("secretary", "secretary"))
        ]
        approver = {"approver_id": person("approver")[1]}
        vals |= approver | {"membership_ids": seats}
        return call(page, "reform.committee", "create", vals)

    council = create(name="شورای آزمون سال", code="CZ", kind="council")
    committee = create(
        name="کمیته آزمون سال", code="CY", kind="committee", parent_id=council
    )
    page.context.close()
    return committee, council


def sheet(rows):
    """Return a spreadsheet as a file to choose."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return {
        "name": "جدول.xlsx",
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "buffer": content.getvalue(),
    }


def import_sheet(page, button, rows):
    """Import rows in the dialog behind a button; first with a wrong row added."""
    page.locator(button).first.click()
    choose = page.locator(".modal input[type=file]")
    choose.set_input_files(sheet([*rows, ["", *rows[-1][1:]]]))
    page.click(".modal [name=action_import]")
    refusal = page.locator(".o_error_dialog")
    refusal.wait_for()
    told = refusal.inner_text()
    refusal.locator("footer button").first.click()
    refusal.wait_for(state="detached")
    choose.set_input_files(sheet(rows))
    page.click(".modal [name=action_import]")
    page.wait_for_selector(".modal", state="detached")
    return told


def press(page, served, model, record, name, state):
    """Press a button of a form and wait until the record is in a state."""
    page.locator(f"button[name={name}]:visible").first.click()
    becomes(page, served, model, record, state)


def becomes(page, served, model, record, state):
    table = model.replace(".", "_")
    query = f"SELECT state FROM {table} WHERE id = {record}"
    until(page, lambda: served.sql(query) == [[state]], query)


def until(page, holds, what):
    """Wait until something of the database holds."""
    for _try in range(PATIENCE // POLL):
        if holds():
            return
        page.wait_for_timeout(POLL)
    raise AssertionError(what)


def test_a_year_from_its_plan_to_the_dossier(
    served, user, body, shot, tmp_path, page_errors
):
    committee, council = body
    secretary, office = user("secretary"), user("reformoffice")
    [[year, quarter]] = served.sql(
        "SELECT jalali_year, MAX(quarter) FROM reform_quarter_report"
        " GROUP BY 1 ORDER BY 1 DESC LIMIT 1"
    )
    of_year = {"committee_id": committee, "jalali_year": int(year)}

    # === The catalogue and the programme come from spreadsheets, or not at all ===
    office.goto(f"{served.url}/odoo/reform-indicators")
    button = ".o_control_panel button:has-text('ورود شاخص‌ها')"
    assert "ردیف ۴" in import_sheet(office, button, CATALOGUE)
    office.wait_for_selector(".o_group_header, .o_data_row")
    indicators = dict(
        served.sql(
            "SELECT code, id FROM reform_indicator"
            f" WHERE committee_id = {committee} ORDER BY code"
        )
    )
    assert [*indicators] == ["9-1", "9-2"]

    plan = call(secretary, "reform.plan", "create", of_year)
    secretary.goto(f"{served.url}/odoo/reform-plans/{plan}")
    told = import_sheet(secretary, "button:has-text('ورود ردیف‌ها')", PLAN)
    assert "ردیف ۴" in told
    secretary.wait_for_selector(".o_data_row >> nth=1")
    linked = f"SELECT indicator_id FROM reform_plan_line WHERE plan_id = {plan}"
    assert served.sql(f"{linked} ORDER BY sequence") == [[indicators["9-1"]], [""]]
    press(secretary, served, "reform.plan", plan, "action_submit", "submitted")
    approver = user("approver")
    approver.goto(f"{served.url}/odoo/reform-plans/{plan}")
    press(approver, served, "reform.plan", plan, "action_approve", "approved")
    [line] = call(
        secretary, "reform.plan.line", "search", [["plan_id", "=", plan]], limit=1
    )
    done = {"line_id": line, "quarter": quarter, "percent": 60}
    report = call(secretary, "reform.plan.report", "create", done)
    call(secretary, "reform.plan.report", "action_report", [report])
    shot(secretary, "plan")

    # === Evidence is asked of a unit, handed in, accepted and made an annex ===
    opening = {"jalali_year": int(year), "quarter": quarter}
    wizard = call(office, "reform.indicator.open", "create", opening)
    call(office, "reform.indicator.open", "action_open", [wizard])
    scores = dict(
        served.sql(
            "SELECT code, score.id FROM reform_indicator_score score"
            " JOIN reform_indicator indicator ON indicator.id = indicator_id"
            f" WHERE score.committee_id = {committee}"
        )
    )
    [[unit]] = served.sql(
        "SELECT MIN(hr_department_id) FROM reform_department_liaison_rel"
        " JOIN res_users AS liaison ON liaison.id = res_users_id"
        " WHERE login = 'reformliaison'"
    )
    asked = {"department_id": int(unit), "indicator_id": int(indicators["9-1"])}
    evidence_call = call(
        secretary,
        "reform.evidence.call",
        "create",
        of_year
        | {
            "name": "مستندات فصل",
            "quarter": quarter,
            "due_on": str(date.today() + timedelta(days=9)),
            "line_ids": [[0, 0, asked]],
        },
    )
    call(secretary, "reform.evidence.call", "action_send", [evidence_call])
    [[asked]] = served.sql(
        f"SELECT id FROM reform_evidence_call_line WHERE call_id = {evidence_call}"
    )
    liaison = user("reformliaison")
    liaison.goto(f"{served.url}/odoo/reform-evidence/{asked}")
    proof = tmp_path / "گزارش.pdf"
    proof.write_bytes(PDF)
    liaison.set_input_files("[name=evidence_ids] input[type=file]", proof)
    liaison.wait_for_selector("[name=evidence_ids] .o_attachment")
    shot(liaison, "evidence")
    model = "reform.evidence.call.line"
    press(liaison, served, model, asked, "action_deliver", "delivered")
    secretary.goto(f"{served.url}/odoo/reform-calls/{evidence_call}")
    press(secretary, served, model, asked, "action_accept", "accepted")
    secretary.wait_for_selector("[name=coverage]:has-text('۱۰۰')")
    secretary.locator("button[name=action_annex]:visible").click()
    secretary.wait_for_selector("[name=actual] input")

    # === AP is declared, the evaluator accepts another one: AP / S · W ===
    secretary.fill("[name=actual] input", "۴۵")
    model = "reform.indicator.score"
    press(secretary, served, model, scores["9-1"], "action_declare", "declared")
    call(secretary, model, "write", [int(scores["9-2"])], {"actual": 4})
    call(secretary, model, "action_declare", [int(scores["9-2"])])
    call(office, model, "action_evaluate", [int(scores["9-2"])])
    office.goto(f"{served.url}/odoo/reform-scores/{scores['9-1']}")
    office.fill("[name=accepted] input", "۳۰")
    press(office, served, model, scores["9-1"], "action_evaluate", "evaluated")
    marks = served.sql(
        "SELECT self_score, evaluator_score FROM reform_indicator_score"
        f" WHERE committee_id = {committee} ORDER BY indicator_id"
    )
    assert [[float(mark) for mark in row] for row in marks] == [[15, 10], [15, 15]]
    shot(office, "score")

    # === The quarter is reported from what is there, accepted and sealed ===
    model = "reform.quarter.report"
    vals = of_year | {"quarter": quarter}
    report = call(secretary, model, "create", vals)
    secretary.goto(f"{served.url}/odoo/reform-reports/{report}")
    secretary.fill("[name=summary] textarea", "فصلی پرکار با سه خدمت تازه.")
    secretary.fill("[name=achievements] textarea", "فرم‌ها کوتاه شد")
    press(secretary, served, model, report, "action_submit", "submitted")
    shot(secretary, "report")
    office.goto(f"{served.url}/odoo/reform-reports/{report}")
    office.locator("button[name=action_accept]:visible").click()
    office.click(".modal footer .btn-primary")
    becomes(office, served, model, report, "accepted")
    [[number, score, seal]] = served.sql(
        f"SELECT number, score, seal_id FROM reform_quarter_report WHERE id = {report}"
    )
    assert (number, float(score)) == (f"CY/{year}/Q{quarter}", 25)
    rendered = (
        "SELECT COUNT(*) FROM ir_attachment WHERE res_model = 'agency.seal'"
        f" AND res_id = {seal} AND mimetype = 'application/pdf'"
    )
    until(office, lambda: served.sql(rendered) == [["1"]], rendered)

    # === The dossier says what it lacks, and holds what its manifest says ===
    model = "reform.dossier"
    vals = {"committee_id": council, "jalali_year": int(year)}
    dossier = call(office, model, "create", vals | {"recipient_name": "استانداری"})
    office.goto(f"{served.url}/odoo/reform-dossiers/{dossier}")
    office.locator("button[name=action_build]:visible").click()
    office.wait_for_selector(".o_error_dialog:has-text('کمیته آزمون سال')")
    office.click(".o_error_dialog footer button")
    office.fill("[name=gap_note] textarea", "سال به پایان نرسیده است.")
    press(office, served, model, dossier, "action_build", "built")
    [[file]] = served.sql(f"SELECT file_id FROM reform_dossier WHERE id = {dossier}")
    answer = office.request.get(f"{served.url}/web/content/{file}?download=true")
    archive = zipfile.ZipFile(io.BytesIO(answer.body()))
    listed = json.loads(archive.read("manifest.json"))["files"]
    assert {each["path"] for each in listed} == {*archive.namelist()} - {
        "manifest.json"
    }
    for each in listed:
        content = archive.read(each["path"])
        assert hashlib.sha256(content).hexdigest() == each["sha256"]
    assert f"01-reports/CY-{year}-Q{quarter}.pdf" in archive.namelist()
    [annex] = [name for name in archive.namelist() if name.endswith("گزارش.pdf")]
    assert archive.read(annex) == PDF
    # Odoo finds no first page in the evidence, to show it in small.
    page_errors[:] = [error for error in page_errors if "status of 415" not in error]
