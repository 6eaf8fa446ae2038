import { Structure } from "@audit_checklist/designer/structure";
import { expect } from "@odoo/hoot";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";

const response = {
    kind: "options",
    options: [
        { code: "yes", name: "Yes", ratio: 1, shape: "yes" },
        { code: "no", name: "No", ratio: 0, is_fail: true, shape: "no" },
    ],
};

export function makeItem(id, code, changes) {
    return {
        id,
        code,
        label: code,
        name: `Item ${code}`,
        weight: 1,
        method: "examine",
        required: true,
        photo_policy: "none",
        comment_policy: "none",
        na_policy: "no",
        comments: [],
        na_reasons: [],
        conditions: { mode: "all", terms: [] },
        kinds: { rule: "all", codes: [] },
        response,
        ...changes,
    };
}

export function makeDesign() {
    return {
        critical: { rule: "cap", cap: 49 },
        bands: [
            { code: "good", name: "Good", minimum: 50, tint: "success" },
            { code: "bad", name: "Bad", minimum: 0, tint: "danger" },
        ],
        unit_kinds: [
            { code: "hq", name: "Headquarters" },
            { code: "branch", name: "Branch" },
        ],
        sections: [
            {
                id: 1,
                code: "A",
                letter: "A",
                name: "Place",
                weight: 60,
                items: [
                    makeItem(11, "A1", { critical: true }),
                    makeItem(12, "A2", {
                        kinds: { rule: "except", codes: ["branch"] },
                    }),
                ],
            },
            {
                id: 2,
                code: "B",
                letter: "B",
                name: "Staff",
                weight: 40,
                items: [makeItem(21, "B1")],
            },
        ],
    };
}

export async function mountStructure(props) {
    const orders = [];
    await mountWithCleanup(Structure, {
        props: {
            design: makeDesign(),
            isEditable: true,
            onChoose: (item) => expect.step(item.code),
            onAddItem: () => {},
            onAddSection: () => {},
            onEditSection: () => {},
            onReorder: (order) => orders.push(order),
            ...props,
        },
    });
    return orders;
}
