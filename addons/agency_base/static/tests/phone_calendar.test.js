import { expect, test } from "@odoo/hoot";
import { resize } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    defineModels,
    fields,
    models,
    mountView,
    preloadBundle,
} from "@web/../tests/web_test_helpers";

preloadBundle("web.fullcalendar_lib");

class Visit extends models.Model {
    _name = "visit";

    name = fields.Char();
    start = fields.Datetime();

    has_access() {
        return true;
    }
}
defineMailModels();
defineModels([Visit]);

const ARCH = `<calendar date_start="start" mode="week" js_class="agency_phone_calendar"/>`;

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
