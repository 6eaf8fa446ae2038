import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { allowTranslations } from "@web/../tests/web_test_helpers";
import { ConnectionLostError } from "@web/core/network/rpc";
import { CounterFlow } from "@service_desk/counter/counter_flow";
import { obey } from "@service_desk/counter/counter_keys";
import { goOnUnseen } from "@service_desk/counter/counter_unseen";

describe.current.tags("headless");
beforeEach(() => allowTranslations());

const CODE = "0076229645";
const SERVICE = {
    id: 7,
    number: 1,
    code: "13021042",
    name: "گواهی نداشتن زمین",
    search: "گواهینداشتنزمین",
    mode: "intake",
    offer: "assisted",
    is_open: true,
    cost: 0,
    documents: [
        { id: 1, form: "seen", mandatory: true, condition: "" },
        { id: 2, form: "copy", mandatory: true, condition: "" },
    ],
};
const KNOWN = { identifier: CODE, name: "زهرا", partner_id: 3, mobile: "", open: [] };

const OTHER = { ...SERVICE, id: 8, number: 2, code: "13021050", offer: "offered" };

const SCREEN = {
    counter: { id: 1 },
    services: [SERVICE, OTHER],
    elsewhere: [],
    tiles: [7],
};

/** A counter whose server answers with `answers`, one after the other. */
async function counter(...answers) {
    answers.unshift(SCREEN);
    const places = [];
    const call = async () => {
        const answer = answers.shift();
        if (answer instanceof Error) {
            throw answer;
        }
        return answer;
    };
    const flow = new CounterFlow(
        { call, silent: { call } },
        { focus: (place) => places.push(place), print: () => {} }
    );
    await flow.open();
    flow.draft = { save: () => true, clear: () => {} };
    return { flow, places };
}

test("ticking says how many there are, and the last one goes to the button", async () => {
    const { flow, places } = await counter();
    flow.setClient(KNOWN);
    flow.pick(SERVICE);
    obey(flow, { name: "digit", digit: 1 });
    expect(flow.link.said).toMatch(/[1۱].*[2۲]/);
    expect(places.at(-1)).toBe("document-0");
    obey(flow, { name: "digit", digit: 2 });
    expect(places.at(-1)).toBe("register");
});

test("keys of a second service are about its own documents", async () => {
    const { flow, places } = await counter();
    flow.setClient(KNOWN);
    flow.pick(SERVICE);
    obey(flow, { name: "another" });
    flow.pick(OTHER);
    // Not the box of the first service, which is on the screen already.
    expect(places.at(-1)).toBe("document-1");
    obey(flow, { name: "all" });
    expect(flow.visit.lines.map((line) => line.received)).toEqual([[], [1, 2]]);
    expect(flow.firstPlace).toBe("document-0");
});

test("escape goes back to the service, then to the code, and loses nothing", async () => {
    const { flow, places } = await counter();
    flow.visit.identifier = CODE;
    flow.setClient(KNOWN);
    flow.pick(SERVICE);
    obey(flow, { name: "back" });
    expect(places.at(-1)).toBe("service");
    obey(flow, { name: "back" });
    expect(places.at(-1)).toBe("identifier");
    expect(flow.visit.identifier).toBe(CODE);
    flow.setClient(KNOWN);
    expect(flow.visit.lines.length).toBe(1);
    flow.next();
    expect(flow.isAdding).toBe(false);
    expect(places.at(-1)).toBe("register");
});

test("back from the end of the shift a registered visit stays registered", async () => {
    const { flow, places } = await counter();
    flow.setClient(KNOWN);
    flow.pick(SERVICE);
    flow.finish({ requests: [{ code: "1234567890" }], sentence: "" });
    flow.stage = "handover";
    flow.back();
    expect(flow.stage).toBe("registered");
    expect(places.at(-1)).toBe("next");
});

test("without a connection the visit goes on, and the code is looked up later", async () => {
    const lost = new ConnectionLostError("/web");
    const { flow, places } = await counter(lost, KNOWN);
    flow.visit.identifier = CODE;
    expect(await flow.link.call("counter_find_client", [CODE])).toBe(null);
    expect(flow.link.isOffline).toBe(true);
    goOnUnseen(flow, CODE);
    expect(places.at(-1)).toBe("name");
    flow.visit.name = "کسی";
    flow.pick(SERVICE);
    expect(flow.canPress).toBe(false);
    flow.link.restore();
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
    expect(flow.visit.client.name).toBe("زهرا");
    expect(flow.visit.lines.length).toBe(1);
    expect(flow.canPress).toBe(true);
    flow.link.close();
});

test("the link instead of help takes the service off the visit", async () => {
    const { flow } = await counter();
    flow.setClient(KNOWN);
    flow.pick(SERVICE);
    flow.giveLink(0);
    expect(flow.visit.lines.length).toBe(0);
    expect(flow.stage).toBe("information");
    expect(flow.service.id).toBe(7);
});
