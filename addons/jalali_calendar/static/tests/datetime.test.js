import { describe, expect, test } from "@odoo/hoot";
import { mockTimeZone } from "@odoo/hoot-mock";
import { serializeDate, serializeDateTime } from "@web/core/l10n/dates";
import { usePersianReader } from "./jalali_test_helpers";

describe.current.tags("headless");
usePersianReader();

const { DateTime } = luxon;
const partsOf = ({ year, month, day }) => [year, month, day];
const jalali = (year, month, day) =>
    DateTime.fromObject(odoo.jalali.toGregorian(year, month, day));

test("getters are Jalali", () => {
    const date = DateTime.fromISO("2025-11-22");
    expect(partsOf(date)).toEqual([1404, 9, 1]);
    expect(date.quarter).toBe(3);
    expect(date.ordinal).toBe(247);
    expect(date.daysInMonth).toBe(30);
    expect(date.daysInYear).toBe(365);
    expect(jalali(1403, 5, 1).isInLeapYear).toBe(true);
    expect(date.monthLong).toBe("آذر");
});

test("what machines read stays Gregorian", () => {
    const date = jalali(1404, 9, 1).set({ hour: 10 });
    expect(date.toISODate()).toBe("2025-11-22");
    expect(date.toSQL({ includeOffset: false })).toBe("2025-11-22 10:00:00.000");
    expect(date.toObject().year).toBe(2025);
    expect(serializeDate(date)).toBe("2025-11-22");
    expect(serializeDateTime(date)).toBe("2025-11-22 06:30:00");
    expect(DateTime.fromSQL("2025-11-22").year).toBe(1404);
});

test("set takes Jalali parts and stays within the month", () => {
    const date = jalali(1404, 6, 31);
    expect(partsOf(date.set({ month: 7 }))).toEqual([1404, 7, 30]);
    expect(partsOf(date.set({ year: 1403, month: 12 }))).toEqual([1403, 12, 30]);
    expect(partsOf(date.set({ day: 1 }))).toEqual([1404, 6, 1]);
    expect(partsOf(date.set({ ordinal: 366 }))).toEqual([1405, 1, 1]);
    expect(partsOf(date.set({ years: 1405, months: 1, days: 2 }))).toEqual([
        1405, 1, 2,
    ]);
    expect(date.set({ weekday: 1 }).weekday).toBe(1);
    expect(() => date.set({ month: "x" })).toThrow();
});

test("plus and minus count Jalali months", () => {
    expect(partsOf(jalali(1403, 12, 30).plus({ years: 1 }))).toEqual([1404, 12, 29]);
    expect(partsOf(jalali(1404, 6, 31).plus({ months: 1 }))).toEqual([1404, 7, 30]);
    expect(partsOf(jalali(1404, 1, 31).minus({ months: 1 }))).toEqual([1403, 12, 30]);
    expect(partsOf(jalali(1404, 11, 15).plus({ quarters: 1 }))).toEqual([1405, 2, 15]);
    const moved = jalali(1404, 6, 31).plus({ months: 1, days: 2, hours: 5 });
    expect(partsOf(moved)).toEqual([1404, 8, 2]);
    expect(moved.hour).toBe(5);
    expect(jalali(1404, 1, 1).plus(86400000).day).toBe(2);
});

test("periods begin and end with the Jalali calendar", () => {
    const date = jalali(1404, 9, 15);
    const isoOf = (day) => day.toISODate();
    expect(isoOf(date.startOf("year"))).toBe("2025-03-21");
    expect(isoOf(date.endOf("year"))).toBe("2026-03-20");
    expect(isoOf(date.startOf("quarter"))).toBe("2025-09-23");
    expect(isoOf(date.endOf("quarter"))).toBe("2025-12-21");
    expect(isoOf(date.startOf("month"))).toBe("2025-11-22");
    expect(isoOf(date.endOf("month"))).toBe("2025-12-21");
    expect(jalali(1404, 9, 1).hasSame(jalali(1404, 9, 30), "month")).toBe(true);
    expect(jalali(1404, 9, 30).hasSame(jalali(1404, 10, 1), "month")).toBe(false);
    expect(jalali(1405, 1, 1).diff(jalali(1404, 1, 1), "months").months).toBe(12);
});

test("the year begins at midnight in Tehran", () => {
    const newYear = DateTime.fromISO("2025-03-20T20:30:00Z");
    expect(partsOf(newYear)).toEqual([1404, 1, 1]);
    expect(newYear.hour).toBe(0);
    expect(partsOf(newYear.minus(1))).toEqual([1403, 12, 30]);
});

test("summer time of Tehran does not move a day", () => {
    mockTimeZone("Asia/Tehran");
    // Until 2022 the clock jumped at midnight: 2 Farvardin had no 00:00.
    for (const iso of ["2021-03-21", "2021-03-22", "2021-09-21", "2022-09-21"]) {
        const date = DateTime.fromISO(iso);
        expect(date.toISODate()).toBe(iso);
        expect(date.plus({ months: 1 }).minus({ months: 1 }).toISODate()).toBe(iso);
    }
    const inGap = DateTime.fromISO("2021-02-20").plus({ months: 1, days: 1 });
    expect(partsOf(inGap)).toEqual([1400, 1, 3]);
    expect(inGap.hour).toBe(0);
});

test("a date told to be Gregorian is Gregorian", () => {
    const date = jalali(1404, 9, 1).reconfigure({ outputCalendar: "gregory" });
    expect(partsOf(date)).toEqual([2025, 11, 22]);
    expect(date.plus({ months: 1 }).toISODate()).toBe("2025-12-22");
    expect(date.minus({ months: 1 }).toISODate()).toBe("2025-10-22");
    expect(date.set({ month: 1 }).toISODate()).toBe("2025-01-22");
});
