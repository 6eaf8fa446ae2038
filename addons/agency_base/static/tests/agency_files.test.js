import { beforeEach, expect, test } from "@odoo/hoot";
import { allowTranslations } from "@web/../tests/web_test_helpers";
import { refusalOf } from "@agency_base/files/agency_files";

beforeEach(() => allowTranslations());

test("an empty file is refused before it is sent", () => {
    expect(String(refusalOf({ name: "answer.pdf", size: 0 }))).toMatch(/answer\.pdf/);
});

test("a program and a file too large are refused before they are sent", () => {
    expect(String(refusalOf({ name: "answer.exe", size: 5 }))).toMatch(/answer\.exe/);
    expect(String(refusalOf({ name: "pdf", size: 5 }))).toMatch(/pdf/);
    const large = { name: "answer.pdf", size: 30 * 1024 * 1024 };
    expect(String(refusalOf(large))).toMatch(/(30|۳۰).*(10|۱۰)/);
    expect(refusalOf({ name: "answer.PDF", size: 10 * 1024 * 1024 })).toBe("");
});
