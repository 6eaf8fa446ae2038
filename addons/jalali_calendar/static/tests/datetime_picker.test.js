import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { click, press, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { DateTimePicker } from "@web/core/datetime/datetime_picker";
import { mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { forgetHolidays } from "@jalali_calendar/core/picker/holidays";
import { usePersianReader } from "./jalali_test_helpers";

describe.current.tags("desktop");
usePersianReader();

const GET_MARKS = "/web/dataset/call_kw/jalali.holiday/get_marks";
const CELL = ".o_date_item_cell";
const TITLE = ".o_header_part";
const date = (iso) => luxon.DateTime.fromISO(iso);
const cellOf = (text) => `${CELL}:not(.o_out_of_range):contains(/^${text}$/)`;

let holidays = [];
beforeEach(() => {
    holidays = [];
    forgetHolidays();
    onRpc(GET_MARKS, () => holidays);
});

async function mountPicker(props = {}) {
    await mountWithCleanup(DateTimePicker, {
        props: { type: "date", value: date("2026-11-22"), ...props },
    });
    await animationFrame();
}

const onSelect = (value) =>
    expect.step([value].flat().map((day) => day && day.toISODate()));

test("the grid is that of a Jalali month, Saturday first", async () => {
    await mountPicker();
    expect(TITLE).toHaveText("آذر ۱۴۰۵");
    expect(queryAllTexts(".o_day_of_week_cell")).toEqual([
        "ش",
        "ی",
        "د",
        "س",
        "چ",
        "پ",
        "ج",
    ]);
    const days = queryAllTexts(`${CELL}:not(.o_out_of_range)`);
    expect(days).toHaveLength(30);
    expect(days[0]).toBe("۱");
    expect(days[29]).toBe("۳۰");
    expect(queryAllTexts(CELL)[0]).toBe("۳۰");
    expect(".o_selected").toHaveText("۱");
    expect(".o_today").toHaveText("۲");
    expect(".o_week_number_cell").toHaveCount(0);
});

test("a picked day is the Gregorian day of the cell", async () => {
    await mountPicker({ onSelect });
    await click(cellOf("۳۰"));
    expect.verifySteps([["2026-12-21"]]);
});

test("months, years and decades are Jalali", async () => {
    await mountPicker();
    await click(".o_zoom_out");
    await animationFrame();
    expect(TITLE).toHaveText("۱۴۰۵");
    expect(queryAllTexts(CELL)[0]).toBe("فروردین");
    expect(queryAllTexts(CELL)[11]).toBe("اسفند");
    await click(".o_zoom_out");
    await animationFrame();
    expect(TITLE).toHaveText("۱۳۹۹ - ۱۴۱۰");
    expect(".o_selected").toHaveText("۱۴۰۵");
    await click(".o_zoom_out");
    await animationFrame();
    expect(TITLE).toHaveText("۱۳۹۰ - ۱۵۰۰");
    await click(`${CELL}:contains(/^۱۴۱۰$/)`);
    await animationFrame();
    await click(`${CELL}:contains(/^۱۴۱۲$/)`);
    await animationFrame();
    await click(`${CELL}:contains(/^اسفند$/)`);
    await animationFrame();
    expect(TITLE).toHaveText("اسفند ۱۴۱۲");
    expect(queryAllTexts(`${CELL}:not(.o_out_of_range)`)).toHaveLength(30);
});

test("the next month of Esfand is Farvardin of the next year", async () => {
    await mountPicker({ value: date("2026-03-20") });
    expect(TITLE).toHaveText("اسفند ۱۴۰۴");
    await click(".o_next");
    await animationFrame();
    expect(TITLE).toHaveText("فروردین ۱۴۰۵");
    await click(".o_previous");
    await animationFrame();
    expect(queryAllTexts(`${CELL}:not(.o_out_of_range)`)).toHaveLength(29);
});

test("Fridays and official holidays are marked and named", async () => {
    holidays = [{ date: "2026-11-25", name: "روز نمونه" }];
    await mountPicker();
    expect(`${CELL}.o_jalali_friday:not(.o_out_of_range)`).toHaveCount(4);
    expect(cellOf("۶")).toHaveAttribute("title", "Friday");
    expect(cellOf("۴")).toHaveClass("o_jalali_holiday");
    expect(cellOf("۴")).toHaveAttribute("title", "روز نمونه");
    expect(cellOf("۴")).toHaveAttribute(
        "aria-label",
        "چهارشنبه ۴ آذر ۱۴۰۵, holiday: روز نمونه"
    );
    expect(cellOf("۱")).not.toHaveAttribute("title");
    expect(cellOf("۱")).toHaveAttribute("aria-label", "یکشنبه ۱ آذر ۱۴۰۵");
});

test("holidays are asked once a year", async () => {
    onRpc(GET_MARKS, async (request) => {
        const { params } = await request.json();
        expect.step(params.args);
        return [];
    });
    await mountPicker();
    await click(".o_next");
    await animationFrame();
    await mountPicker();
    expect.verifySteps([["2026-03-21", "2027-03-20"]]);
});

test("the picker opens although the holidays cannot be read", async () => {
    onRpc(GET_MARKS, () => {
        expect.step("asked");
        throw new Error("no such model");
    });
    await mountPicker();
    expect(queryAllTexts(`${CELL}:not(.o_out_of_range)`)).toHaveLength(30);
    expect(".o_jalali_holiday").toHaveCount(0);
    expect.verifySteps(["asked"]);
});

test("the button for today picks it from any zoom", async () => {
    await mountPicker({ value: date("2020-01-01"), onSelect });
    await click(".o_zoom_out");
    await animationFrame();
    await click(".o_jalali_today");
    await animationFrame();
    expect(TITLE).toHaveText("آذر ۱۴۰۵");
    expect.verifySteps([["2026-11-23"]]);
});

test("today cannot be picked outside the limits", async () => {
    await mountPicker({ maxDate: date("2026-11-22"), onSelect });
    expect(".o_jalali_today").toHaveAttribute("disabled");
});

test("the arrows walk over days and months, right to left", async () => {
    await mountPicker({ onSelect });
    queryOne("[data-jalali-focus='1']").focus();
    const walk = async (keys, label) => {
        for (const key of keys) {
            await press(key);
            await animationFrame();
        }
        expect(document.activeElement).toHaveAttribute("aria-label", label);
    };
    await walk(["ArrowLeft"], "دوشنبه ۲ آذر ۱۴۰۵");
    await walk(["ArrowRight", "ArrowRight"], "شنبه ۳۰ آبان ۱۴۰۵");
    await walk(["ArrowDown", "ArrowDown"], "شنبه ۱۴ آذر ۱۴۰۵");
    await walk(["End"], "جمعه ۲۰ آذر ۱۴۰۵");
    await walk(["Home", "ArrowUp"], "شنبه ۷ آذر ۱۴۰۵");
    await walk(["PageDown"], "دوشنبه ۷ دی ۱۴۰۵");
    expect(TITLE).toHaveText("دی ۱۴۰۵");
    await press("Enter");
    expect.verifySteps([["2026-12-28"]]);
});

test("the arrows walk over months and years too", async () => {
    await mountPicker({ onSelect });
    await click(".o_zoom_out");
    await animationFrame();
    queryOne("[data-jalali-focus='1']").focus();
    await press("ArrowDown");
    await animationFrame();
    expect(TITLE).toHaveText("۱۴۰۶");
    expect(document.activeElement).toHaveText("فروردین");
    await press("Enter");
    await animationFrame();
    expect(TITLE).toHaveText("فروردین ۱۴۰۶");
    expect.verifySteps([]);
});

test("a range is picked in Jalali", async () => {
    await mountPicker({
        range: true,
        value: [date("2026-11-22"), date("2026-11-26")],
        focusedDateIndex: 1,
        onSelect,
    });
    expect(".o_selected").toHaveCount(5);
    expect(".o_select_start").toHaveText("۱");
    expect(".o_select_end").toHaveText("۵");
    await click(cellOf("۱۰"));
    expect.verifySteps([["2026-11-22", "2026-12-01"]]);
});
