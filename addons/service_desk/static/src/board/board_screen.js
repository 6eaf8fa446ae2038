import { Component, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const MODEL = "service.desk.summary";
const LOOK_EVERY = 60000;
const FULL_BAR = 84;

/** The supervisor's board: what is late first, then today, units, promises, counters. */
export class BoardScreen extends Component {
    static template = "service_desk.BoardScreen";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({
            board: null,
            hasFailed: false,
            problem: "",
            deskId: false,
        });
        onWillStart(async () => {
            this.maySetReminder = await user.hasGroup("service_desk.group_supervisor");
            await this.look();
        });
        this.timer = browser.setInterval(() => this.look(), LOOK_EVERY);
        onWillUnmount(() => browser.clearInterval(this.timer));
    }

    get board() {
        return this.state.board;
    }

    get cardTitles() {
        return {
            overdue: _t("Overdue"),
            today: _t("Promised for today"),
            incomplete: _t("Documents missing"),
            returned: _t("Returned by a unit"),
            waiting: _t("Waiting in the hall"),
        };
    }

    get counterStates() {
        return {
            busy: _t("Busy"),
            long: _t("Long"),
            free: _t("Free"),
            closed: _t("Closed"),
        };
    }

    get total() {
        return this.board.cards[0];
    }

    get totalText() {
        const { count, text } = this.total;
        return count === 1 ? _t("1 file") : _t("All %s files", text);
    }

    /**
     * The last figures stay when the server does not answer; the hour tells. Where there
     * are none, a sentence stands instead: the server's own, if it refused them.
     */
    async look(fresh = false) {
        try {
            this.state.board = await this.orm.silent.call(MODEL, "board_load", [
                this.state.deskId,
                fresh,
            ]);
            this.state.hasFailed = false;
        } catch (error) {
            this.state.hasFailed = true;
            this.state.problem = error.data?.message || _t("The figures did not come.");
        }
    }

    get nextStep() {
        return this.board.first_steps.findIndex((step) => !step.done);
    }

    openLabel(step) {
        return _t("Show: %s", step.title);
    }

    async chooseDesk(event) {
        this.state.deskId = Number(event.target.value) || false;
        await this.look();
    }

    barStyle(unit) {
        const most = Math.max(...this.board.units.map((one) => one.count), 1);
        return `width: ${Math.round((FULL_BAR * unit.count) / most)}%`;
    }

    domainOf(key) {
        const domains = {
            overdue: [["is_overdue", "=", true]],
            today: [
                ["date_promised", "=", "today"],
                ["state", "in", ["incomplete", "registered", "referred", "ready"]],
            ],
            incomplete: [["state", "=", "incomplete"]],
            returned: [
                ["state", "=", "registered"],
                ["referral_ids.state", "=", "returned"],
            ],
        };
        const domain = domains[key];
        return this.state.deskId
            ? [...domain, ["desk_id", "=", this.state.deskId]]
            : domain;
    }

    openRequests(name, domain) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: "service.desk.request",
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain,
        });
    }

    openCard(card) {
        if (card.key === "waiting") {
            return this.action.doAction("service_desk.service_desk_ticket_action");
        }
        return this.openRequests(this.cardTitles[card.key], this.domainOf(card.key));
    }

    openUnit(unit) {
        const domain = [...this.domainOf("overdue"), ["department_id", "=", unit.id]];
        return this.openRequests(unit.name, domain);
    }

    openRequest(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "service.desk.request",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openMonth() {
        return this.action.doAction("service_desk.service_desk_monthly_action");
    }

    async remind(unit) {
        unit.reminded = await this.orm.call(MODEL, "board_remind", [unit.id]);
    }
}

registry.category("actions").add("service_desk.board", BoardScreen, { force: true });
