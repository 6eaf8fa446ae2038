import { countOps, countPhotos, countVisits } from "@audit_checklist/item_card/counts";
import { apart, dotted } from "@audit_checklist/field/words";
import { afterEach, describe, expect, test } from "@odoo/hoot";
import { allowTranslations } from "@web/../tests/web_test_helpers";

describe.current.tags("headless");

const { documentElement } = document;
const { dir } = documentElement;
afterEach(() => (documentElement.dir = dir));

test("a range beside a name runs as the page does", () => {
    documentElement.dir = "ltr";
    expect(dotted(["ثبت احوال", "", "9:34–10:58"])).toBe(
        "\u2066ثبت احوال\u2069 · \u20669:34–10:58\u2069"
    );
    documentElement.dir = "rtl";
    expect(dotted(["9:34–10:58"])).toBe("\u20679:34–10:58\u2069");
});

test("a name within a sentence runs by itself, and none is nothing", () => {
    expect(apart("نرگس")).toBe("\u2068نرگس\u2069");
    expect(apart("")).toBe("");
});

test("one is no plural", () => {
    allowTranslations();
    expect([1, 2, 0].map((count) => String(countVisits(count)))).toEqual([
        "1 visit",
        "2 visits",
        "0 visits",
    ]);
    expect(String(countPhotos(1))).toBe("1 photo");
    expect(String(countOps(1))).toBe("1 operation");
});
