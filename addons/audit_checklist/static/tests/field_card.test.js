import { FieldCard } from "@audit_checklist/field/field_card";
import { describe, expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { animationFrame, mockVibrate } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineMailModels();

const ITEM = {
    code: "A2",
    label: "A2",
    name: "A board is seen from the door",
    weight: 2,
    method: "examine",
    photo_policy: "none",
    na_policy: "no",
    comments: ["No board"],
    response: {
        kind: "options",
        options: [
            { code: "yes", name: "Yes", ratio: 1, shape: "yes" },
            { code: "no", name: "No", ratio: 0, is_fail: true, shape: "no" },
        ],
    },
};
const FAILED = { option: "no", comments: ["No board"], note: "Torn off" };

function mountCard(props) {
    return mountWithCleanup(FieldCard, {
        props: {
            item: ITEM,
            answer: FAILED,
            outcome: { state: "scored", failed: true },
            photos: [],
            isLocked: false,
            isUnfolded: false,
            onAnswer: () => {},
            onPhoto: () => {},
            onOpenPhoto: () => {},
            onUnfold: () => {},
            ...props,
        },
    });
}

/** Mount the card of a failed item, tap "Yes", and return the answer given. */
async function correct(comment_policy) {
    let given;
    mockVibrate(() => true);
    await mountCard({
        item: { ...ITEM, comment_policy },
        onAnswer: (_code, value) => (given = value),
    });
    await click("[data-option=yes]");
    await animationFrame();
    return given;
}

test("what was said of a failure goes with it", async () => {
    expect(await correct("on_fail")).toEqual({ option: "yes" });
});

test("an earlier finding that was closed is not said to be open", async () => {
    const condition = "The board was torn off";
    await mountCard({ earlier: { condition, on: "2025-05-01", is_open: false } });
    expect(".f-earlier b").toHaveText("Found here before and closed since:");
    expect(".f-earlier").toHaveClass("f-over");
});

test("what the unit declared stands beside the question, where it may be seen", async () => {
    const card = await mountCard({});
    expect(".f-declared").toHaveCount(0);
    expect(card.nameIds).not.toInclude("declared");
    await mountCard({ declared: { text: "Yes", number: null, tint: "yes" } });
    expect(".f-declared b").toHaveText("Declared by the unit:");
    expect(".f-declared .f-tag").toHaveText("Yes");
    expect(".f-declared .f-tag").toHaveClass("f-tag-yes");
});
