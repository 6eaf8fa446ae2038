import "@audit_checklist/designer/item_form";
import { Preview } from "@audit_checklist/designer/preview";
import { simulate } from "@audit_checklist/designer/simulation";
import { describe, expect, test } from "@odoo/hoot";
import { keyDown, press } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    mountWithCleanup,
} from "@web/../tests/web_test_helpers";
import { makeDesign, mountStructure } from "./designer_world";

describe.current.tags("desktop");
defineMailModels();

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

test("items are named by the codes that readers know", async () => {
    const design = makeDesign();
    design.sections[0].items[0].label = "الف۱";
    await mountStructure({ design });
    expect(".o_audit_item_name .o_audit_letter:eq(0)").toHaveText("الف۱");
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

test("one section and one item are told as one", async () => {
    const design = makeDesign();
    design.sections = [design.sections[1]];
    await mountStructure({ design });
    expect(".o_audit_structure header b").toHaveText("1 section · 1 item · 0 critical");
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
