import { beforeEach, describe, expect, test } from "@odoo/hoot";
import {
    formatDateTime,
    getLocalYearAndWeek,
    parseDate,
    parseDateTime,
    serializeDate,
} from "@web/core/l10n/dates";
import { parseTime } from "@web/core/l10n/time";
import { setLocalization, usePersianReader } from "./jalali_test_helpers";

describe.current.tags("headless");
usePersianReader();
beforeEach(setLocalization);

/** What people type, and the Gregorian date they mean. */
const UNDERSTOOD = {
    "1405/09/01": "2026-11-22",
    "۱۴۰۵/۹/۱": "2026-11-22",
    "١٤٠٥/٠٩/٠١": "2026-11-22",
    "1405-09-01": "2026-11-22",
    "1405.9.1": "2026-11-22",
    14050901: "2026-11-22",
    "05/9/1": "2026-11-22",
    "405/9/1": "2026-11-22",
    "99/12/30": "2021-03-20",
    "1/9/1405": "2026-11-22",
    "9/1": "2026-11-22",
    "۵": "2026-11-26",
    "۱ آذر ۱۴۰۵": "2026-11-22",
    "1 اذر 1405": "2026-11-22",
    "یکشنبه ۱ آذر ۱۴۰۵": "2026-11-22",
    "سه‌شنبه، ۳ آذر ۱۴۰۵": "2026-11-24",
    "۱ آذر": "2026-11-22",
    "۱ آذرماه ۱۴۰۵": "2026-11-22",
    "۱ آذر ماه سال ۱۴۰۵": "2026-11-22",
    "1405 / 9 / 1": "2026-11-22",
    "1405 9 1": "2026-11-22",
    "today =1d -1m": "2026-10-23",
    "آذر ۱ ۱۴۰۵": "2026-11-22",
    "۷ دي ۱۴۰۵": "2026-12-28",
    "1403/12/30": "2025-03-20",
    "2026/11/22": "2026-11-22",
    "۲۰۲۶/۱۱/۲۲": "2026-11-22",
    "22/11/2026": "2026-11-22",
    "+3d": "2026-11-26",
    "+۳d": "2026-11-26",
    "+1m": "2026-12-23",
    "today -1d": "2026-11-22",
    "=0H": "2026-11-23",
    "today =59M": "2026-11-23",
    "=30d": "2026-12-21",
    "=6m =31d": "2026-09-22",
    "+15": "2026-12-08",
    امروز: "2026-11-23",
    فردا: "2026-11-24",
    "1405/09/01 12:30": "2026-11-22",
};

test("dates are understood the way people type them", () => {
    for (const [text, expected] of Object.entries(UNDERSTOOD)) {
        expect(serializeDate(parseDate(text))).toBe(expected, { message: text });
    }
});

test("a time may follow", () => {
    const written = (text) => formatDateTime(parseDateTime(text));
    expect(written("1405/09/01 14:05")).toBe("۱۴۰۵/۰۹/۰۱ ۱۴:۰۵:۰۰");
    expect(written("۱۴۰۵/۹/۱ ۸:۰۵:۰۹")).toBe("۱۴۰۵/۰۹/۰۱ ۰۸:۰۵:۰۹");
    for (const evening of [
        "۸:۳۰ ب.ظ",
        "ساعت ۸:۳۰ عصر",
        "۸:۳۰ بعد از ظهر",
        "20:30 pm",
    ]) {
        expect(written(`۱ آذر ۱۴۰۵، ${evening}`)).toBe("۱۴۰۵/۰۹/۰۱ ۲۰:۳۰:۰۰");
    }
    for (const morning of ["ساعت ۸:۳۰", "۸:۳۰ صبح", "8:30 ق.ظ."]) {
        expect(written(`۱ آذر ۱۴۰۵ ${morning}`)).toBe("۱۴۰۵/۰۹/۰۱ ۰۸:۳۰:۰۰");
    }
    expect(written("1405/09/01")).toBe("۱۴۰۵/۰۹/۰۱ ۰۰:۰۰:۰۰");
});

test("a day that does not exist is refused with the reason and an example", () => {
    const ask = "Write the date like ۱۴۰۵/۰۹/۰۲.";
    const refused = {
        "1404/12/30": `اسفند ۱۴۰۴ has ۲۹ days. ${ask}`,
        "1404-12-30": `اسفند ۱۴۰۴ has ۲۹ days. ${ask}`,
        "۳۱ مهر ۱۴۰۵": `مهر ۱۴۰۵ has ۳۰ days. ${ask}`,
        "1405/13/01": `There is no month ۱۳: a year has 12 months. ${ask}`,
        "1405/00/01": `There is no month ۰: a year has 12 months. ${ask}`,
        "1405/09/00": `آذر ۱۴۰۵ has ۳۰ days. ${ask}`,
        "2026/02/30": `2026/02/30 is not a day of the Gregorian calendar. ${ask}`,
        "1405/9/1/2": `“1405/9/1/2” cannot be read as a date. ${ask}`,
        "-1405/9/1": `“-1405/9/1” cannot be read as a date. ${ask}`,
        "1405/-9/1": `“1405/-9/1” cannot be read as a date. ${ask}`,
        "1405/9-1": `“1405/9-1” cannot be read as a date. ${ask}`,
        "1405//9/1": `“1405//9/1” cannot be read as a date. ${ask}`,
        "0405/9/1": `“0405/9/1” cannot be read as a date. ${ask}`,
        "0001/01/01": `“0001/01/01” cannot be read as a date. ${ask}`,
        "1405/9": `“1405/9” cannot be read as a date. ${ask}`,
        1405: `“1405” cannot be read as a date. ${ask}`,
        "ماه ۵": `“ماه ۵” cannot be read as a date. ${ask}`,
        "1405/9/112:30": `“1405/9/112:30” cannot be read as a date. ${ask}`,
        "1405/9/1 25:00": `“1405/9/1 25:00” cannot be read as a date. ${ask}`,
        "1405/9/1 14:30 ق.ظ": `“1405/9/1 14:30 ق.ظ” cannot be read as a date. ${ask}`,
        "0/9/1": `“0/9/1” cannot be read as a date. ${ask}`,
        "=0d": `“=0d” cannot be read as a date. ${ask}`,
        "=31d": `“=31d” cannot be read as a date. ${ask}`,
        "today =31d -1m": `“today =31d -1m” cannot be read as a date. ${ask}`,
        "=13m": `“=13m” cannot be read as a date. ${ask}`,
        "+9999999y": `“+9999999y” cannot be read as a date. ${ask}`,
        "+3x": `“+3x” cannot be read as a date. ${ask}`,
        دیروزها: `“دیروزها” cannot be read as a date. ${ask}`,
        14055: `“14055” cannot be read as a date. ${ask}`,
    };
    for (const [text, message] of Object.entries(refused)) {
        expect(() => parseDate(text)).toThrow(message, { message: text });
        expect(() => parseDateTime(text)).toThrow(message, { message: text });
    }
});

test("an empty text is no date and no error", () => {
    expect(parseDate("")).toBe(false);
    expect(parseDateTime(false)).toBe(false);
});

test("what is displayed can be typed back", () => {
    const date = luxon.DateTime.fromISO("2024-03-20T00:00:00");
    for (const format of ["yyyy/MM/dd", "d MMMM yyyy", "EEEE d MMMM yyyy", "yy/M/d"]) {
        const text = date.toFormat(format);
        expect(serializeDate(parseDate(text))).toBe("2024-03-20", { message: text });
    }
});

test("the order of day and month is that of the reader's format", () => {
    const read = (text, format) => serializeDate(parseDate(text, { format }));
    expect(read("01/09/1405", "dd/MM/yyyy")).toBe("2026-11-22");
    expect(read("09/01/1405", "MM/dd/yyyy")).toBe("2026-11-22");
    expect(read("1/9", "dd/MM/yyyy")).toBe("2026-11-22");
    expect(read("1/9/05", "dd/MM/yy")).toBe("2026-11-22");
});

test("clocks take Persian digits", () => {
    expect(parseTime("۸:۳۰").hour).toBe(8);
    expect(parseTime("۸:۳۰").minute).toBe(30);
    expect(parseTime("نه")).toBe(null);
});

test("weeks are counted from the one with 1 Farvardin and begin on Saturday", () => {
    const weekOf = (iso) => {
        const { year, week, startDate } = getLocalYearAndWeek(
            luxon.DateTime.fromISO(iso)
        );
        return [year, week, startDate.toISODate()];
    };
    // 1 Farvardin 1405 is a Saturday, 1 Farvardin 1404 a Friday.
    expect(weekOf("2026-03-20")).toEqual([1404, 53, "2026-03-14"]);
    expect(weekOf("2026-03-21")).toEqual([1405, 1, "2026-03-21"]);
    expect(weekOf("2026-03-28")).toEqual([1405, 2, "2026-03-28"]);
    expect(weekOf("2025-03-20")).toEqual([1404, 1, "2025-03-15"]);
    expect(weekOf("2025-03-22")).toEqual([1404, 2, "2025-03-22"]);
});
