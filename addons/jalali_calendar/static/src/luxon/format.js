// @odoo-module ignore
/**
 * `toFormat` for Jalali dates.
 *
 * The tokens of dates and clocks are written by hand: Intl would be asked once per
 * token and costs ten times as much. All others are left to luxon.
 */
(function (jalali) {
    "use strict";

    const { DateTime } = luxon;
    const TWO = 2;
    const FOUR = 4;

    /** Formats of file names and logs; no language writes its dates like this. */
    const MACHINE_FORMATS = new Set([
        "yyyy-LL-dd_HH-mm",
        "yyyy-LL-dd-HH-mm-ss",
        "HHmmddMMyyyy",
    ]);
    const NUMERIC_TOKENS = {
        y: [({ year }) => year, 1],
        yy: [({ year }) => year % 100, TWO],
        yyyy: [({ year }) => year, FOUR],
        M: [({ month }) => month, 1],
        MM: [({ month }) => month, TWO],
        L: [({ month }) => month, 1],
        LL: [({ month }) => month, TWO],
        d: [({ day }) => day, 1],
        dd: [({ day }) => day, TWO],
        o: [({ ordinal }) => ordinal, 1],
        ooo: [({ ordinal }) => ordinal, 3],
        q: [({ month }) => Math.ceil(month / 3), 1],
        qq: [({ month }) => Math.ceil(month / 3), TWO],
        H: [(_parts, { hour }) => hour, 1],
        HH: [(_parts, { hour }) => hour, TWO],
        m: [(_parts, { minute }) => minute, 1],
        mm: [(_parts, { minute }) => minute, TWO],
        s: [(_parts, { second }) => second, 1],
        ss: [(_parts, { second }) => second, TWO],
    };
    const MONTH_TOKENS = {
        MMM: "short",
        MMMM: "long",
        MMMMM: "narrow",
        LLL: "short",
        LLLL: "long",
        LLLLL: "narrow",
    };
    const DIGITS = { arabext: jalali.toPersianDigits, latn: (text) => text };

    const pieces = new Map();

    /** Split a luxon format into { token } and { literal } pieces. */
    function piecesOf(format) {
        if (!pieces.has(format)) {
            const found = [];
            for (const match of format.matchAll(
                /'([^']*)'?|([a-zA-Z])\2*|[^a-zA-Z']+/g
            )) {
                const [text, quoted, letter] = match;
                found.push(letter ? { token: text } : { literal: quoted ?? text });
            }
            pieces.set(format, found);
        }
        return pieces.get(format);
    }

    function formatPiece({ token, literal }, date, parts, stock) {
        if (literal !== undefined) {
            return literal;
        }
        if (token in NUMERIC_TOKENS) {
            const [pick, length] = NUMERIC_TOKENS[token];
            const number = String(pick(parts, date)).padStart(length, "0");
            return DIGITS[date.loc.numberingSystem](number);
        }
        if (token in MONTH_TOKENS) {
            return date.loc.months(MONTH_TOKENS[token])[parts.month - 1];
        }
        return stock.call(date, token);
    }

    /** Say whether a format is read by a machine: Latin digits or a known format. */
    const isMachineFormat = (format, options) =>
        !options.outputCalendar &&
        (options.numberingSystem === "latn" || MACHINE_FORMATS.has(format));

    function toFormat(stock) {
        return function (format, options = {}) {
            if (!jalali.isJalali(this)) {
                return stock.call(this, format, options);
            }
            if (isMachineFormat(format, options)) {
                const gregorian = {
                    numberingSystem: "latn",
                    outputCalendar: "gregory",
                };
                return stock.call(this.reconfigure(gregorian), format, {
                    ...options,
                    ...gregorian,
                });
            }
            if (Object.keys(options).length || !(this.loc.numberingSystem in DIGITS)) {
                return stock.call(this, format, options);
            }
            const parts = jalali.partsOf(this);
            return piecesOf(format)
                .map((piece) => formatPiece(piece, this, parts, stock))
                .join("");
        };
    }

    jalali.luxonParts.push({
        label: "luxon.DateTime",
        owner: DateTime.prototype,
        replacements: { toFormat },
    });
})(odoo.jalali);
