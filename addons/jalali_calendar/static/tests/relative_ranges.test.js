import { expect, test, describe } from "@odoo/hoot";
import { domainFromTree } from "@web/core/tree_editor/domain_from_tree";
import { condition } from "@web/core/tree_editor/condition_tree";
import { treeFromDomain } from "@web/core/tree_editor/tree_from_domain";
import { usePersianReader } from "./jalali_test_helpers";

describe.current.tags("headless");

const options = { getFieldDef: () => ({ type: "date" }) };
const ranges = {
    today: ["today", "today +1d"],
    "last 7 days": ["today -7d", "today"],
    "month to date": ["today =1jd", "today +1d"],
    "last month": ["today =1jd -1jm", "today =1jd"],
    "year to date": ["today =1jm =1jd", "today +1d"],
    "last 12 months": ["today =1jd -12jm", "today =1jd"],
};
const treeOf = (range) => condition("day", "in range", ["date", range, false, false]);
const domainOf = (from, to) => `["&", ("day", ">=", "${from}"), ("day", "<", "${to}")]`;

describe("a reader of the Jalali calendar", () => {
    usePersianReader();

    test("ranges of the filter editor are Jalali, there and back", () => {
        for (const [range, bounds] of Object.entries(ranges)) {
            const domain = domainFromTree(treeOf(range));
            expect(domain).toBe(domainOf(...bounds));
            expect(treeFromDomain(domain, options)).toEqual(treeOf(range));
        }
    });

    test("a range inside a related record is Jalali, too", () => {
        const range = ["date", "last month", false, false];
        const domain = domainFromTree(condition("parent.day", "in range", range));
        expect(domain).toInclude("today =1jd -1jm");
    });
});

test("ranges of a Gregorian reader are Odoo's own", () => {
    expect(domainFromTree(treeOf("last month"))).toBe(
        domainOf("today =1d -1m", "today =1d")
    );
});
