import { Today } from "@audit_checklist/field/today";
import { expect, describe, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { reactive } from "@odoo/owl";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, mountWithCleanup } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineMailModels();

/** Mount the list of somebody who has these visits tomorrow, and maybe some today. */
async function mountToday(tomorrow, today = []) {
    const taken = { at: "2026-11-26T06:00:00Z", count: 0, next_on: "2026-11-28" };
    const model = {
        data: reactive({ taken, taking: null, others: 0, hasCamera: true }),
        now: Date.parse("2026-11-26T08:00:00Z"),
        versionNames: [],
        visitsOn: (offset) => (offset ? tomorrow : today),
        isSent: () => true,
        stateOf: () => "submitted",
        waitingPhotos: () => 0,
        awaitsMe: () => false,
        visit: () => undefined,
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

test("a unit found on the spot needs a name and a reason, in our own words", async () => {
    await mountToday([], [{ assessment: "a", unit: { name: "Civil Registration" } }]);
    await contains(".f-dashed").click();
    expect("form").toHaveProperty("noValidate", true);
    await contains("form .f-primary").click();
    expect(".f-missing").toHaveText("Write the name of the unit.");
    expect("#extra-name").toBeFocused();
    await contains("#extra-name").edit("Bazaar Desk");
    await contains("form .f-primary").click();
    expect(".f-missing").toHaveText("Write why it is visited.");
    expect("#extra-reason").toBeFocused();
});
