import {
    batched,
    Component,
    onMounted,
    onPatched,
    onWillUnmount,
    reactive,
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
import { localDigits } from "../common/texts";
import { AgendaColumn } from "./agenda/agenda_column";
import { AskBar } from "./ask/ask_bar";
import { MineList, rowsOfReader } from "./ask/mine_list";
import { ChecksPanel } from "./checks/checks_panel";
import { MinutesBands } from "./head/minutes_bands";
import { MinutesHead } from "./head/minutes_head";
import { ItemSection } from "./item/item_section";
import { commandOf, keyList } from "./minutes_keys";
import { MinutesModel } from "./model/minutes_model";
import { AttendanceColumn } from "./people/attendance_column";
import { ReviewPanel } from "./review/review_panel";
import { ScreenChecks } from "./screen_checks";
import { ScreenCommands } from "./screen_commands";
import { ScreenDoors } from "./screen_doors";
import { ScreenFocus } from "./screen_focus";

const POLL_EVERY = 3000;
const WRITING_FOR = 8000;
const HIDDEN = ["odoo.exceptions.AccessError", "odoo.exceptions.MissingError"];

/** The minutes of a meeting: agenda, notes and people on one screen, keyboard first. */
export class MinutesScreen extends Component {
    static template = "admin_reform_committees.MinutesScreen";
    static components = {
        AgendaColumn,
        AskBar,
        AttendanceColumn,
        ChecksPanel,
        ItemSection,
        MineList,
        MinutesBands,
        MinutesHead,
        ReviewPanel,
    };
    static props = { ...standardActionServiceProps };

    setup() {
        this.root = useRef("root");
        this.keyList = keyList();
        const { context, params } = this.props.action;
        this.meetingId = this.props.resId || params?.meeting_id || context?.active_id;
        // Not `useService("orm")`: what is typed last is saved when the screen is left,
        // and a service taken by a component refuses to work once that is gone.
        const { orm } = this.env.services;
        this.model = new MinutesModel(orm, this.meetingId, user.userId);
        // The parts below read the model through its methods, which OWL cannot see:
        // what changes in it is drawn anew in all of them.
        const draw = batched(() => this.render(true));
        this.model.state = reactive(this.model.state, draw);
        this.model.onSettled = () => this.checks.soonAgain();
        this.view = useState({ vote: "", outcome: 0 });
        this.state = useState({
            itemId: 0,
            checks: null,
            showKeys: false,
            tab: "notes",
            // "" while it is fetched, then "open", or "fault" with what was said
            stage: "",
            fault: "",
        });
        this.focus = new ScreenFocus(this.root, this.state);
        this.checks = new ScreenChecks(this);
        this.doors = new ScreenDoors(useService("action"), this.meetingId);
        this.commands = new ScreenCommands(this);
        this.lastTyped = 0;
        useExternalListener(browser, "beforeunload", () => this.model.persist());
        // with the focus nowhere a key comes past the screen
        useExternalListener(document, "keydown", (ev) => {
            if (ev.target === document.body) {
                this.onKeydown(ev);
            }
        });
        onMounted(() => {
            // The columns stand at once; what belongs in them comes when it is here.
            this.open();
            this.poll = browser.setInterval(() => this.refresh(), POLL_EVERY);
        });
        onPatched(() => this.focus.apply());
        onWillUnmount(() => {
            browser.clearInterval(this.poll);
            this.model.flush();
        });
    }

    async open() {
        if (!this.meetingId) {
            this.fail(_t("Choose a meeting first."));
            return;
        }
        Object.assign(this.state, { stage: "", fault: "" });
        try {
            await this.model.open();
        } catch (error) {
            const isHidden = HIDDEN.includes(error.data?.name);
            this.fail(
                isHidden
                    ? _t(
                          "This meeting is not there any more, or is not yours to see: ask its secretary."
                      )
                    : error.data?.message || _t("The server cannot be reached.")
            );
            return;
        }
        this.props.updateActionState?.({ resId: this.meetingId });
        this.env.config?.setDisplayName?.(
            `${this.meeting.body} – ${this.meeting.title}`
        );
        this.state.itemId = this.firstItemId;
        this.state.stage = "open";
        this.focus.later(this.focus.composer(this.state.itemId));
    }

    get firstItemId() {
        const { items } = this.data;
        const pending = items.find((item) => item.outcome === "pending");
        return (pending || items[0])?.id || 0;
    }

    fail(fault) {
        Object.assign(this.state, { stage: "fault", fault });
    }

    async refresh() {
        const isShown = this.state.stage === "open" && !browser.document?.hidden;
        if (!isShown || this.isRefreshing) {
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

    get mineText() {
        const count = rowsOfReader(this.model).length;
        return _t("My resolutions (%s)", localDigits(count));
    }

    get presentText() {
        const { present, seats } = this.data.quorum;
        return _t("%(present)s of %(seats)s present", {
            present: localDigits(present),
            seats: localDigits(seats),
        });
    }

    get liveText() {
        const { status, seenAt } = this.model.state;
        return status === "offline" ? "" : _t("live %s", seenAt);
    }

    /** Go to what was not saved; why stands under it. */
    seeProblem() {
        const [key] = this.model.refused;
        const draft = this.model.state.drafts[key];
        const item = draft && this.model.itemOf(draft.item);
        if (item && key in this.model.state.conflicts) {
            this.state.itemId = item.id;
            this.focus.on(".o_minutes_conflict button");
        } else if (item && draft.type === "row") {
            this.setCurrent(item, key, "text");
        } else if (item) {
            this.goTo(item);
        }
    }

    toggleKeys() {
        this.state.showKeys = !this.state.showKeys;
    }

    // === Moving about ===

    setCurrent(item, storeKey, field) {
        this.state.itemId = item.id;
        if (field) {
            this.focus.on(`[data-row="${CSS.escape(storeKey)}"] [data-field=${field}]`);
        }
    }

    goTo(item) {
        this.state.itemId = item.id;
        this.state.tab = "notes";
        this.focus.home();
    }

    step(count) {
        const items = this.data.items;
        const index = items.findIndex((item) => item.id === this.state.itemId);
        const next = items[Math.min(Math.max(index + count, 0), items.length - 1)];
        if (next) {
            this.goTo(next);
        }
    }

    // === Acts ===

    async start() {
        const data = await this.model.act(() => this.model.call("minutes_start"));
        if (!data) {
            return;
        }
        this.model.take(data);
        const first = data.items.find((item) => item.outcome === "pending");
        this.state.itemId = first?.id || 0;
        const isPlanned = data.items.some((item) => item.source === "proposal");
        this.focus.later(this.focus.composer(isPlanned ? this.state.itemId : 0));
    }

    async addItem(name) {
        const id = await this.model.addItem(name);
        if (id && !this.current) {
            this.state.itemId = id;
        }
        return id;
    }

    async allPresent() {
        const isUntouched = this.data.people.some((person) =>
            ["invited", "accepted"].includes(person.status)
        );
        await (isUntouched ? this.model.allPresent() : this.model.undoAllPresent());
    }

    // === Keys ===

    onKeydown(ev) {
        if (this.state.stage !== "open") {
            return;
        }
        const command = commandOf(ev);
        if (!command) {
            if (ev.key === "Escape") {
                // Escape never leaves the screen: it leads back to the line below.
                this.focus.home();
            }
            return;
        }
        const isInField = ev.target.matches("input, textarea") && ev.target.value;
        if (command === "undo" && isInField) {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
        this.commands.run(command);
    }

    onInput() {
        this.lastTyped = Date.now();
    }
}

registry
    .category("actions")
    .add("admin_reform_committees.minutes", MinutesScreen, { force: true });
