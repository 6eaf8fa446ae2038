import { Today } from "@audit_checklist/field/today";
import { expect, describe, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { reactive } from "@odoo/owl";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineMailModels();

/** Mount the list of somebody who has no visit today, but these tomorrow. */
async function mountToday(tomorrow) {
    const taken = { at: "2026-11-26T06:00:00Z", count: 0, next_on: "2026-11-28" };
    const model = {
        data: reactive({ taken, taking: null, others: 0, hasCamera: true }),
        now: Date.parse("2026-11-26T08:00:00Z"),
        versionNames: [],
        visitsOn: (offset) => (offset ? tomorrow : []),
        isSent: () => true,
        stateOf: () => "submitted",
        waitingPhotos: () => 0,
        awaitsMe: () => false,
    };
    await mountWithCleanup(Today, { props: { model, go: () => {} } });
}

test("without a visit today or tomorrow the day of the next one is told", async () => {
    await mountToday([]);
    expect(queryAllTexts(".f-note")[0]).toMatch(/28/);
});

test("where tomorrow has visits, no later day is called the next", async () => {
    await mountToday([{ assessment: "a", unit: { name: "Civil Registration" } }]);
    const [note] = queryAllTexts(".f-note");
    expect(note).not.toMatch(/28/);
});
