// @odoo-module ignore
/**
 * `DateTime.fromFormat` for Jalali dates. Years from 1700 on are Gregorian: machine
 * data, or somebody typing a Gregorian date.
 */
(function (jalali) {
    "use strict";

    const { DateTime, Settings } = luxon;
    const FIRST_GREGORIAN_YEAR = 1700;
    const CENTURY = 100;
    /** Two digits up to this are 14xx, above it 13xx. */
    const LAST_SHORT_YEAR_OF_1400 = 60;

    /** Complete a year of two or three digits: 5 and 405 are 1405, 99 is 1399. */
    function fullYear(year) {
        if (year < CENTURY) {
            return year + (year > LAST_SHORT_YEAR_OF_1400 ? 1300 : 1400);
        }
        return year >= 300 && year < 500 ? year + 1000 : year;
    }

    const isGregorianYear = (year) => year >= FIRST_GREGORIAN_YEAR;

    const isJalaliDate = ({ year, month, day }) =>
        month >= 1 && month <= 12 && day >= 1 && day <= jalali.daysInMonth(year, month);

    /** Build a DateTime from Jalali parts, or an invalid one: never a shifted one. */
    function fromJalali(parts, clock, options) {
        if (!isJalaliDate(parts)) {
            return DateTime.invalid(
                "unit out of range",
                "not a day of the Jalali calendar"
            );
        }
        const date = jalali.toGregorian(parts.year, parts.month, parts.day);
        return DateTime.fromObject({ ...date, ...clock }, options);
    }

    const hasDate = (values) =>
        values && [values.year, values.month, values.day].some((v) => v !== undefined);

    /** Give the year luxon read, with its own idea of two-digit years undone. */
    function yearOf({ year }, format) {
        if (year === undefined) {
            return DateTime.now().year;
        }
        return /(^|[^y])yy([^y]|$)/.test(format) ? fullYear(year % CENTURY) : year;
    }

    function fromFormat(stock) {
        return function (text, format, options = {}) {
            const calendar = options.outputCalendar || Settings.defaultOutputCalendar;
            if (calendar !== "persian" || typeof text !== "string") {
                return stock.call(DateTime, text, format, options);
            }
            const latin = jalali.toLatinDigits(text);
            const latinOptions = { ...options, numberingSystem: "latn" };
            const read = DateTime.fromFormatExplain(latin, format, latinOptions).result;
            if (!hasDate(read) || isGregorianYear(yearOf(read, format))) {
                return stock
                    .call(DateTime, latin, format, latinOptions)
                    .reconfigure({ numberingSystem: Settings.defaultNumberingSystem });
            }
            const { month = 1, day = 1, ...clock } = read;
            delete clock.year;
            const { zone, locale, numberingSystem } = options;
            const parts = { year: yearOf(read, format), month, day };
            return fromJalali(parts, clock, { zone, locale, numberingSystem });
        };
    }

    Object.assign(jalali, { fromJalali, fullYear, isGregorianYear, isJalaliDate });
    jalali.luxonParts.push({
        label: "luxon.DateTime",
        owner: DateTime,
        replacements: { fromFormat },
    });
})(odoo.jalali);
