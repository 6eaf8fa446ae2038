import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { mockDate } from "@odoo/hoot-mock";
import {
    constructDateDomain,
    getIntervalOptions,
    getPeriodOptions,
} from "@web/search/utils/dates";
import { setLocalization, usePersianReader } from "./jalali_test_helpers";

describe.current.tags("headless");
usePersianReader();
beforeEach(setLocalization);

const optionsParams = {
    customOptions: [],
    endMonth: 0,
    endYear: 0,
    startMonth: -2,
    startYear: -2,
};
const itemOf = (fieldType) => ({
    fieldName: "day",
    fieldType,
    optionsParams,
    type: "dateFilter",
});
const now = () => luxon.DateTime.now();
const read = (ids, fieldType = "date") => {
    const { description, domain } = constructDateDomain(now(), itemOf(fieldType), ids);
    return [description, domain.toList()];
};
const between = (from, to) => ["&", ["day", ">=", from], ["day", "<=", to]];

test("filters offer Jalali months, seasons and years", () => {
    const offered = getPeriodOptions(now(), optionsParams).map(({ description }) =>
        String(description)
    );
    expect(offered).toEqual([
        "آذر",
        "آبان",
        "مهر",
        "Winter",
        "Autumn",
        "Summer",
        "Spring",
        "۱۴۰۵",
        "۱۴۰۴",
        "۱۴۰۳",
    ]);
});

test("a month, a season and a year are sent as Gregorian days", () => {
    expect(read(["month", "year"])).toEqual([
        "آذر ۱۴۰۵",
        between("2026-11-22", "2026-12-21"),
    ]);
    expect(read(["first_quarter", "year"])).toEqual([
        "Spring ۱۴۰۵",
        between("2026-03-21", "2026-06-21"),
    ]);
    expect(read(["fourth_quarter", "year-2"])).toEqual([
        "Winter ۱۴۰۳",
        between("2024-12-21", "2025-03-20"),
    ]);
    expect(read(["year-1"])).toEqual(["۱۴۰۴", between("2025-03-21", "2026-03-20")]);
});

test("a datetime field gets the bounds of Tehran in UTC", () => {
    expect(read(["month", "year"], "datetime")).toEqual([
        "آذر ۱۴۰۵",
        between("2026-11-21 20:30:00", "2026-12-21 20:29:59"),
    ]);
});

test("months of the last year are offered in Farvardin", () => {
    mockDate("2026-03-25T08:00:00");
    const [farvardin, esfand, bahman] = getPeriodOptions(now(), optionsParams);
    expect(String(farvardin.description)).toBe("فروردین");
    expect(farvardin.defaultYearId).toBe("year");
    expect(String(esfand.description)).toBe("اسفند");
    expect(esfand.defaultYearId).toBe("year-1");
    expect(String(bahman.description)).toBe("بهمن");
    expect(read([esfand.id, esfand.defaultYearId])).toEqual([
        "اسفند ۱۴۰۴",
        between("2026-02-20", "2026-03-20"),
    ]);
    expect(read([farvardin.id, farvardin.defaultYearId])).toEqual([
        "فروردین ۱۴۰۵",
        between("2026-03-21", "2026-04-20"),
    ]);
});

test("the last minute of a leap year lies in Esfand", () => {
    mockDate("2025-03-20T20:29:59");
    expect(read(["month", "year"])).toEqual([
        "اسفند ۱۴۰۳",
        between("2025-02-19", "2025-03-20"),
    ]);
    mockDate("2025-03-20T20:30:00");
    expect(read(["month", "year"])).toEqual([
        "فروردین ۱۴۰۴",
        between("2025-03-21", "2025-04-20"),
    ]);
    expect(read(["first_quarter", "year"], "datetime")).toEqual([
        "Spring ۱۴۰۴",
        between("2025-03-20 20:30:00", "2025-06-21 20:29:59"),
    ]);
});

test("the month before a 31st is found", () => {
    mockDate("2026-09-22T08:00:00"); // 31 Shahrivar
    const [shahrivar, mordad] = getPeriodOptions(now(), optionsParams);
    expect(String(shahrivar.description)).toBe("شهریور");
    expect(String(mordad.description)).toBe("مرداد");
    mockDate("2026-10-22T08:00:00"); // 30 Mehr
    expect(String(getPeriodOptions(now(), optionsParams)[1].description)).toBe(
        "شهریور"
    );
});

test("groups are offered by season", () => {
    const offered = getIntervalOptions().map(({ description }) => description);
    expect(offered).toEqual(["Year", "Season", "Month", "Week", "Day"]);
});

test("a Gregorian reader keeps quarters", () => {
    odoo.jalali.deactivate();
    const intervals = getIntervalOptions().map(({ description }) => description);
    expect(intervals).toInclude("Quarter");
    const offered = getPeriodOptions(now(), optionsParams).map(({ description }) =>
        String(description)
    );
    expect(offered.slice(3, 7)).toEqual(["Q4", "Q3", "Q2", "Q1"]);
});
