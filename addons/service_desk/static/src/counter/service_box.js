import { Component, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { counted, localDigits } from "./texts";

/** Picks a service by two letters of its name or by its number. */
export class ServiceBox extends Component {
    static template = "service_desk.ServiceBox";
    static props = { flow: Object };

    setup() {
        this.input = useRef("input");
        this.flow = useState(this.props.flow);
        this.state = useState({ text: "", active: 0, isClosed: false });
        this.localDigits = localDigits;
    }

    get hits() {
        return this.state.isClosed ? [] : this.flow.visit.find(this.state.text);
    }

    get isSearching() {
        return !this.state.isClosed && this.state.text.trim().length >= 2;
    }

    /** With no hit, and before typing, the services asked for most. */
    get suggestions() {
        return this.flow.tiles;
    }

    get activeId() {
        const hit = this.hits[this.state.active];
        return hit ? `desk_service_${hit.id}` : undefined;
    }

    get hitsText() {
        return counted(
            this.hits.length,
            _t("1 service; the number works too"),
            _t("%s services; the number works too")
        );
    }

    onInput(ev) {
        Object.assign(this.state, {
            text: ev.target.value,
            active: 0,
            isClosed: false,
        });
        if (this.hits.length) {
            this.flow.say(
                counted(
                    this.hits.length,
                    _t("1 service found"),
                    _t("%s services found")
                )
            );
        }
    }

    onKeydown(ev) {
        const isEnter = ev.key === "Enter" && !ev.ctrlKey;
        const isMine = isEnter || (this.isListKey(ev.key) && this.state.text.trim());
        if (!isMine) {
            return;
        }
        if (isEnter) {
            this.onEnter();
        } else {
            this.move(ev.key);
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    /** Escape means the list only while it is open. */
    isListKey(key) {
        const isOpen = this.hits.length > 0;
        return key === "ArrowDown" || key === "ArrowUp" || (key === "Escape" && isOpen);
    }

    move(key) {
        const { state } = this;
        if (key === "Escape" || state.isClosed) {
            state.isClosed = key === "Escape";
            return;
        }
        const next = state.active + (key === "ArrowDown" ? 1 : -1);
        state.active = Math.max(0, Math.min(next, this.hits.length - 1));
    }

    /** Takes the service that is marked; with nothing typed, goes on. */
    onEnter() {
        const hit = this.hits[this.state.active];
        if (hit) {
            this.pick(hit);
        } else if (!this.state.text.trim()) {
            this.flow.next();
        }
    }

    /** Suspended services stay grey; one on the internet only hands out its link. */
    canPick(service) {
        return service.is_open || service.offer === "link";
    }

    /** The name with the letters that were typed marked: [text, isMarked] pairs. */
    marked(name) {
        const typed = this.state.text.trim().split(/\s+/)[0];
        const at = typed ? name.indexOf(typed) : -1;
        if (at < 0) {
            return [[name, false]];
        }
        const end = at + typed.length;
        return [
            [name.slice(0, at), false],
            [name.slice(at, end), true],
            [name.slice(end), false],
        ];
    }

    pick(service) {
        if (!this.canPick(service)) {
            this.flow.say(service.reason);
            return;
        }
        this.state.text = "";
        this.flow.pick(service);
    }
}
