import { Component, onMounted, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import {
    counted,
    initials,
    listed,
    localDigits,
    minutesText,
    toneOf,
} from "../../common/texts";
import { outcomeTone } from "../item/outcome_texts";

const CLOCK_TICK = 20000;
const MINUTE = 60000;

/** The agenda: what was decided, what is under discussion, and a line for more. */
export class AgendaColumn extends Component {
    static template = "admin_reform_committees.AgendaColumn";
    static props = {
        model: Object,
        itemId: Number,
        canWrite: Boolean,
        onGo: Function,
        onAdd: Function,
        onEscape: Function,
    };

    setup() {
        this.localDigits = localDigits;
        this.outcomeTone = outcomeTone;
        this.initials = initials;
        this.toneOf = toneOf;
        this.state = useState({ newItem: "", now: Date.now() });
        onMounted(() => {
            this.clock = browser.setInterval(
                () => (this.state.now = Date.now()),
                CLOCK_TICK
            );
        });
        onWillUnmount(() => browser.clearInterval(this.clock));
    }

    get data() {
        return this.props.model.data;
    }

    get meeting() {
        return this.data.meeting;
    }

    get elapsed() {
        const moment = (text) => new Date(`${text.replace(" ", "T")}Z`).getTime();
        const { opened_at: opened, ended_at: ended } = this.meeting;
        if (!opened) {
            return 0;
        }
        const until = ended ? moment(ended) : this.state.now;
        return Math.max(Math.round((until - moment(opened)) / MINUTE), 0);
    }

    get elapsedText() {
        return _t("Time used: %(gone)s of %(planned)s", {
            gone: localDigits(this.elapsed),
            planned: minutesText(this.meeting.planned),
        });
    }

    get elapsedShare() {
        const share = (100 * this.elapsed) / (this.meeting.planned || 1);
        return Math.min(Math.round(share), 100);
    }

    get agendaText() {
        return listed([
            counted(this.data.items.length, _t("1 item"), _t("%s items")),
            minutesText(this.meeting.planned),
        ]);
    }

    outcomeLabel(item) {
        return this.data.options.outcome.find(([value]) => value === item.outcome)?.[1];
    }

    writerOf(item) {
        return this.data.others.find((other) => other.item === item.id && other.writes);
    }

    /** The line under an item: who writes it, or what it holds, or who presents it. */
    underText(item) {
        const writer = this.writerOf(item);
        if (writer) {
            return _t("%s is writing…", writer.name);
        }
        const count = this.props.model.rowsOf(item).length;
        return count
            ? counted(count, _t("1 resolution"), _t("%s resolutions"))
            : item.presenter;
    }

    async add() {
        const name = this.state.newItem.trim();
        if (!name) {
            return;
        }
        this.state.newItem = "";
        if (!(await this.props.onAdd(name))) {
            this.state.newItem = name;
        }
    }

    /** Only its own keys stay here: all others go on to the screen. */
    onNewItemKeydown(ev) {
        const isEnter = ev.key === "Enter" && !ev.ctrlKey;
        if (!isEnter && ev.key !== "Escape") {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
        if (isEnter) {
            this.add();
        } else {
            this.props.onEscape(); // what was typed stays
        }
    }
}
