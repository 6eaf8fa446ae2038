// @odoo-module ignore
/**
 * Reads a date the way people type it.
 *
 * `readInput` gives { date } or { refused }, the reason why the text is no date. It
 * never guesses: 1404/12/30 is refused because Esfand 1404 has 29 days. It gives
 * null for what is not a written date at all, such as `+3d`.
 */
(function (jalali) {
    "use strict";

    const { DateTime, Info } = luxon;
    const MIN_MONTH_LETTERS = 3;

    const PERSIAN_MONTHS = [
        ["فروردین"],
        ["اردیبهشت"],
        ["خرداد"],
        ["تیر"],
        ["مرداد", "امرداد"],
        ["شهریور"],
        ["مهر"],
        ["ابان"],
        ["اذر"],
        ["دی"],
        ["بهمن"],
        ["اسفند"],
    ];
    const WEEKDAYS = /(یک|دو|سه|چهار|پنج)?\s*شنبه|جمعه|ادینه/g;
    const RELATIVE_WORDS = {
        امروز: "today",
        دیروز: "today -1d",
        فردا: "today +1d",
        پسفردا: "today +2d",
        اکنون: "now",
        الان: "now",
    };

    const CLOCK =
        /(?:^|[\sT]+)(?:ساعت\s*)?(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?\s*(am|pm|ق\.?ظ\.?|ب\.?ظ\.?|قبل ?از ?ظهر|بعد ?از ?ظهر|صبح|عصر)?$/i;
    /** One to three numbers, all separated in the same way. */
    const NUMBERS = /^\d+(?:(\s*[/\-.]\s*|\s)\d+(?:\1\d+)?)?$/;
    /** Words around the month and the year that say nothing new. */
    const FILLERS = /(?<=\S)\s*ماه(?=\s|\d|$)|سال(?=\s|\d)/g;
    const AFTERNOON = /^(pm|ب|ع)/i;

    /** Fold what keyboards write differently; the digits become Latin. */
    function fold(text) {
        return jalali
            .toLatinDigits(text)
            .replace(/ي|ى/g, "ی")
            .replace(/ك/g, "ک")
            .replace(/آ|أ|إ/g, "ا")
            .replace(/\u200c/g, "")
            .replace(/[،,\u00a0]/g, " ")
            .replace(/\s+/g, " ")
            .trim();
    }

    /** Give the hour of the day, or NaN for one the half of the day does not have. */
    function readHour(written, half) {
        if (!half || written >= 24) {
            return written;
        }
        if (AFTERNOON.test(half)) {
            return (written % 12) + 12;
        }
        return written > 12 ? NaN : written % 12;
    }

    /** Split off a clock at the end; hours it cannot have make the text unreadable. */
    function splitClock(text) {
        const match = CLOCK.exec(text);
        if (!match) {
            return { rest: text, clock: {} };
        }
        const [found, hourText, minute, second = 0, half] = match;
        const hour = readHour(Number(hourText), half);
        const clock = { hour, minute: Number(minute), second: Number(second) };
        const isClock = hour < 24 && clock.minute < 60 && clock.second < 60;
        return {
            rest: text.slice(0, -found.length).trim(),
            clock,
            unreadable: !isClock,
        };
    }

    /** Give the order of year, month and day in a luxon format, such as "ymd". */
    function orderOf(format) {
        const letters = format.replace(/'[^']*'/g, "").replace(/L/g, "M");
        return [...new Set(letters.match(/[yMd]/g) || [])].join("").toLowerCase();
    }

    /** Name three numbers: one of three or four digits is the year. */
    function nameThree(numbers, order) {
        const isYear = (text) => text.length >= 3;
        if (isYear(numbers[0])) {
            return ["year", "month", "day"];
        }
        if (isYear(numbers[2])) {
            return order.startsWith("m")
                ? ["month", "day", "year"]
                : ["day", "month", "year"];
        }
        const names = { y: "year", m: "month", d: "day" };
        const named = [...order].map((letter) => names[letter]);
        return named.length === 3 ? named : ["year", "month", "day"];
    }

    /** Name one or two numbers: a day, or a month and a day in the order of the format. */
    function nameShort(numbers, order) {
        if (numbers.length === 1) {
            return ["day"];
        }
        return order.indexOf("d") < order.indexOf("m")
            ? ["day", "month"]
            : ["month", "day"];
    }

    /** Cut digits written without separators: 14050901, 050901 or 0901. */
    function cutDigits(text) {
        const lengths = { 8: [4, 2, 2], 6: [2, 2, 2], 4: [2, 2] }[text.length];
        // 1405 is a year without its month rather than the 5th of a 14th month.
        if (!lengths || (text.length === 4 && Number(text.slice(0, 2)) > 12)) {
            return [text];
        }
        let start = 0;
        return lengths.map((length) => text.slice(start, (start += length)));
    }

    /** Say whether a number can stand in a date: 0405 and 14055 are slips. */
    const isPart = (number) => number.length <= 4 && !/^0\d{2,}$/.test(number);
    /** 00 may be 1400, but there is no year 0. */
    const isYear = (number) => number !== "0";

    function readNumbers(text, order) {
        if (!NUMBERS.test(text)) {
            return null;
        }
        let numbers = text.match(/\d+/g);
        if (numbers.length === 1) {
            numbers = cutDigits(numbers[0]);
            order = "ymd";
        }
        const hasYear = numbers.length === 3;
        if (!numbers.every(hasYear ? isPart : (number) => number.length <= 2)) {
            return null;
        }
        const names =
            numbers.length === 3
                ? nameThree(numbers, order)
                : nameShort(numbers, order);
        if (!isYear(numbers[names.indexOf("year")])) {
            return null;
        }
        return Object.fromEntries(names.map((name, i) => [name, Number(numbers[i])]));
    }

    /** Find a month by its Persian name or by its name in the reader's language. */
    function findMonth(word) {
        const local = Info.months("long", { outputCalendar: "persian" });
        const index = PERSIAN_MONTHS.findIndex(
            (names, i) => names.includes(word) || isNameOf(local[i], word)
        );
        return index + 1;
    }

    function isNameOf(name, word) {
        const [full, typed] = [fold(name).toLowerCase(), word.toLowerCase()];
        return (
            full === typed ||
            (typed.length >= MIN_MONTH_LETTERS &&
                /^[a-z]/.test(typed) &&
                full.startsWith(typed))
        );
    }

    /** Read `1 Azar 1405`, `Azar 1` and `1405 Azar 1`, a weekday before it or not. */
    function readNamed(text) {
        const bare = text.replace(WEEKDAYS, " ").replace(FILLERS, " ");
        const words = bare.match(/\d+|[^\d\s/\-.]+/g) || [];
        const months = words.map((word) => (/\d/.test(word) ? 0 : findMonth(word)));
        const names = words.filter((word) => !/\d/.test(word));
        const numbers = words.filter((word) => /\d/.test(word));
        if (
            names.length !== 1 ||
            !months.some(Boolean) ||
            ![1, 2].includes(numbers.length)
        ) {
            return null;
        }
        const yearFirst = numbers[0].length > 2;
        const [day, year] = yearFirst ? [numbers[1], numbers[0]] : numbers;
        if (day === undefined) {
            return null;
        }
        const read = { month: months.find(Boolean), day: Number(day) };
        return year === undefined ? read : { ...read, year: Number(year) };
    }

    function fill({ year, month, day }) {
        const now = DateTime.now();
        return {
            year: year === undefined ? now.year : jalali.fullYear(year),
            month: month ?? now.month,
            day,
        };
    }

    /** Say which rule of its calendar a date breaks. */
    function refusal(parts) {
        if (parts.month < 1 || parts.month > 12) {
            return { reason: "month", ...parts };
        }
        return {
            reason: jalali.isGregorianYear(parts.year) ? "gregorian" : "day",
            ...parts,
        };
    }

    function toDate(read, clock, options) {
        const parts = fill(read);
        const date = jalali.isGregorianYear(parts.year)
            ? DateTime.fromObject({ ...parts, ...clock }, options)
            : jalali.fromJalali(parts, clock, options);
        return date.isValid ? { date } : { refused: refusal(parts) };
    }

    /** Replace the Persian word for today and its like by what Odoo understands. */
    function translateRelative(text) {
        const [word, ...rest] = fold(text).split(" ");
        return [RELATIVE_WORDS[word] || word, ...rest].join(" ");
    }

    const STEPS = { d: "days", w: "weeks", m: "months", y: "years" };
    const PARTS = { d: "day", m: "month", y: "year" };

    const DAY_TERMS = /([+\-=])(\d+)([dwmy]?)(?![\da-zA-Z])/g;

    /** Say whether every day that a relative date passes exists: not =31d in Azar. */
    function passesDays(text) {
        let date = DateTime.now();
        for (const [, sign, digits, unit] of text.matchAll(DAY_TERMS)) {
            const number = Number(digits);
            if (sign !== "=") {
                const step = sign === "+" ? number : -number;
                date = date.plus({ [STEPS[unit || "d"]]: step });
                continue;
            }
            const last = { d: date.daysInMonth, m: 12 }[unit || "d"] ?? Infinity;
            if (number < 1 || number > last) {
                return false;
            }
            date = date.set({ [PARTS[unit || "d"]]: number });
        }
        return date.isValid;
    }

    /** `today`, `+3d`, `today =1d -1m`, but not -1405/9/1. */
    const isRelative = (text) => /^(?=.)(today|now)?(\s*[+\-=]\s?\w+)*$/.test(text);
    /** A moment as machines write it; its calendar can only be the Gregorian one. */
    const isTimestamp = (text) => /^(1[7-9]|[2-9]\d)\d\d-\d\d-\d\d[T ].*\d/.test(text);

    function readInput(text, { format, zone }) {
        const folded = translateRelative(text);
        if (isRelative(folded)) {
            return passesDays(folded) ? null : { refused: { reason: "text" } };
        }
        const { rest, clock, unreadable } = splitClock(folded);
        const read = unreadable
            ? null
            : readNumbers(rest, orderOf(format)) || readNamed(rest);
        if (!read && isTimestamp(folded)) {
            return null;
        }
        return read ? toDate(read, clock, { zone }) : { refused: { reason: "text" } };
    }

    Object.assign(jalali, { readInput, translateRelative });
})(odoo.jalali);
