"""A thumb on a phone: it taps what it sees, and every tap is counted."""

from field_phone import LIMIT_SECONDS

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
