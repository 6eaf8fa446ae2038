import { describe, expect, test } from "@odoo/hoot";
import { commandOf } from "@service_desk/counter/counter_keys";
import { CounterVisit } from "@service_desk/counter/counter_visit";
import {
    isMobile,
    isNationalCode,
    onlyDigits,
    searchKey,
} from "@service_desk/counter/texts";

describe.current.tags("headless");

const SERVICES = [
    {
        id: 7,
        number: 1,
        code: "13021042",
        name: "گواهی نداشتن زمین",
        search: searchKey("گواهی نداشتن زمین"),
        mode: "intake",
        is_open: true,
        cost: 100,
        documents: [
            { id: 1, form: "seen", mandatory: true, condition: "" },
            { id: 2, form: "copy", mandatory: true, condition: "" },
            { id: 3, form: "agency", mandatory: true, condition: "" },
            { id: 4, form: "copy", mandatory: true, condition: "وکیل آمده" },
        ],
    },
    {
        id: 8,
        number: 2,
        code: "13021050",
        name: "گواهی تجرد",
        search: searchKey("گواهی تجرد"),
        mode: "on_the_spot",
        is_open: false,
        cost: 0,
        documents: [],
    },
];

function visitWithService() {
    const visit = new CounterVisit(SERVICES);
    visit.add(SERVICES[0]);
    return visit;
}

test("the check digit of a national code decides, in digits of any script", () => {
    expect(isNationalCode("0076229645")).toBe(true);
    expect(isNationalCode("۰۰۷-۶۲۲۹۶۴-۵")).toBe(true);
    expect(isNationalCode("0076229646")).toBe(false);
    expect(isNationalCode("1111111111")).toBe(false);
    expect(isNationalCode("")).toBe(false);
});

test("what is served elsewhere is found by name or code and has no number", () => {
    const other = {
        id: 9,
        code: "13021099",
        name: "گواهی پایان کار",
        search: searchKey("گواهی پایان کار"),
        is_open: false,
        reason: "در میز دیگر",
    };
    const visit = new CounterVisit(SERVICES, [other]);
    expect(visit.find("گوا").map((hit) => hit.id)).toEqual([7, 8, 9]);
    expect(visit.find("9")).toEqual([]);
    expect(visit.find("13021099").map((hit) => hit.id)).toEqual([9]);
    expect(visit.toDraft().elsewhere).toBe(undefined);
});

test("digits are cleaned and mobiles recognised", () => {
    expect(onlyDigits("۰۹۱۲ ٣٤٥-۶۷۸۹")).toBe("09123456789");
    expect(onlyDigits("12a")).toBe("");
    expect(isMobile("0912 345 6789")).toBe(true);
    expect(isMobile("0912")).toBe(false);
});

test("a service is found by two letters of any spelling, open ones first", () => {
    const visit = new CounterVisit(SERVICES);
    expect(visit.find("گ")).toEqual([]);
    expect(visit.find("گواهي").map((s) => s.id)).toEqual([7, 8]);
    expect(visit.find("زمین گوا").map((s) => s.id)).toEqual([7]);
});

test("a service is found by its number or the beginning of its code", () => {
    const visit = new CounterVisit(SERVICES);
    expect(visit.find("۲").map((s) => s.id)).toEqual([8]);
    expect(visit.find("130210").map((s) => s.id)).toEqual([7, 8]);
});

test("what the agency obtains has no box and is never missing", () => {
    const visit = visitWithService();
    expect(visit.boxes(visit.line).map((d) => d.id)).toEqual([1, 2]);
    expect(visit.missingCount).toBe(2);
    visit.tickAll(visit.line);
    expect(visit.missingCount).toBe(0);
});

test("a condition that holds adds its document, and one that does not takes it away", () => {
    const visit = visitWithService();
    const [question] = visit.questions(visit.line);
    visit.answer(visit.line, question, true);
    expect(visit.missingCount).toBe(3);
    visit.answer(visit.line, question, false);
    expect(visit.missingCount).toBe(2);
});

test("the same service is not added twice", () => {
    const visit = visitWithService();
    visit.add(SERVICES[0]);
    expect(visit.lines.length).toBe(1);
});

test("nothing is registered without a client and a service", () => {
    const visit = visitWithService();
    expect(visit.canRegister).toBe(false);
    visit.client = { partner_id: false };
    visit.name = "زهرا";
    expect(visit.canRegister).toBe(true);
    visit.mobile = "0912";
    expect(visit.canRegister).toBe(false);
});

test("a draft comes back, without services that are no longer offered", () => {
    const visit = visitWithService();
    visit.name = "زهرا";
    const draft = JSON.parse(JSON.stringify(visit.toDraft()));
    const same = new CounterVisit(SERVICES);
    same.restore(draft);
    expect(same.name).toBe("زهرا");
    expect(same.key).toBe(visit.key);
    expect(same.lines.length).toBe(1);
    const other = new CounterVisit([SERVICES[1]]);
    other.restore(draft);
    expect(other.lines.length).toBe(0);
});

test("each visit has a key of its own", () => {
    const visit = new CounterVisit(SERVICES);
    const { key } = visit;
    visit.reset();
    expect(visit.key).not.toBe(key);
});

test("single keys are commands only outside text", () => {
    const input = document.createElement("input");
    input.value = "زهرا";
    const button = document.createElement("button");
    const press = (key, target, more = {}) => commandOf({ key, target, ...more });
    expect(press("*", button)).toEqual({ name: "all" });
    expect(press("*", input)).toBe(null);
    expect(press("+", input)).toBe(null);
    expect(press("۳", button)).toEqual({ name: "digit", digit: 3 });
    expect(press("3", input)).toBe(null);
    expect(press("Enter", input, { ctrlKey: true })).toEqual({ name: "register" });
    expect(press("Escape", input)).toEqual({ name: "back" });
});
