import {
    Component,
    onMounted,
    onPatched,
    onWillStart,
    onWillUnmount,
    useRef,
    useState,
} from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { localDigits, percentText } from "../common/texts";

const UNDO_FOR = 10000;
const DETAIL_DELAY = 120;
const RESOLUTION = "reform.resolution";

/** Everything the user has to approve, sign, do, verify and comment, in one list. */
export class DeskScreen extends Component {
    static template = "admin_reform_committees.DeskScreen";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.localDigits = localDigits;
        this.percentText = percentText;
        this.state = useState({
            desk: null,
            kind: "",
            key: "",
            detail: null,
            chosen: {},
            directive: "",
            asks: "",
            text: "",
            percent: "",
            problems: {},
            undo: null,
        });
        onWillStart(() => this.load());
        onMounted(() => this.focusRow());
        onPatched(() => this.focusRow());
        onWillUnmount(() => this.commit());
    }

    async load() {
        this.state.desk = await this.orm.call("reform.desk", "desk_open", []);
        if (!this.visible.some((entry) => entry.key === this.state.key)) {
            await this.select(this.visible[0], false);
        }
    }

    // === The list ===

    get entries() {
        const pending = this.state.undo?.keys || [];
        return this.state.desk.entries.filter((entry) => !pending.includes(entry.key));
    }

    get visible() {
        return this.entries.filter(
            (entry) => !this.state.kind || entry.kind === this.state.kind
        );
    }

    get kinds() {
        const labels = {
            approve: _t("Resolution to Approve"),
            minutes: _t("Minutes to Approve"),
            sign: _t("Signature"),
            verify: _t("Verification"),
            work: _t("My Work"),
            comment: _t("Comment"),
        };
        return Object.entries(labels)
            .map(([kind, label]) => ({
                kind,
                label,
                count: this.entries.filter((entry) => entry.kind === kind).length,
            }))
            .filter((each) => each.count);
    }

    labelOf(entry) {
        return this.kinds.find((each) => each.kind === entry.kind)?.label;
    }

    toneOf(kind) {
        return {
            approve: "warn",
            minutes: "warn",
            verify: "info",
            sign: "brand",
            work: "gray",
            comment: "gray",
        }[kind];
    }

    get groups() {
        const labels = {
            late: _t("Overdue"),
            now: _t("Today and tomorrow"),
            week: _t("This week"),
            later: _t("Later"),
        };
        return Object.entries(labels)
            .map(([name, label]) => ({
                name,
                label,
                entries: this.visible.filter((entry) => entry.group === name),
            }))
            .filter((group) => group.entries.length);
    }

    dayText(entry) {
        return entry.late ? _t("%s days late", localDigits(entry.late)) : entry.day;
    }

    get deputyText() {
        return _t("Deputy of %s", this.state.desk.deputy);
    }

    get current() {
        return this.visible.find((entry) => entry.key === this.state.key);
    }

    async select(entry, wait = true) {
        this.state.key = entry?.key || "";
        this.state.asks = "";
        this.state.directive = "";
        this.state.text = "";
        browser.clearTimeout(this.timer);
        if (!entry) {
            this.state.detail = null;
            return;
        }
        const load = async () => {
            const detail = await this.orm.call("reform.desk", "desk_detail", [
                entry.kind,
                entry.id,
            ]);
            if (this.state.key === entry.key) {
                this.state.detail = detail;
            }
        };
        if (wait) {
            this.timer = browser.setTimeout(load, DETAIL_DELAY);
        } else {
            await load();
        }
    }

    focusRow() {
        const row = this.root.el?.querySelector(`[data-key="${this.state.key}"]`);
        const active = document.activeElement;
        if (row && (active === document.body || active?.matches("[data-key]"))) {
            row.focus();
        }
    }

    onListKeydown(ev, entry) {
        const index = this.visible.indexOf(entry);
        const acts = {
            ArrowDown: () => this.select(this.visible[index + 1] || entry),
            ArrowUp: () => this.select(this.visible[index - 1] || entry),
            " ": () => this.toggle(entry),
            Enter: () =>
                this.root.el
                    .querySelector(".o_desk_pane textarea, .o_desk_pane .btn")
                    ?.focus(),
        };
        if (acts[ev.key] && !ev.altKey && !ev.ctrlKey) {
            ev.preventDefault();
            acts[ev.key]();
        }
    }

    toggle(entry) {
        if (entry.kind === "approve") {
            this.state.chosen[entry.key] = !this.state.chosen[entry.key];
        }
    }

    get chosen() {
        return this.entries.filter((entry) => this.state.chosen[entry.key]);
    }

    get chosenText() {
        return _t("%s resolutions chosen", localDigits(this.chosen.length));
    }

    // === Acts: queued for ten seconds, so that they can be taken back ===

    get directives() {
        return [
            _t("As the committee decided."),
            _t("With priority; report on it."),
            _t("After the accountant has confirmed."),
        ];
    }

    queue(entries, run, text) {
        this.commit();
        const keys = entries.map((entry) => entry.key);
        const next = this.visible.find(
            (entry) => !keys.includes(entry.key) && entry.key > ""
        );
        this.state.undo = { keys, run, text };
        this.state.chosen = {};
        this.undoTimer = browser.setTimeout(() => this.commit(), UNDO_FOR);
        this.select(this.visible[0] || next);
    }

    takeBack() {
        browser.clearTimeout(this.undoTimer);
        this.state.undo = null;
    }

    async commit() {
        browser.clearTimeout(this.undoTimer);
        const { undo } = this.state;
        if (!undo) {
            return;
        }
        this.state.undo = null;
        for (const key of undo.keys) {
            const entry = this.state.desk.entries.find((each) => each.key === key);
            try {
                await undo.run(entry);
                delete this.state.problems[key];
            } catch (error) {
                this.state.problems[key] = error.data?.message || error.message;
            }
        }
        await this.load();
    }

    approve() {
        const entries = this.chosen.length ? this.chosen : [this.current];
        const directive = this.state.directive;
        this.queue(
            entries,
            (entry) =>
                this.orm.silent.call(
                    entry.kind === "minutes" ? "reform.meeting" : RESOLUTION,
                    "approve",
                    [[entry.id], directive]
                ),
            _t("%s approved", localDigits(entries.length))
        );
    }

    ask(what) {
        this.state.asks = what;
        this.state.text = what === "part" ? this.state.detail.text : "";
        this.root.el.querySelector(".o_desk_ask textarea")?.focus();
    }

    answer() {
        const { asks, text } = this.state;
        if (!text.trim()) {
            return;
        }
        const calls = {
            return: (entry) =>
                this.orm.silent.call(
                    entry.kind === "minutes" ? "reform.meeting" : RESOLUTION,
                    "give_back",
                    [[entry.id], text]
                ),
            part: (entry) =>
                this.orm.silent.call(RESOLUTION, "approve", [
                    [entry.id],
                    this.state.directive,
                    text,
                ]),
            reopen: (entry) =>
                this.orm.silent.call(RESOLUTION, "reopen", [[entry.id], text]),
            sign: (entry) =>
                this.orm.silent.call("reform.signature", "sign", [[entry.id], text]),
            comment: (entry) =>
                this.orm.silent.create("reform.minutes.comment", [
                    { minutes_id: entry.id, text },
                ]),
        };
        this.queue([this.current], calls[asks], _t("Done"));
        if (asks === "sign") {
            // nothing to take back: a signature is given
            this.commit();
        }
    }

    async now(method, ...args) {
        const entry = this.current;
        try {
            await this.orm.silent.call(RESOLUTION, method, [[entry.id], ...args]);
            delete this.state.problems[entry.key];
            this.state.text = "";
            this.state.percent = "";
        } catch (error) {
            this.state.problems[entry.key] = error.data?.message || error.message;
        }
        await this.load();
        if (this.current) {
            await this.select(this.current, false);
        }
    }

    report() {
        const digits = this.state.percent.replace(/[۰-۹]/g, (digit) =>
            "۰۱۲۳۴۵۶۷۸۹".indexOf(digit)
        );
        const percent = parseInt(digits.replace(/\D/g, ""));
        return this.now(
            "report",
            this.state.text,
            Number.isNaN(percent) ? null : percent
        );
    }

    openRecord() {
        const entry = this.current;
        const isResolution = ["approve", "work", "verify"].includes(entry.kind);
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: isResolution ? RESOLUTION : "reform.meeting",
            res_id: isResolution ? entry.id : this.state.detail.meeting,
            views: [[false, "form"]],
        });
    }

    onKeydown(ev) {
        if (ev.key === "Escape") {
            this.state.asks = "";
            this.root.el.querySelector(`[data-key="${this.state.key}"]`)?.focus();
        } else if (this.current) {
            this.onActKeydown(ev);
        }
    }

    onActKeydown(ev) {
        const isDecision = ["approve", "minutes"].includes(this.current.kind);
        if (ev.ctrlKey && ev.key === "Enter") {
            ev.preventDefault();
            if (this.state.asks) {
                this.answer();
            } else if (isDecision) {
                this.approve();
            }
        } else if (ev.altKey && ev.code === "KeyR" && isDecision) {
            ev.preventDefault();
            this.ask("return");
        }
    }
}

registry
    .category("actions")
    .add("admin_reform_committees.desk", DeskScreen, { force: true });
