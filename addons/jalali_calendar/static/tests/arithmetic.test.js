import { describe, expect, test } from "@odoo/hoot";

describe.current.tags("headless");

const { addMonths, daysInMonth, daysInYear, toGregorian, toJalali } = odoo.jalali;

/** Jalali and Gregorian names of the same day. */
const VECTORS = [
    [1300, 1, 1, 1921, 3, 21],
    [1350, 1, 1, 1971, 3, 21],
    [1399, 12, 30, 2021, 3, 20],
    [1400, 1, 1, 2021, 3, 21],
    [1403, 12, 30, 2025, 3, 20],
    [1404, 1, 1, 2025, 3, 21],
    [1404, 2, 31, 2025, 5, 21],
    [1404, 9, 1, 2025, 11, 22],
    [1404, 12, 29, 2026, 3, 20],
    [1405, 1, 1, 2026, 3, 21],
    [1408, 12, 30, 2030, 3, 20],
    [1450, 1, 1, 2071, 3, 21],
];

test("the same day in both calendars", () => {
    for (const [year, month, day, gYear, gMonth, gDay] of VECTORS) {
        const gregorian = { year: gYear, month: gMonth, day: gDay };
        expect(toGregorian(year, month, day)).toEqual(gregorian);
        const { ordinal, ...jalali } = toJalali(gYear, gMonth, gDay);
        expect(jalali).toEqual({ year, month, day });
        expect(ordinal).toBeGreaterThan(0);
    }
});

test("1399, 1403 and 1408 are leap years, 1404 to 1407 are not", () => {
    const leapYears = [];
    for (let year = 1396; year <= 1412; year++) {
        if (daysInYear(year) === 366) {
            leapYears.push(year);
        }
    }
    expect(leapYears).toEqual([1399, 1403, 1408, 1412]);
    expect(daysInMonth(1403, 12)).toBe(30);
    expect(daysInMonth(1404, 12)).toBe(29);
});

test("every day from 1300 to 1500 follows the one before", () => {
    let day = new Date(Date.UTC(1921, 2, 21));
    let before = null;
    while (!before || before.year < 1501) {
        const [year, month, date] = day
            .toISOString()
            .slice(0, 10)
            .split("-")
            .map(Number);
        const jalali = toJalali(year, month, date);
        const back = toGregorian(jalali.year, jalali.month, jalali.day);
        const isNext =
            !before ||
            jalali.ordinal === before.ordinal + 1 ||
            (jalali.ordinal === 1 && before.ordinal === daysInYear(before.year));
        if (
            !isNext ||
            back.year !== year ||
            back.month !== month ||
            back.day !== date
        ) {
            expect(jalali).toBe(before, { message: day.toISOString() });
        }
        before = jalali;
        day = new Date(day.getTime() + 86400000);
    }
    expect(before).toEqual({ year: 1501, month: 1, day: 1, ordinal: 1 });
});

test("a shift by months ends on the last day a month has", () => {
    const lastOfShahrivar = { year: 1404, month: 6, day: 31 };
    expect(addMonths(lastOfShahrivar, 1)).toEqual({ year: 1404, month: 7, day: 30 });
    expect(addMonths(lastOfShahrivar, 6)).toEqual({ year: 1404, month: 12, day: 29 });
    expect(addMonths(lastOfShahrivar, -6)).toEqual({ year: 1403, month: 12, day: 30 });
    const leapDay = { year: 1403, month: 12, day: 30 };
    expect(addMonths(leapDay, 12)).toEqual({ year: 1404, month: 12, day: 29 });
});
