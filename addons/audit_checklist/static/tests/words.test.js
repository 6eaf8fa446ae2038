import { apart, dotted } from "@audit_checklist/field/words";
import { afterEach, describe, expect, test } from "@odoo/hoot";

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
