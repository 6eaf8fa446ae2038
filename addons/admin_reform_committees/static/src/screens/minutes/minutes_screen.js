import {
    Component,
    onMounted,
    onPatched,
    onWillStart,
    onWillUnmount,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { clockText, initials, localDigits, toneOf } from "../common/texts";
import { AttendanceColumn } from "./attendance_column";
import { ChecksPanel } from "./checks_panel";
import { ItemSection } from "./item_section";
import { commandOf, keyList } from "./minutes_keys";
import { MinutesModel } from "./minutes_model";

const POLL_EVERY = 3000;
const CLOCK_TICK = 20000;
const WRITING_FOR = 8000;

/** The minutes of a meeting: agenda, notes and people on one screen, keyboard first. */
export class MinutesScreen extends Component {
    static template = "admin_reform_committees.MinutesScreen";
    static components = { AttendanceColumn, ChecksPanel, ItemSection };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.root = useRef("root");
        this.initials = initials;
        this.localDigits = localDigits;
        this.toneOf = toneOf;
        this.keyList = keyList();
        const { context, params } = this.props.action;
        this.meetingId = this.props.resId || params?.meeting_id || context?.active_id;
        this.model = new MinutesModel(useService("orm"), this.meetingId, user.userId);
        this.model.state = useState(this.model.state);
        this.view = useState({ vote: "", outcome: 0 });
        this.state = useState({
            itemId: 0,
            checks: null,
            showKeys: false,
            tab: "notes",
            newItem: "",
            now: Date.now(),
            isCompared: false,
        });
        this.focusTarget = null;
        this.lastTyped = 0;
        useExternalListener(browser, "beforeunload", () => this.model.persist());
        onWillStart(() => this.open());
        onMounted(() => {
            this.poll = browser.setInterval(() => this.refresh(), POLL_EVERY);
            this.clock = browser.setInterval(
                () => (this.state.now = Date.now()),
                CLOCK_TICK
            );
            this.applyFocus();
        });
        onPatched(() => this.applyFocus());
        onWillUnmount(() => {
            browser.clearInterval(this.poll);
            browser.clearInterval(this.clock);
            this.model.flush();
        });
    }

    async open() {
        await this.model.open();
        if (this.props.updateActionState) {
            this.props.updateActionState({ resId: this.meetingId });
        }
        this.env.config?.setDisplayName?.(
            `${this.meeting.body} – ${this.meeting.title}`
        );
        const first =
            this.data.items.find((item) => item.outcome === "pending") ||
            this.data.items[0];
        this.state.itemId = first?.id || 0;
        this.focusHome();
    }

    async refresh() {
        if (browser.document?.hidden || this.isRefreshing) {
            return;
        }
        this.isRefreshing = true;
        try {
            const isWriting = Date.now() - this.lastTyped < WRITING_FOR;
            await this.model.poll(this.state.itemId, isWriting);
        } catch {
            this.model.state.status = "offline";
        } finally {
            this.isRefreshing = false;
        }
    }

    // === What the template shows ===

    get data() {
        return this.model.data;
    }

    get meeting() {
        return this.data.meeting;
    }

    get canWrite() {
        return this.meeting.may_write;
    }

    get current() {
        return this.model.itemOf(this.state.itemId) || false;
    }

    get status() {
        const { status, savedAt } = this.model.state;
        const waiting = localDigits(this.model.pending);
        if (!this.canWrite) {
            return { tone: "gray", icon: "fa-eye", text: _t("Read only") };
        }
        if (status === "offline") {
            return {
                tone: "warn",
                icon: "fa-exclamation-triangle",
                text: _t("Draft on this device, %s waiting", waiting),
            };
        }
        if (status === "refused") {
            return {
                tone: "bad",
                icon: "fa-times-circle",
                text: _t("Not all was saved"),
            };
        }
        if (status === "saving" || this.model.pending) {
            return { tone: "gray", icon: "fa-refresh", text: _t("Saving…") };
        }
        if (status === "saved") {
            return { tone: "ok", icon: "fa-check", text: _t("Saved %s", savedAt) };
        }
        return { tone: "ok", icon: "fa-check", text: _t("Ready, local draft is on") };
    }

    get elapsed() {
        if (!this.meeting.opened_at) {
            return 0;
        }
        const since = new Date(
            `${this.meeting.opened_at.replace(" ", "T")}Z`
        ).getTime();
        const until = this.meeting.ended_at
            ? new Date(`${this.meeting.ended_at.replace(" ", "T")}Z`).getTime()
            : this.state.now;
        return Math.max(Math.round((until - since) / 60000), 0);
    }

    get elapsedText() {
        return _t("%(gone)s of %(planned)s minutes", {
            gone: localDigits(this.elapsed),
            planned: localDigits(this.meeting.planned),
        });
    }

    get elapsedShare() {
        return Math.min(
            Math.round((100 * this.elapsed) / (this.meeting.planned || 1)),
            100
        );
    }

    get agendaText() {
        return _t("%(items)s items, %(minutes)s minutes", {
            items: localDigits(this.data.items.length),
            minutes: localDigits(this.meeting.planned),
        });
    }

    get sentText() {
        return this.meeting.state === "approved"
            ? _t("These minutes are approved: nothing in them changes any more.")
            : _t("These minutes were sent and are under review.");
    }

    get restoredText() {
        return _t(
            "%s fields are back from the draft on this device.",
            localDigits(this.model.state.restored.length)
        );
    }

    get restoredTexts() {
        return this.model.state.restored
            .map((key) => this.model.state.drafts[key])
            .filter(Boolean)
            .map(
                (draft) =>
                    draft.text ||
                    Object.values(draft.fields).map(([, wanted]) => wanted)[0]
            )
            .filter((text) => typeof text === "string");
    }

    outcomeLabel(item) {
        return this.data.options.outcome.find(([value]) => value === item.outcome)?.[1];
    }

    outcomeTone(item) {
        if (
            ["approved", "approved_amended", "noted", "discussed"].includes(
                item.outcome
            )
        ) {
            return "ok";
        }
        return item.outcome === "rejected" ? "bad" : "warn";
    }

    writerOf(item) {
        return this.data.others.find((other) => other.item === item.id && other.writes);
    }

    rowsText(item) {
        const count = this.model.rowsOf(item).length;
        return count ? _t("%s resolutions", localDigits(count)) : "";
    }

    writesText(writer) {
        return _t("%s is writing…", writer.name);
    }

    // === Focus ===

    focusHome() {
        if (this.current) {
            this.focus(`[data-item="${this.current.id}"] .o_minutes_composer textarea`);
        } else {
            this.focus(".o_minutes_new_item input");
        }
    }

    focus(selector) {
        this.focusTarget = selector;
    }

    applyFocus() {
        if (this.focusTarget) {
            const target = this.root.el?.querySelector(this.focusTarget);
            if (target) {
                this.focusTarget = null;
                target.focus();
                target
                    .closest("section, [data-item]")
                    ?.scrollIntoView({ block: "nearest" });
            }
        }
    }

    setCurrent(item, storeKey, field) {
        this.state.itemId = item.id;
        if (field) {
            this.focus(`[data-row="${CSS.escape(storeKey)}"] [data-field=${field}]`);
            this.applyFocus();
        }
    }

    goTo(item) {
        this.state.itemId = item.id;
        this.state.tab = "notes";
        this.focus(`[data-item="${item.id}"] .o_minutes_composer textarea`);
        this.applyFocus();
    }

    step(count) {
        const items = this.data.items;
        const index = items.findIndex((item) => item.id === this.state.itemId);
        const next = items[Math.min(Math.max(index + count, 0), items.length - 1)];
        if (next) {
            this.goTo(next);
        }
    }

    nextColumn() {
        const columns = ["agenda", "notes", "people"];
        const active = document.activeElement;
        const here = columns.findIndex((name) =>
            this.root.el.querySelector(`.o_minutes_${name}`)?.contains(active)
        );
        if (columns[here] === "notes") {
            this.caret = active;
        }
        const next = columns[(here + 1) % columns.length];
        this.state.tab = next;
        if (next === "notes") {
            if (this.caret?.isConnected) {
                this.caret.focus();
            } else {
                this.focusHome();
                this.applyFocus();
            }
        } else {
            const target =
                next === "agenda"
                    ? ".o_minutes_agenda [aria-current=true], .o_minutes_agenda button"
                    : ".o_minutes_people [data-person]";
            this.root.el.querySelector(target)?.focus();
        }
    }

    backToNotes() {
        this.state.tab = "notes";
        if (this.caret?.isConnected) {
            this.caret.focus();
        } else {
            this.focusHome();
            this.applyFocus();
        }
    }

    // === Acts ===

    async start() {
        const data = await this.model.act(() => this.model.call("minutes_start"));
        if (data) {
            this.model.take(data);
            const first = data.items.find((item) => item.outcome === "pending");
            this.state.itemId = first?.id || 0;
            const isEmpty = !data.items.some((item) => item.source === "proposal");
            if (isEmpty) {
                this.focus(".o_minutes_new_item input");
            } else {
                this.focusHome();
            }
        }
    }

    async addItem() {
        const name = this.state.newItem.trim();
        if (!name) {
            return;
        }
        this.state.newItem = "";
        const id = await this.model.addItem(name);
        if (!id) {
            this.state.newItem = name;
        } else if (!this.current) {
            this.state.itemId = id;
        }
    }

    onNewItemKeydown(ev) {
        if (ev.key === "Enter" && !ev.ctrlKey) {
            ev.preventDefault();
            this.addItem();
        } else if (ev.key === "Escape") {
            ev.preventDefault();
            this.state.newItem = "";
            this.focusHome();
            this.applyFocus();
        }
    }

    async allPresent() {
        const isUntouched = this.data.people.some((person) =>
            ["invited", "accepted"].includes(person.status)
        );
        if (isUntouched) {
            await this.model.allPresent();
        } else {
            await this.model.undo();
        }
    }

    async toggleChecks() {
        if (this.state.checks) {
            this.state.checks = null;
            this.backToNotes();
            return;
        }
        await this.model.flush();
        const checks = await this.model.act(() => this.model.call("minutes_checks"));
        if (checks) {
            this.caret = document.activeElement;
            this.state.checks = checks;
            this.focus(".o_minutes_checks");
        }
    }

    async refreshChecks() {
        if (this.state.checks) {
            await this.model.flush();
            this.state.checks = await this.model.call("minutes_checks");
        }
    }

    goToCheck(check) {
        if (check.target === "people" || check.target === "chair") {
            this.state.tab = "people";
            this.root.el.querySelector(".o_minutes_people [data-person]")?.focus();
            return;
        }
        const item = this.model.itemOf(check.item);
        if (!item) {
            return;
        }
        this.state.itemId = item.id;
        this.state.tab = "notes";
        if (check.target === "row") {
            const row = this.model.rowsOf(item).find((each) => each.id === check.row);
            if (check.field === "vote") {
                this.view.vote = "count";
            }
            const field = ["responsible", "due"].includes(check.field)
                ? check.field
                : "text";
            this.setCurrent(item, row.storeKey, field);
        } else {
            this.view.outcome = item.id;
            this.focus(`[data-item="${item.id}"] .o_minutes_outcomes button`);
        }
    }

    async submit() {
        await this.model.flush();
        const data = await this.model.act(() => this.model.call("minutes_submit"));
        if (data) {
            this.model.take(data);
            this.state.checks = null;
        } else {
            this.refreshChecks();
        }
    }

    async openMeeting(meetingId) {
        await this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "reform.meeting",
            res_id: meetingId,
            views: [[false, "form"]],
        });
    }

    async openResolution(resolutionId) {
        await this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "reform.resolution",
            res_id: resolutionId,
            views: [[false, "form"]],
        });
    }

    openProjector() {
        browser.open(`/odoo/reform-projector/${this.meetingId}`, "_blank");
    }

    openPreview() {
        browser.open(`/reform/minutes/${this.meetingId}/preview`, "_blank");
    }

    acceptRestored() {
        this.model.state.restored = [];
        this.model.flush();
    }

    // === Keys ===

    onKeydown(ev) {
        const command = commandOf(ev);
        if (!command) {
            if (ev.key === "Escape") {
                // Escape never leaves the screen: it leads back to the line below.
                this.focusHome();
                this.applyFocus();
            }
            return;
        }
        if (
            command === "undo" &&
            ev.target.matches("input, textarea") &&
            ev.target.value
        ) {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
        this.run(command);
    }

    run(command) {
        const free = {
            nextItem: () => this.step(1),
            previousItem: () => this.step(-1),
            nextColumn: () => this.nextColumn(),
            help: () => (this.state.showKeys = !this.state.showKeys),
            projector: () => this.openProjector(),
            preview: () => this.openPreview(),
        };
        if (free[command]) {
            free[command]();
        } else if (this.canWrite) {
            this.runWriting(command);
        }
    }

    runWriting(command) {
        const item = this.current;
        const acts = {
            allPresent: () => this.meeting.is_open && this.allPresent(),
            lateItem: () =>
                this.root.el.querySelector(".o_minutes_new_item input")?.focus(),
            checks: () => this.meeting.is_open && this.toggleChecks(),
            undo: () => this.model.undo(),
            submit: () =>
                this.state.checks &&
                !this.state.checks.some((check) => check.level === "fault") &&
                this.submit(),
        };
        if (acts[command]) {
            acts[command]();
        } else if (item && this.meeting.is_open) {
            this.runInItem(command, item);
        } else if (item && command === "ownNote") {
            this.goTo(item);
        }
    }

    runInItem(command, item) {
        const section = this.root.el.querySelector(`[data-item="${item.id}"]`);
        const acts = {
            newRow: () => this.setCurrent(item, this.model.newRow(item), "text"),
            ownNote: () => this.goTo(item),
            consensus: () => section.querySelector(".o_minutes_consensus")?.click(),
            vote: () => {
                this.view.vote = this.view.vote === "count" ? "name" : "count";
                this.focus(
                    `[data-item="${item.id}"] .o_minutes_ballot input, [data-item="${item.id}"] .o_minutes_ballot button`
                );
            },
            outcome: () => {
                this.view.outcome = item.id;
                this.focus(`[data-item="${item.id}"] .o_minutes_outcomes button`);
            },
            dropRow: () => {
                const key = document.activeElement?.closest("[data-row]")?.dataset.row;
                const row = this.model
                    .rowsOf(item)
                    .find((each) => each.storeKey === key);
                if (row) {
                    this.model.dropRow(item, row);
                    this.goTo(item);
                }
            },
        };
        acts[command]?.();
    }

    onInput() {
        this.lastTyped = Date.now();
    }

    get clockNow() {
        return clockText(new Date(this.state.now), false);
    }
}

registry
    .category("actions")
    .add("admin_reform_committees.minutes", MinutesScreen, { force: true });
