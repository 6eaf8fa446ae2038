import { linesOf } from "@audit_checklist/graph/counts_graph";
import { expect, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { getChart } from "@web/../tests/views/graph/graph_test_helpers";
import {
    defineModels,
    fields,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";

class Finding extends models.Model {
    _name = "finding";

    cause = fields.Char();

    _records = [
        { id: 1, cause: "Management" },
        { id: 2, cause: "Management" },
        { id: 3, cause: "Staff" },
    ];
}
defineMailModels();
defineModels([Finding]);

test("what is counted is counted in whole numbers", async () => {
    const view = await mountView({
        type: "graph",
        resModel: "finding",
        arch: `<graph js_class="audit_counts_graph"><field name="cause"/></graph>`,
    });
    const ticks = getChart(view).scales.y.ticks.map(({ label }) => label);
    expect(ticks).toEqual(["0", "1", "2"]);
});

test("a long name stands in two lines, divided in its middle", () => {
    expect(linesOf("Management and oversight")).toEqual([
        "Management",
        "and oversight",
    ]);
    expect(linesOf("Staff")).toEqual(["Staff"]);
    expect(linesOf("Administration")).toEqual(["Administration"]);
});
