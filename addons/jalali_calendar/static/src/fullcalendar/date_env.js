// @odoo-module ignore
/**
 * Jalali months and years for FullCalendar.
 *
 * The library computes ranges and steps in `DateEnv`, on markers: dates whose UTC
 * fields stand for local time. Its own arrays of fields stay Gregorian, because the
 * luxon plug-in makes dates of them.
 */
(function (jalali) {
    "use strict";

    const MS_PER_DAY = 86400000;
    const MONTHS_PER_YEAR = 12;

    const partsOf = (marker) =>
        jalali.toJalali(
            marker.getUTCFullYear(),
            marker.getUTCMonth() + 1,
            marker.getUTCDate()
        );
    const dayNumberOf = ({ year, month, day }) => jalali.toDayNumber(year, month, day);

    function addMonths(marker, months) {
        const from = partsOf(marker);
        const days = dayNumberOf(jalali.addMonths(from, months)) - dayNumberOf(from);
        return new Date(marker.getTime() + days * MS_PER_DAY);
    }

    /** Midnight of the given day in the year and month of the marker. */
    function startOf(marker, changes) {
        const from = partsOf(marker);
        const days = dayNumberOf({ ...from, ...changes }) - dayNumberOf(from);
        const midnight = Math.floor(marker.getTime() / MS_PER_DAY) * MS_PER_DAY;
        return new Date(midnight + days * MS_PER_DAY);
    }

    const monthsOf = ({ years = 0, months = 0 }) => years * MONTHS_PER_YEAR + months;
    const shifting = (sign) => (stock) =>
        function (marker, duration) {
            const shifted = addMonths(marker, sign * monthsOf(duration));
            return stock.call(this, shifted, { ...duration, years: 0, months: 0 });
        };

    /** Count whole periods between two markers, or give null when they are not whole. */
    const diffWhole = (monthsPerPeriod) => () => (first, second) => {
        const [from, to] = [partsOf(first), partsOf(second)];
        const months = (to.year - from.year) * MONTHS_PER_YEAR + to.month - from.month;
        const isWhole =
            from.day === to.day &&
            (first - second) % MS_PER_DAY === 0 &&
            months % monthsPerPeriod === 0;
        return isWhole ? months / monthsPerPeriod : null;
    };

    const replacements = {
        add: shifting(1),
        subtract: shifting(-1),
        addYears: () => (marker, years) => addMonths(marker, years * MONTHS_PER_YEAR),
        addMonths: () => addMonths,
        startOfYear: () => (marker) => startOf(marker, { month: 1, day: 1 }),
        startOfMonth: () => (marker) => startOf(marker, { day: 1 }),
        getYear: () => (marker) => partsOf(marker).year,
        getMonth: () => (marker) => partsOf(marker).month - 1,
        getDay: () => (marker) => partsOf(marker).day,
        diffWholeYears: diffWhole(MONTHS_PER_YEAR),
        diffWholeMonths: diffWhole(1),
    };

    /** Give the plug-in the Gregorian fields it hands on to `fromObject`. */
    const zoneReplacements = {
        timestampToArray: () =>
            function (ms) {
                const options = { zone: this.timeZoneName };
                const fields = luxon.DateTime.fromMillis(ms, options).toObject();
                const { year, month, day, hour, minute, second, millisecond } = fields;
                return [year, month - 1, day, hour, minute, second, millisecond];
            },
    };

    jalali?.onActivate(() => {
        const { FullCalendar } = globalThis;
        const calendar = FullCalendar.Internal?.DateEnv?.prototype;
        const zone = FullCalendar.Luxon3?.default?.namedTimeZonedImpl?.prototype;
        const complete = [
            jalali.checkPoints(
                "FullCalendar.DateEnv",
                calendar,
                Object.keys(replacements)
            ),
            jalali.checkPoints(
                "FullCalendar.Luxon3",
                zone,
                Object.keys(zoneReplacements)
            ),
        ].every(Boolean);
        if (!complete) {
            return () => {};
        }
        const restores = [
            jalali.override(calendar, replacements),
            jalali.override(zone, zoneReplacements),
        ];
        return () => restores.forEach((restore) => restore());
    });
})(odoo.jalali);
