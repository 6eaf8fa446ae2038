import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { mockDate } from "@odoo/hoot-mock";
import { SearchArchParser } from "@web/search/search_arch_parser";
import { constructDateDomain } from "@web/search/utils/dates";
import { setLocalization, usePersianReader } from "./jalali_test_helpers";

describe.current.tags("headless");
usePersianReader();
beforeEach(setLocalization);

const FIELDS = {
    day: { name: "day", type: "date", string: "Day" },
    moment: { name: "moment", type: "datetime", string: "Moment" },
    ref: { name: "ref", type: "char", string: "Reference" },
    parent_id: { name: "parent_id", type: "many2one", string: "Parent" },
};

function parse(filters) {
    const view = { arch: `<search>${filters}</search>`, irFilters: [] };
    return new SearchArchParser(view, FIELDS).parse().preSearchItems.flat();
}

function domainOf(domain) {
    const text = domain.replaceAll("<", "&lt;").replaceAll('"', "&quot;");
    return parse(`<filter name="f" string="F" domain="${text}"/>`)[0].domain;
}

test("months of ready filters are months of the Jalali calendar", () => {
    for (const [stock, own] of Object.entries({
        "[('day', '>=', '-2m =1d')]": "[('day', '>=', '-2jm =1jd')]",
        "[('day', '>=', '=1d'), ('day', '<', '=1d +1m')]":
            "[('day', '>=', '=1jd'), ('day', '<', '=1jd +1jm')]",
        '[("moment", ">=", "today =1m =1d -1y")]':
            '[("moment", ">=", "today =1jm =1jd -1jy")]',
        "[('parent_id.birthday', '>', 'today -1m')]":
            "[('parent_id.birthday', '>', 'today -1jm')]",
        "[['day', '=', 'today =1d +1d']]": "[['day', '=', 'today =1jd +1d']]",
    })) {
        expect(domainOf(stock)).toBe(own);
    }
});

test("what is no month of the reader stays as it is", () => {
    for (const domain of [
        "[('day', '>=', 'today -7d'), ('moment', '<', '-24H')]",
        "[('day', '>=', '=week_start +1w')]",
        "[('moment', '<', '-5M')]",
        "[('ref', '=', '-1m')]",
        "[('day', '=', '2026-01-01')]",
        "[('day', '>=', 'today =2026y =1m =1d')]",
        "[('day', '>=', 'today =4m =1d')]",
        "[('day', '>=', (context_today() + relativedelta(months=-1)).strftime('%Y-%m-%d'))]",
    ]) {
        expect(domainOf(domain)).toBe(domain);
    }
});

const DATE_FILTER = `
    <filter name="f" string="F" date="day">
        <filter name="recent" string="Recent" domain="[('day', '>', 'today -1m')]"/>
    </filter>`;
const optionsOf = (item) => item.optionsParams.customOptions;

test("filters offer the weeks from Saturday", () => {
    const [item] = parse(DATE_FILTER);
    expect(optionsOf(item).map(({ id }) => id)).toEqual([
        "custom_recent",
        "custom_jalali_this_week",
        "custom_jalali_last_week",
    ]);
    expect(optionsOf(item)[0].domain).toBe("[('day', '>', 'today -1jm')]");
    const read = (id, chosen = item) => {
        const now = luxon.DateTime.now();
        return constructDateDomain(now, chosen, [id]).domain.toList();
    };
    expect(read("custom_jalali_this_week")).toEqual([
        "&",
        ["day", ">=", "2026-11-21"],
        ["day", "<=", "2026-11-27"],
    ]);
    const [moments] = parse(`<filter name="f" string="F" date="moment"/>`);
    expect(read("custom_jalali_last_week", moments)).toEqual([
        "&",
        ["moment", ">=", "2026-11-13 20:30:00"],
        ["moment", "<=", "2026-11-20 20:29:59"],
    ]);
    mockDate("2026-03-20T21:00:00"); // Saturday, 1 Farvardin, for half an hour
    const [nowruz] = parse(DATE_FILTER);
    expect(read("custom_jalali_this_week", nowruz)[1][2]).toBe("2026-03-21");
});

test("a Gregorian reader keeps his filters", () => {
    odoo.jalali.deactivate();
    const [item] = parse(DATE_FILTER);
    expect(optionsOf(item)).toHaveLength(1);
    expect(optionsOf(item)[0].domain).toBe("[('day', '>', 'today -1m')]");
    expect(domainOf("[('day', '>=', '-2m =1d')]")).toBe("[('day', '>=', '-2m =1d')]");
});
