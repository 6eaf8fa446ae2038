import { describe, expect, test } from "@odoo/hoot";
import {
    counted,
    isolated,
    listed,
    localDigits,
    toLatin,
} from "@agency_base/words/words";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { user } from "@web/core/user";

describe.current.tags("headless");

const readIn = (lang) => patchWithCleanup(user, { lang });

test("digits of any script are read, and shown in those of the reader", () => {
    expect(toLatin("۱۴۰۵/٠٩")).toBe("1405/09");
    readIn("en-US");
    expect(localDigits(12)).toBe("12");
    readIn("fa-IR");
    expect(localDigits(12)).toBe("۱۲");
});

test("one of what is counted is told from many", () => {
    readIn("en-US");
    expect([0, 1, 2].map((n) => counted(n, "1 file", "%s files"))).toEqual([
        "0 files",
        "1 file",
        "2 files",
    ]);
    readIn("fa-IR");
    expect(counted(2, "۱ پرونده", "%s پرونده")).toBe("۲ پرونده");
});

test("a Persian name in an English list leaves the date after it in its place", () => {
    readIn("en-US");
    expect(listed(["Sara", "", "2026/10/11"])).toBe("Sara, 2026/10/11");
    expect(listed(["سارا", "2026/10/11"])).toBe("\u2068سارا\u2069, 2026/10/11");
    expect(`${isolated("سارا")} (7)`).toBe("\u2068سارا\u2069 (7)");
    readIn("fa-IR");
    expect(listed(["سارا", "۱۴۰۵/۰۷/۱۹"])).toBe("سارا، ۱۴۰۵/۰۷/۱۹");
});
