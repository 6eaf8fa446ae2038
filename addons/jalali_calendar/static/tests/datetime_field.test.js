import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { press, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import {
    clickSave,
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { usePersianReader } from "./jalali_test_helpers";

describe.current.tags("desktop");
usePersianReader();

class Task extends models.Model {
    _name = "task";

    deadline = fields.Date();
    start = fields.Datetime();
    stop = fields.Datetime();

    _records = [
        {
            id: 1,
            deadline: "2026-11-24",
            start: "2026-11-22 06:30:00",
            stop: "2026-12-21 14:00:00",
        },
    ];
}
defineModels([Task]);

beforeEach(() => {
    onRpc("jalali.holiday", "get_marks", () => []);
    onRpc("has_group", () => true);
    onRpc("web_save", ({ args }) => expect.step(args[1]));
});

const openForm = (arch) =>
    mountView({
        resModel: "task",
        resId: 1,
        type: "form",
        arch: `<form>${arch}</form>`,
    });

/** Read texts without the marks that keep commas on the right side. */
const readTexts = (selector) =>
    queryAllTexts(selector).map((text) => text.replace(/[\u200e\u200f]/g, ""));

/** Type into a date field as a user does: click, write, Enter. */
async function typeDate(name, text) {
    await contains(`[data-field=${name}]`).click();
    await contains(`input[data-field=${name}]`).edit(text);
    await animationFrame();
}

test("a list shows Jalali dates and remaining days", async () => {
    await mountView({
        resModel: "task",
        type: "list",
        arch: `
            <list>
                <field name="deadline" widget="remaining_days"/>
                <field name="start"/>
                <field name="stop" options="{'numeric': true}"/>
            </list>`,
    });
    expect(readTexts(".o_data_cell")).toEqual([
        "فردا",
        "۱ آذر، ۱۰:۰۰",
        "۱۴۰۵/۰۹/۳۰ ۱۷:۳۰:۰۰",
    ]);
});

test("typed Jalali dates are saved as Gregorian ones", async () => {
    await openForm(`<field name="deadline"/><field name="start"/>`);
    await typeDate("deadline", "۱۴۰۳/۱۲/۳۰");
    expect("[data-field=deadline]").toHaveText("۳۰ اسفند ۱۴۰۳");
    await typeDate("start", "1404/01/01 00:00");
    await clickSave();
    expect.verifySteps([{ deadline: "2025-03-20", start: "2025-03-20 20:30:00" }]);
});

test("an impossible date is refused with a message and changes nothing", async () => {
    await openForm(`<field name="deadline"/>`);
    await typeDate("deadline", "1404/12/30");
    expect(".o_notification").toHaveCount(1);
    expect(".o_notification").toHaveText(/اسفند ۱۴۰۴ has ۲۹ days/);
    expect("[data-field=deadline]").toHaveText("۳ آذر");
    await typeDate("deadline", "1405/13/01");
    expect(".o_notification").toHaveCount(2);
    expect(".o_form_status_indicator_buttons").toHaveClass("invisible");
    expect.verifySteps([]);
});

test("a range field picks and keeps Jalali days", async () => {
    await openForm(`
        <field name="start" widget="daterange" options="{'end_date_field': 'stop'}"/>
        <field name="stop" invisible="1"/>`);
    expect(readTexts(".o_field_daterange button")).toEqual([
        "۱ آذر، ۱۰:۰۰",
        "۳۰ آذر، ۱۷:۳۰",
    ]);
    await contains("[data-field=stop]").click();
    await animationFrame();
    expect(".o_header_part").toHaveText("آذر ۱۴۰۵");
    await contains(".o_date_item_cell:not(.o_out_of_range):contains(/^۱۰$/)").click();
    await contains(".o_datetime_buttons .btn-primary").click();
    await clickSave();
    expect.verifySteps([{ stop: "2026-12-01 14:00:00" }]);
});

test("the down arrow leads from the input into the grid", async () => {
    await openForm(`<field name="deadline"/>`);
    await contains("[data-field=deadline]").click();
    await animationFrame();
    await press("ArrowDown");
    await animationFrame();
    expect(document.activeElement).toHaveAttribute("aria-label", "سه‌شنبه ۳ آذر ۱۴۰۵");
    await press("ArrowLeft");
    await animationFrame();
    await press("Enter");
    await animationFrame();
    expect(".o_datetime_picker").toHaveCount(0);
    expect("[data-field=deadline]").toHaveText("۴ آذر");
});
