import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { mockDate } from "@odoo/hoot-mock";
import { DateTimePicker } from "@web/core/datetime/datetime_picker";
import { mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

test("the picker of a Gregorian reader is Odoo's own", async () => {
    mockDate("2026-11-23T10:00:00");
    onRpc("jalali.holiday", "get_marks", () => expect.step("holidays"));
    await mountWithCleanup(DateTimePicker, {
        props: { type: "date", value: luxon.DateTime.fromISO("2026-11-22") },
    });
    expect(DateTimePicker.template).toBe("web.DateTimePicker");
    expect(".o_header_part").toHaveText("November 2026");
    expect(queryAllTexts(".o_date_item_cell:not(.o_out_of_range)")).toHaveLength(30);
    expect(".o_week_number_cell").toHaveCount(6);
    expect(".o_jalali_today").toHaveCount(0);
    expect("[aria-label]").toHaveCount(0);
    expect.verifySteps([]);
});
