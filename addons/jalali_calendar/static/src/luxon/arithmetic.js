// @odoo-module ignore
/**
 * Arithmetic of the Jalali calendar on day numbers.
 *
 * Leap years follow the 33-year rule, which agrees with the official calendar and
 * with ICU from 1178 to 1502. Only whole days are counted here: a `Date` in local
 * time would fall into the hours that summer time skips at midnight in Tehran.
 */
(function (jalali) {
    "use strict";

    const MS_PER_DAY = 86400000;
    /** Unix day of 1 Farvardin of the year 1 in the arithmetic calendar. */
    const EPOCH = Date.UTC(622, 2, 21) / MS_PER_DAY;
    const DAYS_PER_CYCLE = 12053;
    const YEARS_PER_CYCLE = 33;
    const LEAP_OFFSET = 3;
    /** The first six months have 31 days. */
    const DAYS_IN_FIRST_HALF = 186;

    const floorMod = (a, b) => ((a % b) + b) % b;

    const yearStart = (year) =>
        Math.floor((DAYS_PER_CYCLE * (year - 1) + 29) / YEARS_PER_CYCLE);

    function fromDayNumber(dayNumber) {
        const position = YEARS_PER_CYCLE * dayNumber + LEAP_OFFSET;
        const year = Math.floor(position / DAYS_PER_CYCLE) + 1;
        const dayOfYear = Math.floor(
            floorMod(position, DAYS_PER_CYCLE) / YEARS_PER_CYCLE
        );
        const ordinal = dayOfYear + 1;
        if (dayOfYear < DAYS_IN_FIRST_HALF) {
            const month = 1 + Math.floor(dayOfYear / 31);
            return { year, month, day: 1 + (dayOfYear % 31), ordinal };
        }
        const rest = dayOfYear - DAYS_IN_FIRST_HALF;
        return {
            year,
            month: 7 + Math.floor(rest / 30),
            day: 1 + (rest % 30),
            ordinal,
        };
    }

    function toDayNumber(year, month, day) {
        const before =
            month <= 7 ? 31 * (month - 1) : DAYS_IN_FIRST_HALF + 30 * (month - 7);
        return yearStart(year) + before + day - 1;
    }

    /** Give the Jalali { year, month, day, ordinal } of a Gregorian date. */
    function toJalali(year, month, day) {
        const date = new Date(0);
        date.setUTCFullYear(year, month - 1, day);
        return fromDayNumber(date.getTime() / MS_PER_DAY - EPOCH);
    }

    /** Give the Gregorian { year, month, day } of a Jalali date; days may overflow. */
    function toGregorian(year, month, day) {
        const date = new Date((toDayNumber(year, month, day) + EPOCH) * MS_PER_DAY);
        return {
            year: date.getUTCFullYear(),
            month: date.getUTCMonth() + 1,
            day: date.getUTCDate(),
        };
    }

    const daysInYear = (year) => yearStart(year + 1) - yearStart(year);

    function daysInMonth(year, month) {
        if (month <= 6) {
            return 31;
        }
        return month <= 11 ? 30 : daysInYear(year) - 336;
    }

    /** Shift by whole months; a day the month does not have becomes its last one. */
    function addMonths({ year, month, day }, months) {
        const total = year * 12 + month - 1 + months;
        const target = { year: Math.floor(total / 12), month: floorMod(total, 12) + 1 };
        return {
            ...target,
            day: Math.min(day, daysInMonth(target.year, target.month)),
        };
    }

    Object.assign(jalali, {
        addMonths,
        daysInMonth,
        daysInYear,
        toDayNumber,
        toGregorian,
        toJalali,
    });
})((odoo.jalali ||= {}));
