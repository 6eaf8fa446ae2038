import { expect, test } from "@odoo/hoot";
import { click, queryAllTexts, resize } from "@odoo/hoot-dom";
import { animationFrame, mockDate } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { moveEventToDate } from "@web/../tests/views/calendar/calendar_test_helpers";
import {
    defineModels,
    fields,
    makeServerError,
    models,
    mountView,
    onRpc,
    preloadBundle,
} from "@web/../tests/web_test_helpers";

preloadBundle("web.fullcalendar_lib");

class Visit extends models.Model {
    _name = "visit";

    name = fields.Char();
    start = fields.Datetime();
    stop = fields.Datetime();

    _records = [1, 2, 3, 4].map((id) => ({
        id,
        name: `Visit ${id}`,
        start: "2026-11-25 08:00:00",
        stop: "2026-11-25 09:30:00",
    }));

    has_access() {
        return true;
    }
}
defineMailModels();
defineModels([Visit]);

const ARCH = `<calendar date_start="start" date_stop="stop" mode="week"
    js_class="agency_calendar"/>`;

test("a phone opens a week's calendar on the day", async () => {
    await resize({ width: 360, height: 780 });
    await mountView({ type: "calendar", resModel: "visit", arch: ARCH });
    expect(".fc-timeGridDay-view").toHaveCount(1);
});

test("a wide screen opens it on the week", async () => {
    await resize({ width: 1366, height: 850 });
    await mountView({ type: "calendar", resModel: "visit", arch: ARCH });
    expect(".fc-timeGridWeek-view").toHaveCount(1);
});

test("of what begins at one hour a week shows two, and the rest behind a link", async () => {
    mockDate("2026-11-25 12:00:00");
    await resize({ width: 1366, height: 850 });
    await mountView({ type: "calendar", resModel: "visit", arch: ARCH });
    expect(".fc-timegrid-event-harness .o_event:visible").toHaveCount(2);
    expect(".fc-timegrid-more-link").toHaveText("+2");
    await click(".fc-timegrid-more-link");
    await animationFrame();
    expect(queryAllTexts(".fc-popover .o_event_title")).toEqual(["Visit 3", "Visit 4"]);
    // Each keeps its tint for itself: over the list it would hide the others.
    expect(".fc-popover .o_event:eq(0)").toHaveStyle({ position: "relative" });
});

test("a visit whose move is refused springs back", async () => {
    expect.errors(1);
    mockDate("2026-11-25 12:00:00");
    onRpc("visit", "write", () => {
        throw makeServerError({ message: "He is absent on that day." });
    });
    await resize({ width: 1366, height: 850 });
    const arch = ARCH.replace("week", "month");
    await mountView({ type: "calendar", resModel: "visit", arch });
    await moveEventToDate(1, "2026-11-27");
    await animationFrame();
    expect.verifyErrors([/He is absent on that day./]);
    expect(".fc-day[data-date='2026-11-25'] .o_event").toHaveCount(4);
});
