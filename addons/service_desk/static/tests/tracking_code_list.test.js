import { expect, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    defineModels,
    fields,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";

import "@service_desk/fields/tracking_code_list";

const ARCH = `<list js_class="tracking_code_list">
    <field name="code" widget="tracking_code" />
    <field name="name" />
</list>`;

class Request extends models.Model {
    _name = "request";

    code = fields.Char();
    name = fields.Char();

    _records = [
        { id: 1, code: "3001000000", name: "x" },
        { id: 2, code: false, name: "y" },
    ];
}

defineMailModels();
defineModels([Request]);

test("codes stand in groups from left to right, as text", async () => {
    await mountView({ type: "list", resModel: "request", arch: ARCH });
    expect(".o_data_cell[name=code]:first").toHaveText("\u2066300 100 0000\u2069");
    expect(".o_data_cell[name=code]:last").toHaveText("");
    expect(".o_data_cell .o_field_widget").toHaveCount(0);
});
