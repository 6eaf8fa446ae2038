import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { countAnswers } from "../item_card/counts";
import { formatNumber, localDigits } from "../item_card/numbers";

const REPORT = "audit.answer.report";
// Five bands of colour, by what is good: from here on a cell has the colour.
const BANDS = [85, 70, 50, 25, 0];

/** Items by phases, years, zones …: a coloured cell says how each of them does. */
export class HeatMap extends Component {
    static template = "audit_checklist.HeatMap";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({
            map: null,
            asked: { column: "phase", phase_id: false, source: "visit" },
            measure: "percent",
        });
        onWillStart(() => this.load());
    }

    get map() {
        return this.state.map;
    }

    get columnNames() {
        return {
            phase: _t("Phases"),
            year: _t("Years"),
            version: _t("Versions of the checklist"),
            zone: _t("Zones"),
            kind: _t("Kinds of unit"),
            team: _t("Teams"),
        };
    }

    get sourceNames() {
        return {
            visit: _t("Visits"),
            declared: _t("Declared by units"),
            reported: _t("Reported by other bodies"),
        };
    }

    get measureNames() {
        return { percent: _t("Mean, percent"), failed: _t("Failed, percent") };
    }

    async load() {
        this.state.map = await this.orm.call(REPORT, "get_heat_map", [], {
            ...this.state.asked,
        });
    }

    async ask(name, value) {
        this.state.asked[name] = value;
        await this.load();
    }

    label(row) {
        return localDigits(row.label);
    }

    text(cell) {
        return cell ? formatNumber(Math.round(cell[this.state.measure])) : "–";
    }

    title(cell) {
        if (!cell) {
            return _t("Nobody was asked");
        }
        return _t(
            "%(percent)s percent on average, %(failed)s percent failed, %(answers)s",
            {
                percent: formatNumber(Math.round(cell.percent)),
                failed: formatNumber(Math.round(cell.failed)),
                answers: countAnswers(cell.count),
            }
        );
    }

    band(cell) {
        if (!cell) {
            return "";
        }
        const good =
            this.state.measure === "percent" ? cell.percent : 100 - cell.failed;
        return `o_audit_heat_${BANDS.findIndex((least) => good >= least)}`;
    }

    /** Show the answers behind a cell. */
    open(row, column) {
        const domain = [
            ["item_code", "=", row.code],
            ["source", "=", this.map.source],
            [this.map.field, "in", column.ids],
        ];
        if (this.state.asked.phase_id) {
            domain.push(["phase_id", "=", this.state.asked.phase_id]);
        }
        return this.action.doAction({
            domain,
            name: `${this.label(row)} ${row.name}`,
            res_model: REPORT,
            type: "ir.actions.act_window",
            views: [[false, "list"]],
        });
    }
}

registry.category("actions").add("audit_checklist.heat_map", HeatMap, { force: true });
