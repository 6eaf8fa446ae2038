import { Attention } from "@audit_checklist/field/attention";
import { dotted } from "@audit_checklist/field/words";
import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { reactive } from "@odoo/owl";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineMailModels();

const RESPONSE = {
    kind: "options",
    options: [
        { code: "yes", name: "Yes", shape: "yes" },
        { code: "no", name: "No", shape: "no" },
    ],
};
const AT = "2026-11-22T06:12:00Z";

/** Mount the screen with these conflicts and refused operations of one visit. */
async function mountAttention({ differ = [], refused = [] }) {
    const items = ["A1", "A2"].map((code) => ({
        code,
        label: code,
        name: `Item ${code}`,
        response: RESPONSE,
    }));
    const visit = {
        assessment: "visit",
        is_lead: true,
        unit: { name: "Civil Registration" },
        members: [
            { id: 1, name: "Ali" },
            { id: 2, name: "Mina" },
        ],
    };
    const model = {
        data: reactive({}),
        attentionOf: () => ({
            conflicts: differ.map((item) => ({
                visit,
                item,
                sides: [
                    { op: "", user: 1, value: { option: "yes" }, at: AT },
                    { op: "b", user: 2, value: { option: "no" }, at: AT },
                ],
            })),
            refused,
        }),
        visit: () => visit,
        design: () => ({ sections: [{ items }] }),
        photosOf: () => [],
        opsOf: () => [],
    };
    await mountWithCleanup(Attention, { props: { model, go: () => {} } });
}

test("several conflicts stand below each other, each with its item", async () => {
    await mountAttention({ differ: ["A1", "A2"] });
    expect(queryAllTexts(".f-conflict h3")).toEqual(["Item A1", "Item A2"]);
});

test("what was refused is told beside a conflict, with its item", async () => {
    const op = {
        uuid: "c",
        kind: "answer",
        assessment: "visit",
        item: "A2",
        payload: { option: "no" },
        at: AT,
        reason: "incomplete A1",
    };
    await mountAttention({ differ: ["A1"], refused: [op] });
    expect(".f-refused h3 + p").toHaveText(dotted(["A2", "No"]));
    expect(".f-refused").toHaveText(/A1/);
});
