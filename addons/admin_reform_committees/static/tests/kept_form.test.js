import { expect, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";

import "@admin_reform_committees/kept/kept_form";

class Period extends models.Model {
    _name = "period";

    name = fields.Char();
    user_keeps = fields.Boolean();

    _records = [
        { id: 1, name: "Shared", user_keeps: false },
        { id: 2, name: "Own", user_keeps: true },
    ];
}

defineMailModels();
defineModels([Period]);

async function offered(resId) {
    await mountView({
        type: "form",
        resModel: "period",
        resId,
        arch: `<form js_class="reform_kept_form">
            <field name="name"/>
            <field name="user_keeps"/>
        </form>`,
        actionMenus: {},
    });
    await contains(".o_cp_action_menus button").click();
}

test("what the user keeps may be deleted", async () => {
    await offered(2);
    expect(".o_menu_item:contains(Duplicate)").toHaveCount(1);
    expect(".o_menu_item:contains(Delete)").toHaveCount(1);
});

test("what is shared by others is not offered to be deleted", async () => {
    await offered(1);
    expect(".o_menu_item:contains(Duplicate)").toHaveCount(1);
    expect(".o_menu_item:contains(Delete)").toHaveCount(0);
});
