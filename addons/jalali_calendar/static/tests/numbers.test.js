import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { queryAllTexts, queryText } from "@odoo/hoot-dom";
import { Component, xml } from "@odoo/owl";
import {
    allowTranslations,
    contains,
    defineModels,
    defineWebModels,
    fields,
    models,
    mountView,
    mountWithCleanup,
    onRpc,
    patchTranslations,
} from "@web/../tests/web_test_helpers";
import {
    formatDuration,
    parseDate,
    parseDateTime,
    serializeDate,
    serializeDateTime,
} from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { Pager } from "@web/core/pager/pager";
import { registry } from "@web/core/registry";
import {
    formatInteger,
    formatMonetary,
    formatPercentage,
} from "@web/views/fields/formatters";
import { parseFloat, parseInteger } from "@web/views/fields/parsers";

import {
    activatePersianDigits,
    setLocalization,
    usePersianReader,
} from "./jalali_test_helpers";

describe.current.tags("desktop");

class Expense extends models.Model {
    _name = "expense";

    name = fields.Char();
    copies = fields.Integer();
    weight = fields.Float();
    hours = fields.Float();
    share = fields.Float();
    kind = fields.Selection({
        selection: [
            ["a", "الف"],
            ["b", "ب"],
        ],
    });

    _records = [
        {
            id: 1,
            name: "کد 3989169214",
            copies: 1250,
            weight: 12.5,
            hours: 7.5,
            share: 0.25,
            kind: "a",
        },
        { id: 2, name: "B2", copies: 30, weight: 0, hours: 0, share: 1, kind: "a" },
    ];
}
defineWebModels();
defineModels([Expense]);

describe("a reader of Persian", () => {
    usePersianReader();

    test("formatters write Persian digits", () => {
        setLocalization();
        const formatters = registry.category("formatters");
        expect(formatInteger(1250)).toBe("۱,۲۵۰");
        expect(formatInteger(false)).toBe("");
        expect(formatMonetary(-1250.5)).toBe("-۱,۲۵۰.۵۰");
        expect(formatPercentage(0.25)).toBe("۲۵%");
        expect(formatters.get("float_time")(7.5)).toBe("۰۷:۳۰");
        expect(formatters.get("integer")(12)).toBe("۱۲");
    });

    test("parsers read Persian, Arabic and Latin digits and Persian separators", () => {
        setLocalization();
        for (const text of [
            "1250",
            "۱۲۵۰",
            "١٢٥٠",
            "۱,۲۵۰",
            "۱٬۲۵۰",
            "=۱۲۵۰",
            "=۶۲۵*۲",
        ]) {
            expect(parseInteger(text)).toBe(1250, { message: text });
        }
        for (const text of ["12.5", "۱۲.۵", "۱۲٫۵", "١٢٫٥"]) {
            expect(parseFloat(text)).toBe(12.5, { message: text });
        }
        expect(parseFloat("−۵")).toBe(-5);
        const parsers = registry.category("parsers");
        expect(parsers.get("float_time")("۷:۳۰")).toBe(7.5);
        expect(parsers.get("percentage")("۲۵٪")).toBe(0.25);
        expect(parsers.get("monetary")("۱۲٬۵۰۰ ریال")).toBe(12500);
        expect(parseInteger("+= ۵", { allowOperation: true }).operand).toBe(5);
        expect(() => parseInteger("۱۲الف")).toThrow(/۱۲الف|12الف/);
    });

    test("numbers inside sentences are Persian, texts are not", () => {
        patchTranslations();
        expect(_t("%s days, code %s", 3, "A3").toString()).toBe("۳ days, code A3");
        const sentence = _t("%(count)s of %(code)s", { count: 12, code: "12" });
        expect(sentence.toString()).toBe("۱۲ of 12");
    });

    test("templates print numbers in Persian digits and leave all else", async () => {
        class Counter extends Component {
            static template = xml`
                <div t-att-data-id="12">
                    <b t-esc="12"/><i t-out="3.5"/><u t-esc="'12'"/>
                    <code t-esc="12"/><t t-set="no" t-value="0"/><s t-esc="no"/>
                    <em t-esc="nothing">7 of default</em>
                </div>`;
            static props = [];
        }
        await mountWithCleanup(Counter);
        // An inline template is the developer's own and goes straight to Owl.
        expect("b").toHaveText("12");

        await mountWithCleanup(Pager, {
            props: { offset: 80, limit: 40, total: 150, onUpdate: () => {} },
        });
        expect(".o_pager_counter").toHaveText("۸۱-۱۲۰ / ۱۵۰");
    });

    test("the pager takes Persian digits", async () => {
        await mountWithCleanup(Pager, {
            props: {
                offset: 0,
                limit: 40,
                total: 150,
                onUpdate: ({ offset, limit }) => expect.step([offset, limit]),
            },
        });
        await contains(".o_pager_value").click();
        await contains("input.o_pager_value").edit("۱۱-۲۰", { confirm: "blur" });
        expect.verifySteps([[10, 10]]);
    });

    test("a list shows values, counts and sums in Persian digits", async () => {
        await mountView({
            type: "list",
            resModel: "expense",
            groupBy: ["kind"],
            arch: `<list>
                <field name="name"/>
                <field name="copies" sum="copies"/>
                <field name="share" widget="percentage"/>
                <field name="hours" widget="float_time"/>
            </list>`,
        });
        expect(queryAllTexts(".o_group_name")).toEqual(["الف (۲)"]);
        await contains(".o_group_header").click();
        expect(queryAllTexts(".o_data_row:first .o_data_cell")).toEqual([
            "کد 3989169214",
            "۱,۲۵۰",
            "۲۵%",
            "۰۷:۳۰",
        ]);
        expect(queryText("tfoot .o_list_number:first")).toBe("۱,۲۸۰");
    });

    test("kanban columns count in Persian digits", async () => {
        await mountView({
            type: "kanban",
            resModel: "expense",
            groupBy: ["kind"],
            arch: `<kanban><templates><t t-name="card">
                <field name="copies"/>
            </t></templates></kanban>`,
        });
        expect(queryAllTexts(".o_column_title > span")).toEqual(["الف", "(۲)"]);
        expect(queryAllTexts(".o_kanban_record:not(.o_kanban_ghost)")).toEqual([
            "۱,۲۵۰",
            "۳۰",
        ]);
    });

    test("typed numbers are saved as numbers", async () => {
        onRpc("expense", "web_save", ({ args }) => expect.step(args[1]));
        await mountView({
            type: "form",
            resModel: "expense",
            resId: 1,
            arch: `<form><field name="copies"/><field name="weight"/></form>`,
        });
        expect("[name=copies] input").toHaveValue("۱,۲۵۰");
        await contains("[name=copies] input").edit("۲۴۰۰");
        await contains("[name=weight] input").edit("۷٫۲۵");
        expect("[name=copies] input").toHaveValue("۲,۴۰۰");
        await contains(".o_form_button_save").click();
        expect.verifySteps([{ copies: 2400, weight: 7.25 }]);
    });

    test("a number without separators has Persian digits and is typed in any", async () => {
        onRpc("expense", "web_save", ({ args }) => expect.step(args[1]));
        await mountView({
            type: "form",
            resModel: "expense",
            resId: 1,
            arch: `<form>
                <field name="copies" options="{'enable_formatting': false}"/>
            </form>`,
        });
        expect("[name=copies] input").toHaveValue("۱۲۵۰");
        await contains("[name=copies] input").edit("۱۴۰۵");
        expect("[name=copies] input").toHaveValue("۱۴۰۵");
        await contains("[name=copies] input").edit("1406");
        expect("[name=copies] input").toHaveValue("۱۴۰۶");
        await contains(".o_form_button_save").click();
        expect.verifySteps([{ copies: 1406 }]);
    });

    test("what is no number is refused", async () => {
        await mountView({
            type: "form",
            resModel: "expense",
            resId: 1,
            arch: `<form><field name="copies"/></form>`,
        });
        await contains("[name=copies] input").edit("۱۲الف");
        expect("[name=copies]").toHaveClass("o_field_invalid");
    });

    test("durations have one unit, or two, joined in Persian", () => {
        expect(formatDuration(2 * 86400 + 3 * 3600, false)).toMatch(/^۲\s?\D+$/);
        expect(formatDuration(2 * 86400 + 3 * 3600 + 60, true)).toMatch(
            /^۲ \D+، ۳ \D+$/
        );
    });
});

describe("a reader of Persian who prefers the Gregorian calendar", () => {
    beforeEach(() => {
        allowTranslations();
        setLocalization();
        activatePersianDigits();
    });

    test("numbers are Persian although dates are not", () => {
        expect(odoo.jalali.active).toBe(false);
        expect(formatInteger(1250)).toBe("۱,۲۵۰");
        expect(luxon.DateTime.fromISO("2025-11-22").toFormat("yyyy/MM/dd")).toBe(
            "۲۰۲۵/۱۱/۲۲"
        );
    });

    test("dates are typed in Gregorian with any digits", () => {
        const read = (text) => serializeDate(parseDate(text));
        for (const text of ["2026/01/15", "۲۰۲۶/۰۱/۱۵", "٢٠٢٦/٠١/١٥"]) {
            expect(read(text)).toBe("2026-01-15", { message: text });
        }
        expect(serializeDateTime(parseDateTime("۲۰۲۶/۰۱/۱۵ ۱۰:۳۰:۰۰"))).toBe(
            serializeDateTime(luxon.DateTime.fromISO("2026-01-15T10:30:00"))
        );
        expect(() => parseDate("۲۰۲۶/۰۲/۳۰")).toThrow();
    });
});

test("other readers keep Odoo's own numbers", async () => {
    expect(formatInteger(1250)).toBe("1,250");
    expect(() => parseInteger("۱۲۵۰")).toThrow();
    await mountWithCleanup(Pager, {
        props: { offset: 80, limit: 40, total: 150, onUpdate: () => {} },
    });
    expect(".o_pager_counter").toHaveText("81-120 / 150");
});
