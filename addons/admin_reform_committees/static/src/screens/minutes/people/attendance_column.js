import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { isolated } from "@agency_base/words/words";
import { _t } from "@web/core/l10n/translation";
import { initials, localDigits, parseClock, toneOf } from "../../common/texts";
import { RequestLine } from "../ask/request_line";
import { peopleAct } from "./attendance_keys";
import { quorumHeading, quorumLines } from "./quorum_texts";

const CYCLE = { present: "excused", excused: "absent", absent: "present" };

/** Who is there, since when, and whether that makes a quorum. */
export class AttendanceColumn extends Component {
    static template = "admin_reform_committees.AttendanceColumn";
    static components = { RequestLine };
    static props = {
        model: Object,
        item: { type: [Object, Boolean] },
        canWrite: Boolean,
        onAllPresent: Function,
        onBack: Function,
    };

    setup() {
        this.list = useRef("list");
        this.state = useState({ openId: 0, asks: "", text: "", isDone: false });
        this.localDigits = localDigits;
        this.initials = initials;
        this.toneOf = toneOf;
        this.askInput = useRef("ask");
        useEffect(
            (openId) => {
                if (openId) {
                    this.askInput.el?.focus();
                }
            },
            () => [this.state.openId]
        );
    }

    get data() {
        return this.props.model.data;
    }

    get quorum() {
        return this.data.quorum;
    }

    get isRunning() {
        return this.props.canWrite && this.data.meeting.is_open;
    }

    /** Who wants to go while there is still something to go from. */
    get leaving() {
        return this.props.canWrite && this.data.meeting.state === "in_session"
            ? this.data.requests.filter((request) => request.kind === "leave")
            : [];
    }

    get isUntouched() {
        return this.data.people.some((person) =>
            ["invited", "accepted"].includes(person.status)
        );
    }

    get heading() {
        return quorumHeading(this.quorum, this.data.meeting.state);
    }

    get lines() {
        return quorumLines(this.quorum, this.props.item);
    }

    statusText(person) {
        if (person.status === "present" || person.status === "substituted") {
            if (person.left) {
                return `${person.arrived || "؟"}–${person.left}`;
            }
            return _t("Present %s", person.arrived);
        }
        return this.data.options.status.find(([value]) => value === person.status)?.[1];
    }

    toneOfStatus(person) {
        if (person.here) {
            return "ok";
        }
        return (
            { accepted: "info", declined: "warn", absent: "bad" }[person.status] ||
            "gray"
        );
    }

    logText(event) {
        const parts = [event.text, event.who, event.note].filter(Boolean);
        const text = parts.map(isolated).join(" – ");
        return ["arrival", "departure", "quorum", "no_quorum"].includes(event.kind)
            ? _t("%(what)s (%(count)s)", {
                  what: text,
                  count: localDigits(event.present),
              })
            : text;
    }

    get log() {
        return this.data.log.slice(0, 6);
    }

    before(person) {
        return {
            id: person.id,
            status: person.status,
            arrived_at: person.arrived_at,
            left_at: person.left_at,
        };
    }

    change(person, values) {
        return this.props.model.attend(
            [{ id: person.id, ...values }],
            [this.before(person)]
        );
    }

    cycle(person) {
        const next = CYCLE[person.status] || "present";
        const away = { arrived_at: false, left_at: false };
        return this.change(
            person,
            next === "present" ? { status: next } : { status: next, ...away }
        );
    }

    arrive(person, clock) {
        return this.change(person, {
            status: person.status === "substituted" ? "substituted" : "present",
            ...(clock ? { arrived_at: clock } : {}),
            left_at: false,
        });
    }

    leave(person, clock) {
        const now = new Date().toISOString().slice(0, 19).replace("T", " ");
        return this.change(person, { left_at: clock || now });
    }

    recuse(person) {
        const { item } = this.props;
        if (!item) {
            return;
        }
        const recused = person.recused.includes(item.id)
            ? person.recused.filter((id) => id !== item.id)
            : [...person.recused, item.id];
        return this.props.model.attend(
            [{ id: person.id, recused_item_ids: recused }],
            [{ id: person.id, recused_item_ids: person.recused }]
        );
    }

    isRecused(person) {
        return this.props.item && person.recused.includes(this.props.item.id);
    }

    /** Open the line of a person; digits typed there set the time. */
    ask(person, what, isDone = false) {
        Object.assign(this.state, { openId: person.id, asks: what, text: "", isDone });
    }

    /** What the keys ask for, by pointer: the same press once more takes it away. */
    toggleAsk(person, what) {
        if (this.state.openId === person.id && this.state.asks === what) {
            this.state.openId = 0;
        } else {
            this.ask(person, what);
        }
    }

    /** Note it as of now, at once, and let digits set another time. */
    async note(person, what) {
        this.ask(person, what, true);
        await (what === "leave" ? this.leave(person) : this.arrive(person));
    }

    /** Who presides may be said here once the chair is away. */
    mayPreside(person) {
        const chair = this.data.people.find((each) => each.presides);
        return (
            person.here && person.voting && person.status === "present" && !chair?.here
        );
    }

    async preside(person) {
        const room = await this.props.model.act(() =>
            this.props.model.call("minutes_preside", person.id)
        );
        if (room) {
            this.props.model.takeRoom(room);
        }
    }

    /** Take what was typed; keys typed from now on are meant for the list again. */
    async answer(person) {
        const { asks, text, isDone } = this.state;
        const clock = text && asks !== "substitute" ? parseClock(text) : "";
        if (text && asks !== "substitute" && !clock) {
            return;
        }
        this.state.asks = "";
        this.state.openId = 0;
        this.focusRow(person.id);
        if (asks === "substitute") {
            await this.substitute(person, text);
        } else if (clock || !isDone) {
            await (asks === "leave"
                ? this.leave(person, clock)
                : this.arrive(person, clock));
        }
    }

    async substitute(person, name) {
        if (!name.trim()) {
            return;
        }
        const room = await this.props.model.act(() =>
            this.props.model.call("minutes_substitute", person.id, name)
        );
        if (room) {
            this.props.model.takeRoom(room);
        }
    }

    onAskKeydown(ev, person) {
        ev.stopPropagation();
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.answer(person);
        } else if (ev.key === "Escape") {
            ev.preventDefault();
            this.state.openId = 0;
            this.focusRow(person.id);
        }
    }

    focusRow(id) {
        this.list.el?.querySelector(`[data-person="${id}"]`)?.focus();
    }

    onKeydown(ev, person) {
        const act = peopleAct(this, ev, person);
        if (act) {
            ev.preventDefault();
            ev.stopPropagation();
            act();
        }
    }

    move(person, step) {
        const next = this.data.people[this.data.people.indexOf(person) + step];
        if (next) {
            this.focusRow(next.id);
        }
    }

    askLabel() {
        if (this.state.isDone) {
            return _t("Noted as of now; another time: 914");
        }
        return {
            arrive: _t("Arrived at (empty: now)"),
            leave: _t("Left at (empty: now)"),
            substitute: _t("Name of the substitute"),
        }[this.state.asks];
    }
}
