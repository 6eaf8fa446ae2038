import {
    Component,
    onMounted,
    onPatched,
    onWillStart,
    onWillUnmount,
    status,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { counted, localDigits } from "@admin_reform_committees/resolution/texts";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { beginStep, openEntry } from "./desk_open";
import { DeskPane } from "./desk_pane";
import { groupLabels, kindLabels, TONES } from "./desk_texts";

const UNDO_FOR = 10000;
const DETAIL_DELAY = 120;

/** Everything the user has to approve, sign, do, verify and comment, in one list. */
export class DeskScreen extends Component {
    static template = "admin_reform_committees.DeskScreen";
    static components = { DeskPane };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        // for what is queued, and done even if the screen is left meanwhile
        this.later = this.env.services.orm;
        this.action = useService("action");
        this.ui = useService("ui");
        this.root = useRef("root");
        this.localDigits = localDigits;
        this.labels = kindLabels();
        this.tones = TONES;
        this.state = useState({
            desk: null,
            kind: "",
            key: "",
            detail: null,
            chosen: {},
            problems: {},
            undo: null,
        });
        onWillStart(() => this.load());
        onMounted(() => this.focusRow());
        onPatched(() => this.focusRow());
        onWillUnmount(() => this.commit());
        useExternalListener(browser, "beforeunload", (ev) => {
            if (this.state.undo) {
                // what waits for its ten seconds goes out before the window does
                ev.preventDefault();
                this.commit();
            }
        });
    }

    async load() {
        this.state.desk = await this.orm.call("reform.desk", "desk_open", []);
        const entry = this.current || this.visible[0];
        await this.select(entry, false);
    }

    /** First Steps, for who may found bodies while there are none. */
    found() {
        return this.action.doAction(
            "admin_reform_committees.reform_committee_found_action"
        );
    }

    /** What an empty desk offers to begin with: naming members, or a meeting. */
    begin(step) {
        return beginStep(this, step);
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
        return Object.entries(this.labels)
            .map(([kind, label]) => ({
                kind,
                label,
                count: this.entries.filter((entry) => entry.kind === kind).length,
            }))
            .filter((each) => each.count);
    }

    get groups() {
        return Object.entries(groupLabels())
            .map(([name, label]) => ({
                name,
                label,
                entries: this.visible.filter((entry) => entry.group === name),
            }))
            .filter((group) => group.entries.length);
    }

    dayText(entry) {
        return entry.late
            ? counted(entry.late, _t("1 day late"), _t("%s days late"))
            : entry.day;
    }

    get nextText() {
        return _t("Your next meeting: %s", this.state.desk.next);
    }

    get deputyText() {
        return _t("Deputy of %s", this.state.desk.deputy);
    }

    get current() {
        return this.visible.find((entry) => entry.key === this.state.key);
    }

    filter(kind) {
        this.state.kind = kind;
        if (!this.current) {
            this.select(this.visible[0]);
        }
    }

    async select(entry, wait = true) {
        browser.clearTimeout(this.timer);
        if (entry?.key !== this.state.key) {
            this.state.detail = null;
        }
        this.state.key = entry?.key || "";
        if (!entry) {
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

    focusList() {
        this.root.el
            .querySelector(`.o_desk_row[data-key="${this.state.key}"]`)
            ?.focus();
    }

    focusRow() {
        const active = document.activeElement;
        if (active === document.body || active?.matches(".o_desk_row")) {
            this.focusList();
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

    onKeydown(ev) {
        if (ev.altKey && this.paneKeys?.(ev.code)) {
            ev.preventDefault();
            ev.stopPropagation();
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
        return counted(
            this.chosen.length,
            _t("1 resolution chosen"),
            _t("%s resolutions chosen")
        );
    }

    approveChosen() {
        const run = (entry) =>
            this.later.silent.call("reform.resolution", "approve", [[entry.id], ""]);
        const text = _t("%s approved", localDigits(this.chosen.length));
        this.queue(this.chosen, run, text);
    }

    // === Acts: queued for ten seconds, so that they can be taken back ===

    queue(entries, run, text) {
        this.commit();
        const next = this.after(entries);
        this.state.undo = { keys: entries.map((entry) => entry.key), run, text };
        this.state.chosen = {};
        this.undoTimer = browser.setTimeout(() => this.commit(), UNDO_FOR);
        this.select(next || this.visible[0]);
    }

    /** The entry behind those acted on: it is marked next. */
    after(entries) {
        const shown = this.visible;
        const last = Math.max(...entries.map((entry) => shown.indexOf(entry)));
        return shown.slice(last + 1).find((entry) => !entries.includes(entry));
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
            await this.attempt(undo.run, entry);
        }
        if (status(this) !== "destroyed") {
            await this.load();
        }
    }

    async now(run) {
        await this.attempt(run, this.current);
        await this.load();
    }

    /** Act; what fails stays in the list, with what the server said. */
    async attempt(run, entry) {
        try {
            await run(entry);
            delete this.state.problems[entry.key];
        } catch (error) {
            this.state.problems[entry.key] = error.data?.message || error.message;
        }
    }

    get paneProps() {
        return {
            entry: this.current,
            detail: this.state.detail,
            chosen: this.chosen,
            problem: this.state.problems[this.state.key],
            queue: this.queue.bind(this),
            now: this.now.bind(this),
            reload: () => this.select(this.current, false),
            focusList: this.focusList.bind(this),
            openRecord: () => openEntry(this.action, this.current, this.state.detail),
            takeKeys: (keys) => (this.paneKeys = keys),
        };
    }
}

registry
    .category("actions")
    .add("admin_reform_committees.desk", DeskScreen, { force: true });
