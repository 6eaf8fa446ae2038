import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { getChart } from "@web/../tests/views/graph/graph_test_helpers";
import {
    defineModels,
    defineWebModels,
    fields,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";

import { usePersianReader } from "./jalali_test_helpers";

describe.current.tags("desktop");

class Programme extends models.Model {
    _name = "programme";

    name = fields.Char();
    year = fields.Integer();

    _records = [
        { id: 1, name: "A", year: 1404 },
        { id: 2, name: "B", year: 1405 },
        { id: 3, name: "C 1405", year: 1405 },
    ];
}
defineWebModels();
defineModels([Programme]);

const mountGrouped = (type, arch, groupBy = ["year"]) =>
    mountView({ type, arch, resModel: "programme", groupBy });

describe("a group of equal integers is named in Persian digits", () => {
    usePersianReader();

    test("in a list", async () => {
        await mountGrouped("list", `<list><field name="name"/></list>`);
        expect(queryAllTexts(".o_group_name")).toEqual(["۱۴۰۴ (۱)", "۱۴۰۵ (۲)"]);
    });

    test("in a kanban, where texts stay as they are", async () => {
        const card = `<t t-name="card"><field name="name"/></t>`;
        const arch = `<kanban><templates>${card}</templates></kanban>`;
        await mountGrouped("kanban", arch);
        const names = queryAllTexts(".o_column_title > span:first-child");
        expect(names).toEqual(["۱۴۰۴", "۱۴۰۵"]);
        expect(queryAllTexts(".o_kanban_record:not(.o_kanban_ghost)")).toEqual([
            "A",
            "B",
            "C 1405",
        ]);
    });

    test("in a pivot", async () => {
        await mountGrouped("pivot", `<pivot/>`);
        expect(queryAllTexts("tbody th").slice(1)).toEqual(["۱۴۰۴", "۱۴۰۵"]);
    });

    test("in a chart, where texts stay as they are", async () => {
        const view = await mountGrouped("graph", `<graph/>`, ["year", "name"]);
        const { datasets, labels } = getChart(view).data;
        expect(labels).toEqual(["۱۴۰۴", "۱۴۰۵"]);
        expect(datasets.map(({ label }) => label)).toInclude("C 1405");
    });
});
