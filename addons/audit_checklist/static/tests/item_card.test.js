import { ItemCard } from "@audit_checklist/item_card/item_card";
import { formatNumber, readNumber } from "@audit_checklist/item_card/numbers";
import { describe, expect, test } from "@odoo/hoot";
import { click, edit, press, queryOne } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { Component, useState, xml } from "@odoo/owl";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup, serverState } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineMailModels();

const OPTIONS = {
    kind: "options",
    options: [
        { code: "yes", name: "Yes", ratio: 1, shape: "yes" },
        { code: "no", name: "No", ratio: 0, is_fail: true, shape: "no" },
        { code: "na", name: "Not applicable", is_na: true, shape: "na" },
    ],
};

function makeItem(changes) {
    return {
        code: "D2",
        label: "D2",
        name: "A receipt is given",
        weight: 3,
        method: "test",
        critical: true,
        photo_policy: "on_fail",
        comment_policy: "on_fail",
        na_policy: "reason",
        comments: ["No receipt", "No code"],
        na_reasons: ["No such service"],
        response: OPTIONS,
        ...changes,
    };
}

/** Mount a card that keeps its answer, and return the answers given. */
async function mountCard(changes) {
    const given = [];
    class Parent extends Component {
        static components = { ItemCard };
        static props = [];
        static template = xml`
            <ItemCard item="item" answer="state.answer" outcome="outcome" onAnswer.bind="onAnswer"/>`;
        setup() {
            this.item = makeItem(changes);
            this.state = useState({ answer: {} });
        }
        get outcome() {
            return { failed: this.state.answer.option === "no" };
        }
        onAnswer(code, answer) {
            given.push([code, answer]);
            this.state.answer = answer;
        }
    }
    await mountWithCleanup(Parent);
    return given;
}

test("one tap answers", async () => {
    const given = await mountCard();
    await click(".o_audit_answer_yes");
    await animationFrame();
    expect(given).toEqual([["D2", { option: "yes", reason: undefined }]]);
    expect(".o_audit_answer_yes").toHaveAttribute("aria-checked", "true");
    expect(".o_audit_card_photo").toHaveCount(0);
});

test("arrow keys move among the answers; the tab key stops at one of them", async () => {
    await mountCard();
    expect(".o_audit_answer_yes").toHaveAttribute("tabindex", "0");
    expect(".o_audit_answer_no").toHaveAttribute("tabindex", "-1");
    queryOne(".o_audit_answer_yes").focus();
    await press("ArrowDown");
    expect(".o_audit_answer_no").toBeFocused();
    await press("ArrowUp");
    await press("ArrowUp");
    expect(".o_audit_answer_na").toBeFocused();
    for (const [direction, onward] of [
        ["rtl", "ArrowLeft"],
        ["ltr", "ArrowRight"],
    ]) {
        queryOne("[role=radiogroup]").style.direction = direction;
        queryOne(".o_audit_answer_yes").focus();
        await press(onward);
        expect(".o_audit_answer_no").toBeFocused();
    }
    await click(".o_audit_answer_no");
    await animationFrame();
    expect(".o_audit_answer_no").toHaveAttribute("tabindex", "0");
    expect(".o_audit_answer_yes").toHaveAttribute("tabindex", "-1");
});

test("the answers are named by code, text, and that the item is critical", async () => {
    await mountCard();
    const ids = queryOne("[role=radiogroup]")
        .getAttribute("aria-labelledby")
        .split(" ");
    const names = ids.map((id) => queryOne(`#${id}`).textContent.trim());
    expect(names).toEqual(["D2", "A receipt is given", "Critical"]);
});

test("a failure asks for a photo and offers ready comments", async () => {
    const given = await mountCard();
    await click(".o_audit_answer_no");
    await animationFrame();
    expect(".o_audit_card_photo").toHaveText("Photo required");
    expect(".o_audit_card_phrase").toHaveCount(2);
    await click(".o_audit_card_phrase:eq(1)");
    await animationFrame();
    expect(given.at(-1)[1].comments).toEqual(["No code"]);
    await click(".o_audit_card_phrase:eq(1)");
    await animationFrame();
    expect(given.at(-1)[1].comments).toEqual([]);
});

test("not applicable asks for its reason", async () => {
    const given = await mountCard();
    await click(".o_audit_answer_na");
    await animationFrame();
    await click(".o_audit_card_phrase");
    await animationFrame();
    expect(given.at(-1)[1]).toEqual({ option: "na", reason: "No such service" });
});

test("not applicable is not offered where it is not allowed", async () => {
    await mountCard({ na_policy: "no" });
    expect(".o_audit_answer").toHaveCount(2);
});

test("the mean of several numbers is the answer", async () => {
    const response = { kind: "number", min: 0, target: 5, sample_size: 3 };
    const given = await mountCard({ response });
    await click(".o_audit_card_number:eq(0)");
    await edit("۴", { confirm: "blur" });
    await animationFrame();
    expect(given.at(-1)[1].number).toBe(4);
    await click(".o_audit_card_number:eq(2)");
    await edit("5", { confirm: "blur" });
    await animationFrame();
    expect(given.at(-1)[1].number).toBe(4.5);
});

test("numbers are written and read in the reader's digits", () => {
    serverState.lang = "fa_IR";
    expect(readNumber("۳٫۵")).toBe(3.5);
    expect(readNumber("٣")).toBe(3);
    expect(readNumber("")).toBe(NaN);
    expect(formatNumber(3.5)).toMatch(/^[3۳]/);
});
