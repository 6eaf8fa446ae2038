import "@audit_checklist/designer/item_form";
import { useKeyWays } from "@audit_checklist/designer/key_ways";
import { Preview } from "@audit_checklist/designer/preview";
import { simulate } from "@audit_checklist/designer/simulation";
import { Structure } from "@audit_checklist/designer/structure";
import { describe, expect, test } from "@odoo/hoot";
import { keyDown, press } from "@odoo/hoot-dom";
import { Component, useRef, useState, xml } from "@odoo/owl";
import { animationFrame, runAllTimers } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    mountWithCleanup,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineMailModels();

const response = {
    kind: "options",
    options: [
        { code: "yes", name: "Yes", ratio: 1, shape: "yes" },
        { code: "no", name: "No", ratio: 0, is_fail: true, shape: "no" },
    ],
};

function makeItem(id, code, changes) {
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

function makeDesign() {
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

async function mountStructure(props) {
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

test("items are counted and weighed", async () => {
    await mountStructure();
    expect(".o_audit_structure header b").toHaveText(
        "2 sections · 3 items · 1 critical"
    );
    expect(".o_audit_structure header .badge").toHaveText("Weights: 100");
    expect(".o_audit_structure header .badge").toHaveClass("text-bg-success");
    await contains(".o_audit_item_name:eq(1)").click();
    expect.verifySteps(["A2"]);
});

test("weights that do not sum to 100 are pointed out", async () => {
    const design = makeDesign();
    design.sections[0].weight = 10;
    await mountStructure({ design });
    expect(".o_audit_structure header .badge").toHaveClass("text-bg-warning");
});

test("an item is dragged into another section", async () => {
    const orders = await mountStructure();
    await contains(".o_audit_item:eq(0) .o_audit_item_handle").dragAndDrop(
        ".o_audit_item:eq(2)"
    );
    expect(orders.length).toBe(1);
    const [first, second] = orders[0];
    expect(first.items).toEqual([12]);
    expect(second.items.toSorted()).toEqual([11, 21]);
});

test("arrow keys move an item, over the edge into the next section", async () => {
    const orders = await mountStructure();
    const press2 = async (index, key) => {
        await contains(`.o_audit_item_name:eq(${index})`).focus();
        await keyDown("Alt");
        await press(key);
        await animationFrame();
    };
    await press2(0, "ArrowDown");
    await press2(1, "ArrowDown");
    await press2(0, "ArrowUp");
    expect(orders).toEqual([
        [
            { id: 1, items: [12, 11] },
            { id: 2, items: [21] },
        ],
        [
            { id: 1, items: [11] },
            { id: 2, items: [12, 21] },
        ],
    ]);
});

test("arrow keys walk, and Enter takes the focus along into the item", async () => {
    const chosen = [];
    await mountStructure({ onChoose: (item, how) => chosen.push([item.code, how]) });
    await contains(".o_audit_section_name:eq(0)").focus();
    await press("ArrowDown");
    expect(".o_audit_item_name:eq(0)").toBeFocused();
    await press("ArrowUp");
    expect(".o_audit_section_name:eq(0)").toBeFocused();
    await press("ArrowDown");
    await press("Enter");
    expect(chosen).toEqual([["A1", { withFocus: true }]]);
    expect(".o_audit_keys").toHaveText(/Enter/);
});

test("Escape brings back from the item, but not out of an open list", async () => {
    class Host extends Component {
        static template = xml`<div t-ref="root">
            <button class="o_audit_section_name"/>
            <div class="o_audit_item_chosen"><button class="o_audit_item_name"/></div>
            <div class="o_audit_pane_item" tabindex="-1" t-on-keydown="ways.onKeydown">
                <div class="o_form_renderer">
                    <input/>
                    <div name="name"><textarea t-att-aria-expanded="state.open"/></div>
                </div>
            </div>
        </div>`;
        static props = {};
        setup() {
            this.state = useState({ open: "true" });
            this.ways = useKeyWays(useRef("root"), () => expect.step("structure"));
        }
    }
    const host = await mountWithCleanup(Host);
    host.ways.enterItem();
    expect("textarea").toBeFocused();
    await press("Escape");
    expect("textarea").toBeFocused();
    host.state.open = "false";
    await animationFrame();
    await press("Escape");
    await animationFrame();
    expect(".o_audit_item_name").toBeFocused();
    expect.verifySteps(["structure"]);
    document.activeElement.blur();
    host.ways.returnFromDialog();
    await runAllTimers();
    await animationFrame();
    expect(".o_audit_item_name").toBeFocused();
});

test("one section and one item are told as one", async () => {
    const design = makeDesign();
    design.sections = [design.sections[1]];
    await mountStructure({ design });
    expect(".o_audit_structure header b").toHaveText("1 section · 1 item · 0 critical");
});

test("the focus goes with an item that moves by keys", async () => {
    class Host extends Component {
        static components = { Structure };
        static template = xml`<Structure t-props="props_" design="state.design"/>`;
        static props = {};
        setup() {
            this.state = useState({ design: makeDesign() });
            const nothing = () => {};
            this.props_ = {
                isEditable: true,
                onChoose: nothing,
                onAddItem: nothing,
                onAddSection: nothing,
                onEditSection: nothing,
                onReorder: async (order) => {
                    const design = makeDesign();
                    const items = design.sections.flatMap((section) => section.items);
                    design.sections = order.map((wanted) => ({
                        ...design.sections.find(({ id }) => id === wanted.id),
                        items: wanted.items.map((id) => items.find((i) => i.id === id)),
                    }));
                    this.state.design = design;
                    return true;
                },
            };
        }
    }
    await mountWithCleanup(Host);
    await contains(".o_audit_item_name:eq(0)").focus();
    // over the edge, where the row is drawn anew
    for (let times = 0; times < 2; times++) {
        await keyDown("Alt");
        await press("ArrowDown");
        await animationFrame();
        await animationFrame();
    }
    expect(".o_audit_section:eq(1) .o_audit_item_name:eq(0)").toBeFocused();
    expect(".o_audit_section:eq(1) .o_audit_item_name:eq(0)").toHaveText(/^A1/);
    await contains(".o_audit_section_name:eq(0)").focus();
    await keyDown("Alt");
    await press("ArrowDown");
    await animationFrame();
    await animationFrame();
    expect(".o_audit_section_name:eq(1)").toBeFocused();
});

test("what is published is not moved", async () => {
    const orders = await mountStructure({ isEditable: false });
    expect(".o_audit_item_handle").toHaveCount(0);
    await contains(".o_audit_item_name:eq(0)").focus();
    await keyDown("Alt");
    await press("ArrowDown");
    expect(orders).toEqual([]);
});

test("a condition that is added tells of its item, not of itself", async () => {
    class Condition extends models.Model {
        _name = "audit.checklist.condition";
        name = fields.Char();
    }
    class Item extends models.Model {
        _name = "audit.checklist.item";
        name = fields.Char();
        condition_ids = fields.One2many({ relation: "audit.checklist.condition" });
        _records = [{ id: 1, name: "A1" }];
    }
    defineModels([Condition, Item]);
    const told = new Set();
    await mountView({
        type: "form",
        resModel: "audit.checklist.item",
        resId: 1,
        arch: `<form js_class="audit_item_form">
            <field name="condition_ids">
                <list editable="bottom"><field name="name"/></list>
            </field>
        </form>`,
        onDraft: (record) => told.add(record.resModel),
    });
    await contains(".o_field_x2many_list_row_add a").click();
    await contains(".o_field_widget[name=name] input").edit("A2");
    await animationFrame();
    expect([...told]).toEqual(["audit.checklist.item"]);
});

test("the simulation tells of the chosen item, of units and of own answers", () => {
    const design = makeDesign();
    const rows = simulate(design, design.sections[0].items[0], {
        A1: { option: "yes" },
    });
    expect(rows.map((row) => [row.kind, row.result.score])).toEqual([
        ["best", 100],
        ["option", 49],
        ["unit", 100],
        ["own", 100],
    ]);
    expect(rows[2].spared).toBe(1);
});

test("the phone shows the items of the chosen kind of unit and the score", async () => {
    const design = makeDesign();
    await mountWithCleanup(Preview, {
        props: {
            design,
            item: design.sections[0].items[0],
            answers: { A1: { option: "no" } },
            unitKind: "branch",
            onAnswer: (code, answer) => expect.step(`${code} ${answer.option}`),
            onUnitKind: () => {},
            onReset: () => {},
        },
    });
    expect(".o_audit_phone .o_audit_card").toHaveCount(1);
    expect(".o_audit_phone_score").toHaveText("0.0");
    expect(".o_audit_simulation_row").toHaveCount(4);
    await contains(".o_audit_answer_yes").click();
    expect.verifySteps(["A1 yes"]);
});
