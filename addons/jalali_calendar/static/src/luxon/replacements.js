// @odoo-module ignore
/** The exported functions of Odoo that need more than the layer under luxon. */
(function (jalali) {
    "use strict";

    const { DateTime } = luxon;
    const DAYS_PER_WEEK = 7;
    const PARSERS = ["parseDate", "parseDateTime"];

    /** Wrap `parseDateTime`; `formatKey` names the reader's format in `localization`. */
    const readDateTime = (dates, localization, formatKey) => (stock) =>
        function (value, options = {}) {
            if (!value) {
                return stock(value, options);
            }
            const zone = options.tz || "default";
            const format = options.format || localization[formatKey];
            const refuse = (refused) => {
                throw new dates.ConversionError(jalali.explain(refused, value));
            };
            const read = jalali.readInput(value, { format, zone });
            if (read?.refused) {
                refuse(read.refused);
            }
            try {
                return read?.date || stock(jalali.translateRelative(value), options);
            } catch {
                return refuse({ reason: "text" });
            }
        };

    const readDate = (dates, localization) => (stock) => {
        const read = readDateTime(dates, localization, "dateFormat")(stock);
        return (value, options) => {
            const date = read(value, options);
            return date && date.startOf("day");
        };
    };

    /**
     * Number the weeks of a Jalali year: the first is the one with 1 Farvardin, as
     * CLDR has it for Iran. ISO weeks begin on Monday and cut Iranian ones in two.
     */
    const numberWeek = (localization) => () => (date) => {
        const day = date.isLuxonDateTime ? date : DateTime.fromJSDate(date);
        const sinceStart = day.weekday + DAYS_PER_WEEK - localization.weekStart;
        const startDate = day.minus({ days: sinceStart % DAYS_PER_WEEK });
        const { year, ordinal } = startDate.plus({ days: DAYS_PER_WEEK - 1 });
        const week = Math.floor((ordinal - 1) / DAYS_PER_WEEK) + 1;
        return { year, week, startDate };
    };

    jalali.aroundModule("@web/core/l10n/dates", {
        after(dates, modules) {
            const { localization } = modules.get("@web/core/l10n/localization");
            jalali.wrapExports("@web/core/l10n/dates", dates, {
                parseDate: readDate(dates, localization),
                parseDateTime: readDateTime(dates, localization, "dateTimeFormat"),
                getLocalYearAndWeek: numberWeek(localization),
            });
        },
    });

    jalali.aroundModule("@web/core/l10n/time", {
        after(time) {
            jalali.wrapExports("@web/core/l10n/time", time, {
                parseTime:
                    (stock) =>
                    (value, ...args) =>
                        stock(jalali.toLatinDigits(value), ...args),
            });
        },
    });

    // The picker puts the old value back without a word when a text is no date: hand it
    // parsers that tell the user why.
    jalali.aroundModule("@web/core/datetime/datetimepicker_service", {
        before(modules) {
            const dates = modules.get("@web/core/l10n/dates");
            const silent = Object.fromEntries(
                PARSERS.map((name) => [name, dates[name]])
            );
            for (const name of PARSERS) {
                dates[name] = (...args) => {
                    try {
                        return silent[name](...args);
                    } catch (error) {
                        jalali.onRefused?.(error.message);
                        throw error;
                    }
                };
            }
            return () => Object.assign(dates, silent);
        },
    });

    jalali.aroundModule("@web/search/utils/dates", {
        after(searchDates, modules) {
            const { localization } = modules.get("@web/core/l10n/localization");
            jalali.wrapExports("@web/search/utils/dates", searchDates, {
                // Odoo swaps month and year for right-to-left; the text needs no help.
                constructDateDomain:
                    (stock) =>
                    (...args) => {
                        const { direction } = localization;
                        localization.direction = "ltr";
                        try {
                            return stock(...args);
                        } finally {
                            localization.direction = direction;
                        }
                    },
            });
        },
    });

    jalali.aroundModule("@web/views/calendar/utils", {
        after(utils) {
            jalali.wrapExports("@web/views/calendar/utils", utils, {
                getFormattedDateSpan: (stock) => (start, end) =>
                    start.hasSame(end, "month") && !start.hasSame(end, "day")
                        ? `${start.toFormat("d")} – ${end.toFormat("d MMMM yyyy")}`
                        : stock(start, end),
            });
        },
    });
})(odoo.jalali);
