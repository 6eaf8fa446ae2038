import { Component, useRef, useState } from "@odoo/owl";
import { localDigits } from "./texts";

/** Picks a service by two letters of its name or by its number. */
export class ServiceBox extends Component {
    static template = "service_desk.ServiceBox";
    static props = { visit: Object, tiles: Array, onPick: Function };

    setup() {
        this.input = useRef("input");
        this.state = useState({ text: "", active: 0 });
        this.localDigits = localDigits;
    }

    get hits() {
        return this.props.visit.find(this.state.text);
    }

    get isSearching() {
        return this.state.text.trim().length >= 2 || this.hits.length > 0;
    }

    /** With no hit, and before typing, the services asked for most. */
    get suggestions() {
        return this.props.tiles;
    }

    get activeId() {
        const hit = this.hits[this.state.active];
        return hit ? `desk_service_${hit.id}` : undefined;
    }

    onInput(ev) {
        this.state.text = ev.target.value;
        this.state.active = 0;
    }

    onKeydown(ev) {
        const last = this.hits.length - 1;
        if (ev.key === "ArrowDown" && last >= 0) {
            this.state.active = Math.min(this.state.active + 1, last);
        } else if (ev.key === "ArrowUp" && last >= 0) {
            this.state.active = Math.max(this.state.active - 1, 0);
        } else if (ev.key === "Enter" && !ev.ctrlKey) {
            if (this.hits[this.state.active]) {
                this.pick(this.hits[this.state.active]);
            }
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
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
            return;
        }
        this.state.text = "";
        this.props.onPick(service);
    }
}
