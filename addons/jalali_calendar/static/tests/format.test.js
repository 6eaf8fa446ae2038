import { describe, expect, test } from "@odoo/hoot";
import { formatDate, formatDateTime, toLocaleDateString } from "@web/core/l10n/dates";
import { setLocalization, usePersianReader } from "./jalali_test_helpers";

describe.current.tags("headless");
usePersianReader();

const { DateTime, Info } = luxon;
const MORNING = "2025-11-22T09:05:03";

test("dates are written in Jalali with Persian digits", () => {
    const date = DateTime.fromISO(MORNING);
    const written = {
        "yyyy/MM/dd": "۱۴۰۴/۰۹/۰۱",
        "y/M/d": "۱۴۰۴/۹/۱",
        "yy-LL-dd": "۰۴-۰۹-۰۱",
        "HH:mm:ss": "۰۹:۰۵:۰۳",
        "H:m:s": "۹:۵:۳",
        "EEEE d MMMM yyyy": "شنبه ۱ آذر ۱۴۰۴",
        "LLLL yyyy": "آذر ۱۴۰۴",
        "q 'of' yyyy": "۳ of ۱۴۰۴",
        o: "۲۴۷",
        DDD: "۱ آذر ۱۴۰۴",
        "hh:mm": "۰۹:۰۵",
    };
    for (const [format, expected] of Object.entries(written)) {
        expect(date.toFormat(format)).toBe(expected, { message: format });
    }
});

test("formats of machines stay Gregorian with Latin digits", () => {
    const date = DateTime.fromISO(MORNING);
    const latin = { numberingSystem: "latn" };
    expect(date.toFormat("yyyy-MM-dd HH:mm:ss", latin)).toBe("2025-11-22 09:05:03");
    expect(date.toFormat("yyyy-LL-dd_HH-mm")).toBe("2025-11-22_09-05");
    expect(date.toFormat("HHmmddMMyyyy")).toBe("090522112025");
});

test("Odoo's own formatters follow", () => {
    setLocalization();
    const date = DateTime.fromISO(MORNING);
    expect(formatDate(date)).toBe("۱۴۰۴/۰۹/۰۱");
    expect(formatDateTime(date)).toBe("۱۴۰۴/۰۹/۰۱ ۰۹:۰۵:۰۳");
    expect(toLocaleDateString(date)).toBe("۱ آذر ۱۴۰۴");
    // The year is left out within the current Jalali year, 1405.
    expect(toLocaleDateString(DateTime.fromISO("2026-03-21"))).toBe("۱ فروردین");
    expect(toLocaleDateString(DateTime.fromISO("2026-03-20"))).toBe("۲۹ اسفند ۱۴۰۴");
});

test("months are listed from Farvardin to Esfand", () => {
    const months = Info.months("long", { outputCalendar: "persian" });
    expect(months[0]).toBe("فروردین");
    expect(months[11]).toBe("اسفند");
    expect(new Set(months).size).toBe(12);
});

test("fromFormat reads Jalali years and leaves Gregorian ones", () => {
    const isoOf = (text, format) => DateTime.fromFormat(text, format).toISODate();
    expect(isoOf("1404/09/01", "yyyy/MM/dd")).toBe("2025-11-22");
    expect(isoOf("۱۴۰۴/۰۹/۰۱", "yyyy/MM/dd")).toBe("2025-11-22");
    expect(isoOf("04/09/01", "yy/MM/dd")).toBe("2025-11-22");
    expect(isoOf("2025-11-22", "yyyy-MM-dd")).toBe("2025-11-22");
    expect(DateTime.fromFormat("1404/12/30", "yyyy/MM/dd").isValid).toBe(false);
    expect(DateTime.fromFormat("12:30", "HH:mm").toFormat("HH:mm")).toBe("۱۲:۳۰");
});
