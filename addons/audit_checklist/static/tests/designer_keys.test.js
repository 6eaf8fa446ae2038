import { useKeyWays } from "@audit_checklist/designer/key_ways";
import { Structure } from "@audit_checklist/designer/structure";
import { describe, expect, test } from "@odoo/hoot";
import { keyDown, press } from "@odoo/hoot-dom";
import { animationFrame, runAllTimers } from "@odoo/hoot-mock";
import { Component, useRef, useState, xml } from "@odoo/owl";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { makeDesign, mountStructure } from "./designer_world";

describe.current.tags("desktop");
defineMailModels();

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

/** The designer's own frame: two sections, a chosen item and a form. */
class Host extends Component {
    static template = xml`<div t-ref="root">
        <t t-foreach="[1, 2]" t-as="section" t-key="section">
            <div class="o_audit_section" t-att-data-section-id="section">
                <button class="o_audit_section_name"/>
            </div>
        </t>
        <div t-if="!state.newInSection" class="o_audit_item_chosen">
            <button class="o_audit_item_name"/>
        </div>
        <div class="o_audit_pane_item" tabindex="-1"
            t-on-input="ways.onInput" t-on-keydown="ways.onKeydown">
            <div class="o_form_renderer">
                <input role="combobox" t-att-aria-expanded="state.list"
                    t-on-keydown="onListKeydown"/>
                <div name="name"><textarea t-att-aria-expanded="state.open"/></div>
            </div>
        </div>
    </div>`;
    static props = {};
    setup() {
        this.state = useState({ open: "true", list: "false", newInSection: null });
        this.ways = useKeyWays(useRef("root"), {
            showStructure: () => expect.step("structure"),
            getSectionOfNew: () => this.state.newInSection,
        });
    }
    onListKeydown() {
        if (this.state.list === "true") {
            this.state.list = "false";
            expect.step("closed");
        }
    }
}

test("Escape brings back from the item, but not out of an open list", async () => {
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

test("Escape right after typing waits for the list, and closes it", async () => {
    const host = await mountWithCleanup(Host);
    await contains("input").edit("Place", { confirm: false });
    await press("Escape");
    expect("input").toBeFocused();
    host.state.list = "true";
    await animationFrame();
    await animationFrame();
    expect.verifySteps(["closed"]);
    await press("Escape");
    expect.verifySteps(["structure"]);
});

test("Escape from a new item leads to the section it is for", async () => {
    const host = await mountWithCleanup(Host);
    host.state.newInSection = 2;
    await animationFrame();
    host.ways.enterItem();
    host.state.open = "false";
    await animationFrame();
    await press("Escape");
    await animationFrame();
    expect(".o_audit_section_name:eq(1)").toBeFocused();
    expect.verifySteps(["structure"]);
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
