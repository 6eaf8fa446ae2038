import { Submit } from "@audit_checklist/field/submit";
import { describe, expect, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { Component, xml } from "@odoo/owl";

describe.current.tags("desktop");
defineMailModels();

test("what keeps a visit from being sent is named, the host's name first", async () => {
    class Hint extends Component {
        static template = xml`<p t-out="hint"/>`;
        static props = { name: String };
        visit = { is_lead: true };
        obstacles = [];
        hasHost = false;
        state = { name: this.props.name };
    }
    const { get } = Object.getOwnPropertyDescriptor(Submit.prototype, "hint");
    Object.defineProperty(Hint.prototype, "hint", { get });
    await mountWithCleanup(Hint, { props: { name: " " } });
    expect("p:eq(0)").toHaveText("Write the name of the host.");
    await mountWithCleanup(Hint, { props: { name: "Mina" } });
    expect("p:eq(1)").toHaveText("The host signs, or you say why not.");
});
