import { Component, onMounted, onWillUnmount, useRef, useState } from "@odoo/owl";
import { sendReport } from "@admin_reform_committees/resolution/report";
import {
    localDigits,
    percentText,
    toLatin,
} from "@admin_reform_committees/resolution/texts";
import { _t } from "@web/core/l10n/translation";
import { directives, kindLabels, questions, TONES } from "./desk_texts";

const RESOLUTION = "reform.resolution";
const NOTED_AFTER = 1500;

/** One entry of the desk, with everything that is needed to act on it. */
export class DeskPane extends Component {
    static template = "admin_reform_committees.DeskPane";
    static props = {
        entry: Object,
        detail: Object,
        chosen: Array,
        problem: { type: String, optional: true },
        // act later, so that it can be taken back: entries, act, what is said
        queue: Function,
        // act at once: a function of the entry
        now: Function,
        reload: Function,
        focusList: Function,
        openRecord: Function,
        // hand over the function that takes the keys pressed outside
        takeKeys: Function,
    };

    setup() {
        // Acts are done later, when this pane may be gone: a service taken with
        // `useService` would refuse them then.
        this.orm = this.env.services.orm;
        this.root = useRef("root");
        this.localDigits = localDigits;
        this.percentText = percentText;
        this.directives = directives();
        onMounted(() => this.props.takeKeys((code) => this.onKey(code)));
        onWillUnmount(() => this.props.takeKeys(null));
        this.state = useState({
            directive: "",
            asks: "",
            text: "",
            until: "",
            percent: "",
            files: [],
        });
    }

    get entry() {
        return this.props.entry;
    }

    get detail() {
        return this.props.detail;
    }

    get label() {
        return kindLabels()[this.entry.kind];
    }

    get tone() {
        return TONES[this.entry.kind];
    }

    get question() {
        return questions()[this.state.asks];
    }

    get isDecision() {
        return ["approve", "minutes"].includes(this.entry.kind);
    }

    get approveText() {
        const count = this.deciding.length;
        if (count > 1) {
            return _t("Approve %s together", localDigits(count));
        }
        if (this.state.directive) {
            return _t("Approve with the directive");
        }
        return this.entry.kind === "minutes"
            ? _t("Approve the Minutes")
            : _t("Approve the Resolution");
    }

    /** What is approved here: this entry, and those chosen together with it. */
    get deciding() {
        const isChosen = this.props.chosen.includes(this.entry);
        return isChosen ? this.props.chosen : [this.entry];
    }

    get unseenText() {
        return _t("Not opened yet: %s", localDigits(this.detail.unseen));
    }

    get askedText() {
        const { who, until } = this.detail.asked;
        return _t("%(who)s asks for time until %(until)s", { who, until });
    }

    call(method, ...args) {
        const model = this.entry.kind === "minutes" ? "reform.meeting" : RESOLUTION;
        return (entry) => this.orm.silent.call(model, method, [[entry.id], ...args]);
    }

    // === Deciding ===

    approve() {
        const entries = this.deciding;
        const { directive } = this.state;
        const run = (entry) =>
            this.orm.silent.call(
                entry.kind === "minutes" ? "reform.meeting" : RESOLUTION,
                "approve",
                [[entry.id], directive]
            );
        this.props.queue(entries, run, _t("%s approved", localDigits(entries.length)));
    }

    ask(what) {
        this.state.asks = what;
        this.state.text = what === "part" ? this.detail.text : "";
        // once the question is drawn
        setTimeout(() =>
            this.root.el
                ?.querySelector(".o_desk_ask textarea, .o_desk_ask input")
                ?.focus()
        );
    }

    answer() {
        const { asks, text, directive, until } = this.state;
        if (!text.trim()) {
            return;
        }
        const acts = {
            return: this.call("give_back", text),
            part: this.call("approve", directive, text),
            reopen: this.call("reopen", text),
            refuse: this.call("decide_extension", false, text),
        };
        if (acts[asks]) {
            return this.props.queue([this.entry], acts[asks], _t("Done"));
        }
        return this.props.now(this.lasting(asks, text, until));
    }

    /** What is not taken back: a signature, a comment, a question to somebody. */
    lasting(asks, text, until) {
        return {
            sign: (entry) =>
                this.orm.silent.call("reform.signature", "sign", [[entry.id], text]),
            comment: (entry) =>
                this.orm.silent.create("reform.minutes.comment", [
                    { minutes_id: entry.id, text },
                ]),
            extend: this.call("ask_extension", until, text),
        }[asks];
    }

    /** A resolution goes to who must do it, or to the manager once more. */
    get sendOnText() {
        return this.detail.state === "returned"
            ? _t("Ask for approval again")
            : _t("Communicate");
    }

    sendOn() {
        const isReturned = this.detail.state === "returned";
        const method = isReturned ? "action_ask_approval" : "action_communicate";
        this.props.queue([this.entry], this.call(method), _t("Done"));
    }

    // === Working ===

    onPick(ev) {
        this.state.files.push(...ev.target.files);
        ev.target.value = "";
    }

    report() {
        const percent = parseInt(toLatin(this.state.percent).replace(/\D/g, ""));
        const said = {
            note: this.state.text,
            percent: Number.isNaN(percent) ? null : percent,
            files: [...this.state.files],
        };
        return this.props.now(async (entry) => {
            await sendReport(this.orm, entry.id, said);
            Object.assign(this.state, { text: "", percent: "", files: [] });
        });
    }

    opened(file) {
        if (!file.seen) {
            // the server notes it when the file is fetched
            setTimeout(() => this.props.reload(), NOTED_AFTER);
        }
    }

    onKeydown(ev) {
        if (ev.key === "Escape") {
            ev.stopPropagation();
            if (this.state.asks) {
                this.state.asks = "";
            } else {
                this.props.focusList();
            }
        } else if (ev.ctrlKey && ev.key === "Enter") {
            ev.preventDefault();
            if (this.state.asks) {
                this.answer();
            } else if (this.isDecision) {
                this.approve();
            }
        }
    }

    /** Alt+R gives back with a reason, Alt+G approves in part. */
    onKey(code) {
        if (code === "KeyR" && this.isDecision) {
            this.ask("return");
            return true;
        }
        if (code === "KeyG" && this.entry.kind === "approve") {
            this.ask("part");
            return true;
        }
        return false;
    }
}
