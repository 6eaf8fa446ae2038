"""A whole visit with every tap counted, and one of two inspectors on two phones."""

import json

import field_world
import pytest
from accessibility import assert_accessible
from field_phone import LIMIT_SECONDS, PERMISSIONS, PLACE, Ledger, Phone
from rpc import Rpc
from served import IMAGES

SMALL = {"width": 360, "height": 740}
MOST_TAPS = 30
FAILED = {"A4", "B2"}
ITEMS = [
    f"{section}{number}"
    for section, names in field_world.SECTIONS.items()
    for number in range(1, len(names) + 1)
]
# A second tap so soon on the same place is taken for a slip of the finger.
GUARD_MS = 410

WATCH = """(guard) => {
    window.tapped = { count: 0, at: 0 };
    addEventListener("click", (event) => {
        if (event.isTrusted) {
            window.tapped = { count: window.tapped.count + 1, at: Date.now() };
        }
    }, true);
    let resting = {};
    // Where to tap: in sight, under nothing, at rest, and not too soon.
    window.tapAt = (selector) => {
        const target = document.querySelector(selector);
        if (!target || target.disabled || Date.now() - window.tapped.at < guard) {
            return null;
        }
        const { left, top, width, height } = target.getBoundingClientRect();
        const [x, y] = [left + width / 2, top + height / 2];
        const place = `${selector} ${x} ${y}`;
        if (place !== resting.place) {
            resting = { place, since: Date.now() };
        }
        const corners = [[x, y], [x, top + 3], [x, top + height - 3]];
        const isFree = corners.every(([left, top]) =>
            target.contains(document.elementFromPoint(left, top)));
        const isAtRest = Date.now() - resting.since > guard;
        return isAtRest && isFree ? { x, y } : null;
    };
}"""


class Finger:
    """One thumb on one phone: it taps what it sees, and never scrolls."""

    def __init__(self, phone):
        self.phone = phone
        self.page = phone.page
        self.taps = 0

    def tap(self, selector):
        def seen():
            self.place = self.page.evaluate("(s) => tapAt(s)", selector)
            return self.place

        self.phone.wait(seen, seconds=LIMIT_SECONDS / 6)
        self.page.touchscreen.tap(**self.place)
        self.taps += 1

    def answer(self, code, option):
        self.tap(f"[data-code={code}] [data-option={option}]")
        self.phone.wait(lambda: self.phone.value(code) == option)
        # By then the page has moved on, too.
        self.phone.wait_until_sent()

    def fail(self, code):
        """Answer no, with a photo and a ready text."""
        self.answer(code, "no")
        self.tap(f"[data-code={code}] .f-photo-add")
        self.tap(".f-shutter:enabled")
        self.page.wait_for_selector(f"[data-code={code}] .f-photo")
        self.tap(f"[data-code={code}] .o_audit_card_phrase")
        self.page.wait_for_selector(
            f"[data-code={code}] .o_audit_card_phrase[aria-pressed=true]"
        )
        self.phone.wait_until_sent()

    def sign(self):
        """Draw a line with the finger; the field may have to be brought up first."""
        field = self.page.locator(".f-signature")
        field.scroll_into_view_if_needed()
        box = field.bounding_box()
        touch = self.page.context.new_cdp_session(self.page)
        for kind, x, y in (
            ("touchStart", 60, 30),
            ("touchMove", 160, 60),
            ("touchMove", 220, 20),
            ("touchEnd", 0, 0),
        ):
            points = [{"x": box["x"] + x, "y": box["y"] + y}]
            touch.send(
                "Input.dispatchTouchEvent",
                {"type": kind, "touchPoints": [] if kind == "touchEnd" else points},
            )


@pytest.fixture(scope="module")
def units(served):
    return field_world.build(served, lambda login: Rpc(served, login))


@pytest.fixture(scope="module")
def ledger(served):
    return Ledger(served)


@pytest.fixture
def finger(open_page, served, ledger, page_errors):
    """Return a function that gives a user a phone of his own."""

    def finger(login):
        page = open_page(
            viewport=SMALL,
            has_touch=True,
            reduced_motion="reduce",
            geolocation=PLACE,
            permissions=PERMISSIONS,
        )
        page.add_init_script(f"({WATCH})({GUARD_MS})")
        phone = Phone(served, page, ledger)
        phone.log_in(login)
        return Finger(phone)

    yield finger
    # The network was cut on purpose.
    page_errors[:] = [error for error in page_errors if "ERR_" not in error]


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
    lead.sign()
    lead.tap(".f-bottom .f-primary")
    lead.page.wait_for_selector(".f-taken")
    assert lead.taps <= MOST_TAPS
    assert lead.page.evaluate("tapped.count") == lead.taps
    lead.phone.wait_until_sent()
    lead.phone.wait(lambda: visit_of(served, units[0])[2] == "2")
    state, signed, _photos, _conflicts = visit_of(served, units[0])
    assert (state, signed) == ("submitted", "1")


# What is not about taps is answered by what the buttons call.
ANSWER_THE_REST = """async () => {
    const model = odoo.auditField;
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
    colleague.tap("[data-code=A1] [data-option=part]")
    colleague.phone.wait(lambda: colleague.phone.value("A1") == "part")
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
    assert_accessible(lead.page)
    lead.page.screenshot(path=IMAGES / "audit-conflict.jpg", type="jpeg", quality=72)
    lead.page.click(".f-sides [role=radio]:has-text('تا حدی')")
    lead.page.click(".f-conflict .f-wrap button >> nth=0")
    lead.page.click(".f-conflict .f-primary")
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
        ["resolve", "applied", "lead"],
    ]
    [[option]] = served.sql(
        "SELECT answer.payload->>'option' FROM audit_answer answer"
        " JOIN audit_assessment a ON a.id = answer.assessment_id"
        " JOIN audit_unit unit ON unit.id = a.unit_id"
        f" WHERE item_code = 'A1' AND unit.name = '{units[1]}'"
    )
    assert option == "part"


def test_a_unit_found_on_the_spot_is_visited_without_a_network(served, finger):
    lead = finger("lead")
    lead.phone.cut()
    lead.page.click(".f-dashed")
    lead.page.fill("#extra-name", "باجهٔ تازه")
    lead.page.fill("#extra-reason", "در همان ساختمان کار می‌کند")
    lead.page.click("form .f-primary")
    lead.page.wait_for_selector(".f-sections")
    lead.page.locator("[data-option=no]").first.click()
    lead.page.locator(".o_audit_card_failed .o_audit_card_phrase").first.click()
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
