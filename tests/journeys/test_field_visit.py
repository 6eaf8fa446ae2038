"""A whole visit with every tap counted, and one of two inspectors on two phones."""

import json

import field_world
import pytest
from accessibility import assert_accessible
from rpc import Rpc
from served import IMAGES

MOST_TAPS = 30
FAILED = {"A4", "B2"}
NOTE = "نیمهٔ تابلو"
REASON = "تابلو کنده شده بود"
ITEMS = [
    f"{section}{number}"
    for section, names in field_world.SECTIONS.items()
    for number in range(1, len(names) + 1)
]


@pytest.fixture(scope="module")
def units(served):
    return field_world.build(served, lambda login: Rpc(served, login))


def visit_of(served, unit):
    """Return the state of a unit's visit, who signed, photos received, ops kept."""
    [row] = served.sql(
        "SELECT visit.state, (SELECT count(*) FROM audit_visit_member member"
        " WHERE member.visit_id = visit.id AND confirmed_at IS NOT NULL),"
        " (SELECT count(*) FROM audit_evidence evidence"
        "  WHERE evidence.assessment_id = a.id AND evidence.state = 'received'),"
        " a.conflict_count"
        " FROM audit_visit visit JOIN audit_assessment a ON a.visit_id = visit.id"
        " JOIN audit_unit unit ON unit.id = visit.unit_id"
        f" WHERE unit.name = '{unit}'"
    )
    return row


def assessment_of(finger, unit):
    return finger.page.evaluate(
        """(unit) => odoo.auditField.visits.find(
            (visit) => visit.unit.name === unit).assessment""",
        unit,
    )


def begin(finger, unit):
    """Tap the button that begins the visit to a unit, or goes on with it."""
    finger.tap(f"[data-visit='{assessment_of(finger, unit)}'] .f-primary")
    finger.page.wait_for_selector(".f-sections")


def test_twenty_items_two_failed_take_at_most_thirty_taps(served, finger, units):
    assert len(ITEMS) == 20
    lead = finger("lead")
    assert_accessible(lead.page)
    begin(lead, units[0])
    for code in ITEMS:
        if code in FAILED:
            lead.fail(code)
        else:
            lead.answer(code, "yes")
    assert_accessible(lead.page)
    lead.tap(".f-bottom .f-finish")
    lead.page.wait_for_selector(".f-signature")
    assert_accessible(lead.page)
    assert not lead.page.locator(".f-obstacles").count()
    lead.page.wait_for_selector("text=شمار و اثر انگشت گوشی و سامانه یکی است")
    lead.sign()
    lead.tap(".f-bottom .f-primary")
    lead.page.wait_for_selector(".f-taken")
    assert lead.taps <= MOST_TAPS
    assert lead.page.evaluate("tapped.count") == lead.taps
    lead.phone.wait_until_sent()
    lead.phone.wait(lambda: visit_of(served, units[0])[2] == "2")
    state, signed, _photos, _conflicts = visit_of(served, units[0])
    assert (state, signed) == ("submitted", "1")


# What is not about taps is answered by what the buttons call, once the page shows
# what the other phone said: an answer that does not know of it would be a conflict.
ANSWER_THE_REST = """async () => {
    const model = odoo.auditField;
    await model.refresh();
    const visit = () => model.visit(location.hash.split("/")[2]);
    const items = model.design(visit()).sections.flatMap(({ items }) => items);
    for (const { code } of items) {
        if (model.result(visit()).items[code].state === "open") {
            await model.answer(visit(), code, { option: "yes" });
        }
    }
}"""


def test_two_inspectors_differ_and_the_lead_settles_it(served, finger, units):
    lead, colleague = finger("lead"), finger("inspector")
    begin(lead, units[1])
    lead.phone.wait_until_sent()
    learn(colleague)
    begin(colleague, units[1])
    colleague.phone.cut()
    colleague.tap("[data-code=A1] [data-option=no]")
    colleague.phone.wait(lambda: colleague.phone.value("A1") == "no")
    colleague.tap("[data-code=A1] .f-photo-add")
    colleague.tap(".f-shutter:enabled")
    colleague.tap("[data-code=A1] .f-photo")
    colleague.page.fill(".f-sheet .f-input", NOTE)
    colleague.tap(".f-sheet .f-grow")
    colleague.phone.answer("A1", "part")
    lead.answer("A1", "yes")
    lead.answer("A2", "part")
    lead.tap(".f-bottom button:first-of-type")
    lead.phone.wait(lambda: lead.phone.value("A2") is None)
    lead.phone.wait_until_sent()
    colleague.phone.connect()
    colleague.phone.wait_until_sent()
    colleague.page.evaluate(ANSWER_THE_REST)
    colleague.phone.wait_until_sent()
    show(colleague, "attention")
    colleague.page.wait_for_selector("text=سرگروه برمی‌گزیند")
    assert colleague.page.locator(".f-sides button:enabled").count() == 0

    learn(lead)
    lead.tap(".f-bottom .f-finish")
    lead.page.wait_for_selector(".f-obstacles >> text=دو پاسخ متفاوت")
    assert lead.page.locator(".f-bottom .f-primary").is_disabled()
    show(lead, "attention")
    lead.page.wait_for_function("document.querySelector('.f-side-photo')?.naturalWidth")
    assert_accessible(lead.page)
    lead.page.screenshot(path=IMAGES / "audit-conflict.jpg", type="jpeg", quality=72)
    # By keys: the arrows move, space chooses.
    lead.page.focus(".f-sides [role=radio]:has-text('بله')")
    lead.page.keyboard.press("ArrowLeft")
    lead.page.keyboard.press("Space")
    lead.page.wait_for_selector(
        ".f-sides [role=radio][aria-checked=true]:has-text('تا حدی')"
    )
    lead.page.click("text=دلیل دیگر…")
    assert lead.page.locator(".f-conflict .f-primary").is_disabled()
    lead.page.fill(".f-conflict .f-input", REASON)
    lead.page.click(".f-conflict .f-primary:has-text('«تا حدی» بماند')")
    lead.phone.wait_until_sent()
    lead.page.wait_for_selector(".f-conflict", state="detached")

    finish(lead, units[1])
    lead.page.click("text=میزبان امضا نکرد")
    lead.page.fill(".f-refusal", "پیش از پایان رفت")
    lead.tap(".f-bottom .f-primary")
    lead.phone.wait_until_sent()
    learn(colleague)
    finish(colleague, units[1])
    colleague.tap(".f-bottom .f-primary")
    colleague.phone.wait_until_sent()
    state, signed, _photos, conflicts = visit_of(served, units[1])
    assert (state, signed, conflicts) == ("submitted", "2", "0")
    [[why]] = served.sql(
        "SELECT payload->>'why' FROM audit_answer_op op WHERE kind = 'resolve'"
        " AND op.id = (SELECT max(id) FROM audit_answer_op WHERE kind = 'resolve')"
    )
    assert why == REASON
    history = served.sql(
        "SELECT op.kind, op.outcome, login FROM audit_answer_op op"
        " JOIN audit_assessment a ON a.id = op.assessment_id"
        " JOIN audit_unit unit ON unit.id = a.unit_id"
        " JOIN res_users ON res_users.id = op.user_id"
        f" WHERE item_code = 'A1' AND unit.name = '{units[1]}' ORDER BY op.id"
    )
    assert history == [
        ["answer", "applied", "lead"],
        ["answer", "conflict", "inspector"],
        ["photo", "applied", "inspector"],
        ["photo_note", "applied", "inspector"],
        ["answer", "conflict", "inspector"],
        ["resolve", "applied", "lead"],
    ]
    [[option]] = served.sql(
        "SELECT answer.payload->>'option' FROM audit_answer answer"
        " JOIN audit_assessment a ON a.id = answer.assessment_id"
        " JOIN audit_unit unit ON unit.id = a.unit_id"
        f" WHERE item_code = 'A1' AND unit.name = '{units[1]}'"
    )
    assert option == "part"
    [[note]] = served.sql(
        "SELECT note FROM audit_evidence evidence"
        " JOIN audit_assessment a ON a.id = evidence.assessment_id"
        " JOIN audit_unit unit ON unit.id = a.unit_id"
        f" WHERE evidence.item_code = 'A1' AND unit.name = '{units[1]}'"
    )
    assert note == NOTE


def test_a_unit_found_on_the_spot_is_visited_without_a_network(served, finger):
    lead = finger("lead")
    lead.phone.cut()
    lead.page.click(".f-dashed")
    lead.page.fill("#extra-name", "باجهٔ تازه")
    lead.page.fill("#extra-reason", "در همان ساختمان کار می‌کند")
    lead.page.click("form .f-primary")
    lead.page.wait_for_selector(".f-sections")
    lead.page.locator("[data-option=no]").first.click()
    lead.phone.wait(lambda: lead.phone.count("outbox") == 3)
    lead.page.locator(".o_audit_card_failed .o_audit_card_phrase").first.click()
    lead.phone.wait(lambda: lead.phone.count("outbox") == 4)
    lead.page.locator(".o_audit_card_failed [aria-label='نوشتن یادداشت']").click()
    lead.page.locator(".o_audit_card_failed textarea").fill("پله دارد")
    lead.page.locator(".o_audit_card_failed textarea").blur()
    lead.phone.wait(lambda: lead.phone.count("outbox") == 5)
    lead.phone.connect()
    lead.phone.wait_until_sent()
    [[kind, state, answers]] = served.sql(
        "SELECT kind, visit.state, (SELECT string_agg(payload::text, '|')"
        " FROM audit_answer answer JOIN audit_assessment a"
        " ON a.id = answer.assessment_id WHERE a.visit_id = visit.id)"
        " FROM audit_visit visit JOIN audit_unit unit ON unit.id = visit.unit_id"
        " WHERE unit.name = 'باجهٔ تازه' AND unit.is_found_on_site"
    )
    assert (kind, state) == ("added_on_site", "in_progress")
    answer = json.loads(answers)
    assert answer["option"] == "no"
    assert answer["comments"]
    assert answer["note"] == "پله دارد"


def learn(finger):
    """Let a phone hear what happened on the other one."""
    finger.page.evaluate("odoo.auditField.takeAlong()")


def show(finger, path):
    finger.page.evaluate("(path) => { location.hash = `/${path}` }", path)


def finish(finger, unit):
    """Open the last page of a unit's visit."""
    show(finger, f"visit/{assessment_of(finger, unit)}/submit")
    finger.page.wait_for_selector(".f-bottom-tall")
