// @odoo-module ignore
/**
 * A luxon DateTime whose output calendar is "persian" behaves Jalali: its getters,
 * `set`, `plus` and `minus`, and with them startOf, endOf, hasSame and diff.
 *
 * What machines read (toISO, toSQL, toObject, fromObject, fromISO, fromSQL) works on
 * luxon's own fields and stays Gregorian.
 */
(function (jalali) {
    "use strict";

    const { DateTime, Duration } = luxon;
    const DATE_UNITS = new Set(["year", "month", "day", "ordinal"]);

    const isJalali = (date) => date.loc.outputCalendar === "persian" && date.isValid;
    const partsOf = ({ c }) => jalali.toJalali(c.year, c.month, c.day);

    /** Build a getter that reads `pick(parts)` of Jalali dates and leaves others alone. */
    const jalaliGetter = (pick) => (stock) =>
        function () {
            return isJalali(this) ? pick(partsOf(this)) : stock.call(this);
        };

    /** Split the values of `set` into Jalali date units and the rest. */
    function splitUnits(values) {
        const units = {};
        const rest = {};
        for (const [key, value] of Object.entries(values)) {
            const unit = key.toLowerCase().replace(/s$/, "");
            if (DATE_UNITS.has(unit) && value !== undefined) {
                units[unit] = Number(value);
            } else {
                rest[key] = value;
            }
        }
        return { units, rest };
    }

    /** Apply date units to Jalali parts the way luxon does to Gregorian ones. */
    function withUnits(parts, { year = parts.year, month, day, ordinal }) {
        if (ordinal !== undefined) {
            return { year, month: 1, day: ordinal };
        }
        const first = { year, month: 1, day: 1 };
        const target = jalali.addMonths(first, (month ?? parts.month) - 1);
        const lastDay = jalali.daysInMonth(target.year, target.month);
        return { ...target, day: day ?? Math.min(parts.day, lastDay) };
    }

    function set(stock) {
        return function (values) {
            if (!isJalali(this)) {
                return stock.call(this, values);
            }
            const { units, rest } = splitUnits(values || {});
            const numbers = Object.values(units);
            if (!numbers.length || !numbers.every(Number.isInteger)) {
                return stock.call(this, values);
            }
            const { year, month, day } = withUnits(partsOf(this), units);
            return stock.call(this, {
                ...rest,
                ...jalali.toGregorian(year, month, day),
            });
        };
    }

    function plus(stock) {
        return function (duration) {
            if (!isJalali(this)) {
                return stock.call(this, duration);
            }
            const values = Duration.fromDurationLike(duration).toObject();
            const { years = 0, quarters = 0, months = 0 } = values;
            const whole =
                Math.trunc(years) * 12 + Math.trunc(quarters) * 3 + Math.trunc(months);
            if (!whole) {
                return stock.call(this, values);
            }
            const from = partsOf(this);
            const to = jalali.addMonths(from, whole);
            const days =
                jalali.toDayNumber(to.year, to.month, to.day) -
                jalali.toDayNumber(from.year, from.month, from.day);
            // One step: a stop in between could fall into an hour that does not exist.
            return stock.call(this, {
                ...values,
                years: years % 1,
                quarters: quarters % 1,
                months: months % 1,
                days: (values.days || 0) + days,
            });
        };
    }

    function minus(stock) {
        return function (duration) {
            return isJalali(this)
                ? this.plus(Duration.fromDurationLike(duration).negate())
                : stock.call(this, duration);
        };
    }

    jalali.isJalali = isJalali;
    jalali.partsOf = partsOf;
    jalali.luxonParts = [
        {
            label: "luxon.DateTime",
            owner: DateTime.prototype,
            replacements: {
                year: jalaliGetter(({ year }) => year),
                month: jalaliGetter(({ month }) => month),
                day: jalaliGetter(({ day }) => day),
                quarter: jalaliGetter(({ month }) => Math.ceil(month / 3)),
                ordinal: jalaliGetter(({ ordinal }) => ordinal),
                daysInMonth: jalaliGetter(({ year, month }) =>
                    jalali.daysInMonth(year, month)
                ),
                daysInYear: jalaliGetter(({ year }) => jalali.daysInYear(year)),
                isInLeapYear: jalaliGetter(
                    ({ year }) => jalali.daysInYear(year) === 366
                ),
                set,
                plus,
                minus,
            },
        },
    ];
})(odoo.jalali);
