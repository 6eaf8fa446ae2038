// @odoo-module ignore
/** Month names of the Persian calendar, in its own order, in any language. */
(function (jalali) {
    "use strict";

    const { DateTime } = luxon;
    const MONTHS = [...Array(12).keys()];
    const ANY_YEAR = 1404;
    const MIDDLE_DAY = 15;

    const names = new Map();
    const english = new Map();

    /** Read the names off one day in the middle of each month. */
    function monthNames(locale, length) {
        const key = `${locale.intl} ${length}`;
        if (!names.has(key)) {
            const dates = MONTHS.map((month) => {
                const date = jalali.toGregorian(ANY_YEAR, month + 1, MIDDLE_DAY);
                return DateTime.utc(date.year, date.month, date.day);
            });
            names.set(
                key,
                dates.map((date) => locale.extract(date, { month: length }, "month"))
            );
        }
        return names.get(key);
    }

    jalali.luxonParts.push({
        label: "luxon.Locale",
        owner: DateTime.now().loc.constructor.prototype,
        replacements: {
            months: (stock) =>
                function (length, format) {
                    return this.outputCalendar === "persian"
                        ? monthNames(this, length)
                        : stock.call(this, length, format);
                },
            // Stock luxon asks Intl anew for every single token it formats.
            isEnglish: (stock) =>
                function () {
                    if (!english.has(this.locale)) {
                        english.set(this.locale, stock.call(this));
                    }
                    return english.get(this.locale);
                },
        },
    });
})(odoo.jalali);
