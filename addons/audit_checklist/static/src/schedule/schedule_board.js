import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { deserializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { countMinutes } from "../item_card/counts";
import { counted, formatNumber, listed } from "../item_card/numbers";

const SCHEDULE = "audit.schedule";
// Where the arrow keys lead, in teams and in days of a left-to-right page.
const ARROWS = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
};

/**
 * The board of a proposal: a row for each team, a column for each working day, and
 * beside it the units that found no place, with the reason and the cheapest way out.
 *
 * Units are dragged, or picked up and put down with Enter. While one is held, each cell
 * says what it would cost, or which rule forbids it.
 */
export class ScheduleBoard extends Component {
    static template = "audit_checklist.ScheduleBoard";
    static props = { record: Object };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.state = useState({ board: null, held: null, prices: {}, over: null });
        onWillStart(() => this.load());
        onWillUpdateProps((next) => this.load(next.record));
    }

    get board() {
        return this.state.board;
    }

    get unplaced() {
        return this.board.lines.filter((line) => !line.day && line.cause);
    }

    get gain() {
        const { cost, first_cost } = this.board.figures;
        return first_cost ? Math.round(100 * (cost / first_cost - 1)) : 0;
    }

    get doneText() {
        const { done, units } = this.board.figures;
        return _t("%(done)s of %(units)s", {
            done: formatNumber(done),
            units: formatNumber(units),
        });
    }

    get spreadText() {
        return countMinutes(this.board.figures.spread);
    }

    visitorsText({ visitors }) {
        return counted(visitors, (n) => [
            _t("· %(count)s client a day", n),
            _t("· %(count)s clients a day", n),
        ]);
    }

    async load(record = this.props.record) {
        this.state.board = await this.orm.call(SCHEDULE, "get_board", [record.resId]);
        this.lines = Object.groupBy(
            this.board.lines.filter((line) => line.day),
            (line) => `${line.team_id}/${line.day}`
        );
    }

    // === What is shown ===

    number(value) {
        return formatNumber(value);
    }

    weekday(day) {
        return deserializeDate(day).toFormat("cccc");
    }

    dayOfMonth(day) {
        return deserializeDate(day).toFormat("d MMMM");
    }

    linesOf(team, day) {
        return this.lines[`${team.id}/${day}`] || [];
    }

    pastOf(past, team) {
        return past.teams[team.id];
    }

    /** Why nobody can be sent there, whatever the unit. */
    closedText(team, day) {
        if (team.absent.includes(day)) {
            return _t("absent");
        }
        if (team.shared.includes(day) && !this.linesOf(team, day).length) {
            return _t("shared");
        }
        return "";
    }

    price(team, day) {
        return this.state.held ? this.state.prices[`${team.id}/${day}`] : undefined;
    }

    priceText(price) {
        if (!price) {
            return "";
        }
        if (price.cause) {
            return this.board.causes[price.cause];
        }
        return this.change(price.cost);
    }

    change(cost) {
        return `${cost > 0 ? "+" : cost < 0 ? "−" : ""}${formatNumber(Math.abs(cost))}`;
    }

    cellLabel(team, day) {
        const units = this.linesOf(team, day).map((line) => line.unit);
        return _t("Team %(team)s, %(day)s: %(units)s", {
            team: formatNumber(team.number),
            day: `${this.weekday(day)} ${this.dayOfMonth(day)}`,
            units: listed(units) || this.closedText(team, day) || _t("nothing"),
        });
    }

    wayOutText({ team_id, day, cause, cost }) {
        const team = this.board.teams.find(({ id }) => id === team_id);
        const values = {
            team: formatNumber(team.number),
            day: this.dayOfMonth(day),
            cost: this.change(cost),
        };
        return {
            window: _t("Let it be visited on %(day)s: team %(team)s, %(cost)s", values),
            full: _t("One more visit on %(day)s: team %(team)s, %(cost)s", values),
            time: _t("A longer day on %(day)s: team %(team)s, %(cost)s", values),
        }[cause || "full"];
    }

    // === Picking up and putting down ===

    async pick(line) {
        if (!this.board.is_editable || line.is_fixed) {
            return;
        }
        this.state.held = line;
        this.state.prices = {};
        const prices = await this.orm.silent.call(SCHEDULE, "get_prices", [
            this.props.record.resId,
            line.id,
        ]);
        if (this.state.held?.id === line.id) {
            this.state.prices = prices;
        }
    }

    letGo() {
        Object.assign(this.state, { held: null, prices: {}, over: null });
    }

    async put(team, day) {
        const { held } = this.state;
        this.letGo();
        if (!held || (held.team_id === team?.id && held.day === day)) {
            return;
        }
        await this.changeBoard("move", [
            held.id,
            team?.id || false,
            day || false,
            this.board.revision,
        ]);
    }

    undo() {
        return this.changeBoard("undo", []);
    }

    async changeBoard(method, words) {
        try {
            const board = await this.orm.call(SCHEDULE, method, [
                this.props.record.resId,
                ...words,
            ]);
            if (board.changed) {
                this.notification.add(
                    _t("Somebody else moved units too: here is how it is now."),
                    { type: "info" }
                );
            }
        } finally {
            await this.load();
        }
    }

    // === Mouse and keys ===

    onDragStart(ev, line) {
        ev.dataTransfer.effectAllowed = "move";
        ev.dataTransfer.setData("text/plain", line.unit);
        this.pick(line);
    }

    /** Say why it sprang back: over a place that is forbidden nothing is dropped. */
    onDragEnd(line) {
        const cause = this.state.over?.cause;
        this.letGo();
        if (cause) {
            this.notification.add(
                _t("%(unit)s cannot be put there: %(cause)s.", {
                    unit: line.unit,
                    cause: this.board.causes[cause],
                }),
                { type: "warning" }
            );
        }
    }

    onDragOver(ev, team, day) {
        const price = this.price(team, day);
        if (this.state.held && !price?.cause) {
            ev.preventDefault();
        }
        this.state.over = price || null;
    }

    onCellKeydown(ev, team, day) {
        if (ARROWS[ev.key]) {
            this.moveFocus(ev);
        } else if (ev.key === "Enter") {
            ev.preventDefault();
            this.pickOrPut(team, day);
        } else if (ev.key === "Escape" && this.state.held) {
            ev.stopPropagation();
            this.letGo();
        }
    }

    /** Put down what is held; in its own cell, take the next unit there or let go. */
    pickOrPut(team, day) {
        const { held } = this.state;
        const lines = this.linesOf(team, day).filter((line) => !line.is_fixed);
        const place = lines.findIndex(({ id }) => id === held?.id);
        if (held && place < 0) {
            this.put(team, day);
        } else if (lines[place + 1]) {
            this.pick(lines[place + 1]);
        } else {
            this.letGo();
        }
    }

    onWaitingKeydown(ev, line) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.pick(line);
            document.querySelector(".o_audit_board td[tabindex]")?.focus();
        }
    }

    moveFocus(ev) {
        ev.preventDefault();
        const cell = ev.currentTarget;
        const [down, side] = ARROWS[ev.key];
        const forward = getComputedStyle(cell).direction === "rtl" ? -side : side;
        const row = cell.parentElement;
        const rows = [...row.parentElement.children];
        const target =
            rows[rows.indexOf(row) + down]?.children[cell.cellIndex + forward];
        if (target?.hasAttribute("tabindex")) {
            target.focus();
        }
    }
}

registry
    .category("lazy_components")
    .add("audit_checklist.ScheduleBoard", ScheduleBoard);
