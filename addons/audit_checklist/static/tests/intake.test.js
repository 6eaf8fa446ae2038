import { digest } from "@audit_checklist/field/intake";
import { Store } from "@audit_checklist/field/store";
import { after, describe, expect, test } from "@odoo/hoot";

describe.current.tags("desktop");

/** Return the store of a phone with an operation that waits, and the operation. */
async function storeWith(uuid) {
    const store = new Store(`test_${uuid}`);
    await store.start();
    after(() => {
        store.database.close();
        indexedDB.deleteDatabase(store.name);
    });
    const op = { uuid, assessment: "visit", kind: "answer", item: "A1" };
    await store.put("outbox", op);
    await store.put("answer", { assessment: "visit", item: "A1", op: uuid });
    return [store, op];
}

function reply(uuid, verdict) {
    return { verdicts: verdict ? { [uuid]: verdict } : {}, news: {}, arrived: {} };
}

for (const status of ["other_user", "phase_closed", "malformed", "", undefined]) {
    test(`an operation stays on the phone after the verdict: ${status}`, async () => {
        const uuid = `stays_${status}`;
        const [store, op] = await storeWith(uuid);
        await digest(store, [op], reply(uuid, status !== undefined && { status }));
        expect(await store.all("outbox")).toEqual([op]);
        expect((await store.all("answer"))[0].op).toBe(uuid);
        expect(await store.all("attention")).toEqual([]);
    });
}

for (const status of ["applied", "already", "conflict", "refused"]) {
    test(`an operation leaves the phone after the verdict: ${status}`, async () => {
        const uuid = `leaves_${status}`;
        const [store, op] = await storeWith(uuid);
        await digest(store, [op], reply(uuid, { status, revision: 1 }));
        expect(await store.all("outbox")).toEqual([]);
        expect((await store.all("answer"))[0].op).toBe("");
        const kept = (await store.all("attention")).map(({ outcome }) => outcome);
        expect(kept).toEqual(["conflict", "refused"].includes(status) ? [status] : []);
    });
}
