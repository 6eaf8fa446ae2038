import { describe, expect, test } from "@odoo/hoot";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { activateJalali } from "./jalali_test_helpers";

describe.current.tags("headless");

const { DateTime, Settings } = luxon;
const METHODS = ["set", "plus", "minus", "toFormat"];
const GETTERS = ["year", "month", "day", "quarter", "ordinal"];

const functionsOf = (owner) => [
    ...METHODS.map((name) => owner[name]),
    ...GETTERS.map((name) => Object.getOwnPropertyDescriptor(owner, name).get),
    DateTime.fromFormat,
    DateTime.now().loc.constructor.prototype.months,
];

test("nothing of luxon is touched while the calendar is Gregorian", () => {
    expect(odoo.jalali.active).toBe(false);
    for (const fn of functionsOf(DateTime.prototype)) {
        expect(fn.toString()).not.toInclude("isJalali");
    }
    expect(Settings.defaultOutputCalendar).not.toBe("persian");
    expect(DateTime.fromISO("2025-11-22").year).toBe(2025);
});

test("switching off gives every function back", () => {
    const stock = functionsOf(DateTime.prototype);
    const { defaultNumberingSystem, defaultOutputCalendar } = Settings;
    odoo.jalali.activate({ digits: "arabext" });
    functionsOf(DateTime.prototype).forEach((fn, i) => expect(fn).not.toBe(stock[i]));
    odoo.jalali.deactivate();
    functionsOf(DateTime.prototype).forEach((fn, i) => expect(fn).toBe(stock[i]));
    expect(Settings.defaultNumberingSystem).toBe(defaultNumberingSystem);
    expect(Settings.defaultOutputCalendar).toBe(defaultOutputCalendar);
});

test("a place that Odoo no longer has is named once and left alone", () => {
    patchWithCleanup(console, { warn: (message) => expect.step(message) });
    activateJalali();
    const target = { kept: () => "stock" };
    const check = () =>
        odoo.jalali.checkPoints("Test.Target", target, ["kept", "gone"]);
    expect(check()).toBe(false);
    expect(check()).toBe(false);
    odoo.jalali.wrapExports("Test.Module", target, {
        kept: () => () => "ours",
        lost: {},
    });
    expect(target.kept()).toBe("stock");
    expect.verifySteps([
        "Jalali calendar: Test.Target.gone is not there, this part stays Gregorian",
        "Jalali calendar: Test.Module.lost is not there, this part stays Gregorian",
    ]);
});

test("luxon stays whole when a single function of it is missing", () => {
    patchWithCleanup(console, { warn: (message) => expect.step(message) });
    const part = { label: "Test.luxon", owner: {}, replacements: { gone: () => {} } };
    patchWithCleanup(odoo.jalali, { luxonParts: [...odoo.jalali.luxonParts, part] });
    odoo.jalali.activate();
    expect(odoo.jalali.active).toBe(false);
    expect(DateTime.fromISO("2025-11-22").year).toBe(2025);
    expect.verifySteps([
        "Jalali calendar: Test.luxon.gone is not there, this part stays Gregorian",
    ]);
});

test("another language keeps its digits and names", () => {
    activateJalali();
    const date = DateTime.fromISO("2025-11-22").setLocale("en-US");
    expect(date.toFormat("d MMMM yyyy")).toBe("1 Azar 1404");
});
