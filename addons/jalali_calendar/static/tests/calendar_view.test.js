import { after, beforeEach, describe, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { getFormattedDateSpan } from "@web/views/calendar/utils";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
    preloadBundle,
} from "@web/../tests/web_test_helpers";
import { forgetHolidays } from "@jalali_calendar/core/picker/holidays";
import { usePersianReader } from "./jalali_test_helpers";

describe.current.tags("desktop");
preloadBundle("web.fullcalendar_lib");
usePersianReader();

class Event extends models.Model {
    _name = "event";

    name = fields.Char();
    start = fields.Datetime();
    stop = fields.Datetime();

    has_access() {
        return true;
    }

    _records = [
        {
            id: 1,
            name: "دیدار",
            start: "2026-12-21 18:00:00",
            stop: "2026-12-21 19:00:00",
        },
    ];
}
defineModels([Event]);

beforeEach(() => onRpc("jalali.holiday", "get_marks", () => []));

const TITLE = ".o_calendar_header h5:visible, .o_calendar_header .h5:visible";
const IN_MONTH = ".fc-daygrid-day:not(.fc-day-other) .fc-daygrid-day-number";

async function openCalendar(scale) {
    await mountView({
        resModel: "event",
        type: "calendar",
        arch: `<calendar date_start="start" date_stop="stop" mode="${scale}"/>`,
    });
    await animationFrame();
}

test("the month view is a Jalali month", async () => {
    onRpc("event", "search_read", ({ kwargs }) => expect.step(kwargs.domain));
    await openCalendar("month");
    expect(TITLE).toHaveText("آذر ۱۴۰۵");
    const days = queryAllTexts(IN_MONTH);
    expect(days).toHaveLength(30);
    expect(days[0]).toBe("۱");
    expect(`.fc-day[data-date="2026-12-21"] .o_event`).toHaveText(/دیدار/);
    // Six weeks from the Saturday before 1 Azar, in UTC.
    expect.verifySteps([
        [
            ["start", "<=", "2027-01-01 20:29:59"],
            ["stop", ">=", "2026-11-20 20:30:00"],
        ],
    ]);
});

test("the next month is the next Jalali month", async () => {
    await openCalendar("month");
    await contains(".o_calendar_button_next").click();
    await animationFrame();
    expect(TITLE).toHaveText("دی ۱۴۰۵");
    expect(queryAllTexts(IN_MONTH)).toHaveLength(30);
    for (let month = 0; month < 3; month++) {
        await contains(".o_calendar_button_next").click();
        await animationFrame();
    }
    expect(TITLE).toHaveText("فروردین ۱۴۰۶");
    expect(queryAllTexts(IN_MONTH)).toHaveLength(31);
});

test("week and day have Jalali titles and days", async () => {
    await openCalendar("week");
    expect(TITLE).toHaveText(/^آبان - آذر ۱۴۰۵/);
    expect(".o_current_week").toHaveText("Week ۳۶");
    expect(queryAllTexts(".o_cw_day_number")).toEqual([
        "۳۰",
        "۱",
        "۲",
        "۳",
        "۴",
        "۵",
        "۶",
    ]);
});

test("a day has a Jalali title", async () => {
    await openCalendar("day");
    expect(TITLE).toHaveText("۲ آذر ۱۴۰۵");
});

test("the year view has twelve Jalali months", async () => {
    await openCalendar("year");
    expect(TITLE).toHaveText("۱۴۰۵");
    const titles = queryAllTexts(".fc-toolbar-title");
    expect(titles).toHaveLength(12);
    expect(titles[0]).toBe("فروردین ۱۴۰۵");
    expect(titles[11]).toBe("اسفند ۱۴۰۵");
    const daysOfEsfand = ".fc-month-container:eq(11) .fc-day:not(.fc-day-disabled)";
    expect(`${daysOfEsfand} .fc-daygrid-day-number`).toHaveCount(29);
});

test("Fridays and holidays are marked in every scale", async () => {
    const yalda = { date: "2026-12-21", name: "یلدا" };
    onRpc("jalali.holiday", "get_marks", () => [yalda]);
    forgetHolidays();
    after(forgetHolidays);
    await openCalendar("month");
    const offInAzar = ".fc-day.o_jalali_day_off:not(.fc-day-other)";
    expect(offInAzar).toHaveCount(5); // four Fridays and the holiday
    expect(".fc-day.o_jalali_holiday").toHaveCount(1);
    expect(".fc-day.o_jalali_holiday").toHaveAttribute("data-date", "2026-12-21");
    expect(".fc-col-header-cell.o_jalali_day_off").toHaveCount(0);
    await contains(".scale_button_selection").click();
    await contains(".o_scale_button_week").click();
    await animationFrame();
    expect(".fc-col-header-cell.o_jalali_day_off").toHaveCount(1);
    await contains(".scale_button_selection").click();
    await contains(".o_scale_button_year").click();
    await animationFrame();
    expect(".fc-day.o_jalali_day_off:not(.fc-day-disabled)").toHaveCount(53);
});

test("without weekends only Friday is hidden", async () => {
    localStorage.setItem("calendar.isWeekendVisible", false);
    await openCalendar("week");
    const shown = queryAllTexts(".o_cw_day_number");
    expect(shown).toEqual(["۳۰", "۱", "۲", "۳", "۴", "۵"]);
});

test("a Gregorian reader's weekend is Saturday and Sunday, unmarked", async () => {
    odoo.jalali.deactivate();
    localStorage.setItem("calendar.isWeekendVisible", false);
    await openCalendar("week");
    expect(".o_cw_day_number").toHaveCount(5);
    expect(".o_jalali_day_off").toHaveCount(0);
});

test("a span within a month is written once with its month", () => {
    const day = (iso) => luxon.DateTime.fromISO(iso);
    expect(getFormattedDateSpan(day("2026-11-22"), day("2026-11-24"))).toBe(
        "۱ – ۳ آذر ۱۴۰۵"
    );
    expect(getFormattedDateSpan(day("2026-11-22"), day("2026-11-22"))).toBe(
        "۱ آذر ۱۴۰۵"
    );
});

test("what a day has no room for is counted as more, in Persian digits", async () => {
    Event._records = [1, 2, 3, 4, 5, 6, 7].map((id) => ({
        id,
        name: `دیدار ${id}`,
        start: "2026-12-21 18:00:00",
        stop: "2026-12-21 19:00:00",
    }));
    await openCalendar("month");
    expect(".fc-more-link").toHaveText(/^\+[۱-۹]$/);
});
