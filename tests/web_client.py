"""What a walk through the web client needs: calls, views, texts, pictures."""

import re

from served import LOCAL

SCREENS = LOCAL / "screens" / "jalali"
SUBJECT = "Jalali walk"

CALL = """([model, method, args, kwargs]) =>
    odoo.__WOWL_DEBUG__.root.env.services.orm.call(model, method, args, kwargs)"""
OPEN = """([model, views, context, domain]) =>
    odoo.__WOWL_DEBUG__.root.env.services.action.doAction(
        {
            type: "ir.actions.act_window", name: "walk", res_model: model,
            views: views.map((view) => [false, view]), context, domain,
        },
        { clearBreadcrumbs: true }
    )"""
# Compare with the functions of a second luxon, loaded into a frame of its own.
CHANGED_FUNCTIONS = """async () => {
    const frame = document.createElement("iframe");
    document.body.append(frame);
    const script = frame.contentDocument.createElement("script");
    script.src = "/web/static/lib/luxon/luxon.js";
    const loaded = new Promise((resolve) => (script.onload = resolve));
    frame.contentDocument.head.append(script);
    await loaded;
    const stock = frame.contentWindow.luxon;
    // The bundle is minified: compare without comments and white space.
    const bare = (code) =>
        code.replace(/\\/\\*[^]*?\\*\\/|\\/\\/.*$/gm, "").replace(/\\s+/g, "");
    const localeOf = ({ DateTime }) => DateTime.now().loc.constructor.prototype;
    const pairs = [
        [luxon.DateTime.prototype, stock.DateTime.prototype],
        [luxon.DateTime, stock.DateTime],
        [localeOf(luxon), localeOf(stock)],
    ];
    const changed = [];
    for (const [ours, theirs] of pairs) {
        for (const name of Object.getOwnPropertyNames(theirs)) {
            const [mine, other] = [ours, theirs].map((owner) => {
                const slot = Object.getOwnPropertyDescriptor(owner, name);
                return bare(String(slot.get || slot.value));
            });
            if (mine !== other) {
                changed.push(name);
            }
        }
    }
    frame.remove();
    return changed;
}"""
DISAGREEMENTS = """([from, to]) => {
    const intl = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", {
        year: "numeric", month: "numeric", day: "numeric", timeZone: "UTC",
    });
    const found = [];
    let days = 0;
    for (let ms = Date.parse(from); ms <= Date.parse(to); ms += 86400000, days++) {
        const day = new Date(ms);
        const parts = Object.fromEntries(
            intl.formatToParts(day).map(({ type, value }) => [type, Number(value)])
        );
        const jalali = odoo.jalali.toJalali(
            day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()
        );
        if (["year", "month", "day"].some((part) => jalali[part] !== parts[part])) {
            found.push(day.toISOString());
        }
    }
    return [days, found];
}"""


def call(page, model, method, *args, **kwargs):
    """Call a method of the server as the page's user."""
    return page.evaluate(CALL, [model, method, list(args), kwargs])


def open_view(page, view, *, model="calendar.event", context=None):
    """Open one view of the meetings of this walk, or of all records of a model."""
    domain = [["name", "=", SUBJECT]] if model == "calendar.event" else []
    page.evaluate(OPEN, [model, [view, "form"], context or {}, domain])
    page.wait_for_selector(f".o_{view}_view")


def texts(page, selector):
    """Return the visible texts of a selector without direction marks."""
    found = page.locator(selector)
    found.first.wait_for()  # the view may still be drawing
    marks = "[\u200e\u200f]"
    return [re.sub(marks, "", text).strip() for text in found.all_inner_texts()]


def shot(page, name):
    """Keep a picture for the people who look at them."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.wait_for_timeout(400)  # pictures are not taken of half-faded menus
    page.screenshot(path=SCREENS / f"{name}.png")
