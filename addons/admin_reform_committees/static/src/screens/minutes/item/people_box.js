import { Component, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { initials, searchKey, toneOf } from "../../common/texts";

const SEARCH_DELAY = 200;
const SHOWN = 6;

/** The one responsible: members first, then colleagues, then somebody new. */
export class PeopleBox extends Component {
    static template = "admin_reform_committees.PeopleBox";
    static props = {
        model: Object,
        row: Object,
        label: String,
        hasFault: { type: Boolean, optional: true },
        onPick: Function,
        // somebody who helps the one responsible, or nobody any more
        onPartner: Function,
        onDone: Function,
    };

    setup() {
        this.input = useRef("input");
        this.initials = initials;
        this.toneOf = toneOf;
        this.state = useState({ text: null, isOpen: false, index: 0, colleagues: [] });
        this.id = `people_${this.props.row.storeKey.replace(/[^\w-]/g, "_")}`;
    }

    get value() {
        return this.state.text === null
            ? this.props.row.responsible_name
            : this.state.text;
    }

    /** A + before the name asks for somebody who helps the one responsible. */
    get isPartner() {
        return /^\s*\+/.test(this.state.text || "");
    }

    get sought() {
        return (this.state.text || "").replace(/^\s*\+/, "").trim();
    }

    get members() {
        const key = searchKey(this.sought);
        return this.props.model.data.people
            .filter((person) => searchKey(person.name).includes(key))
            .slice(0, SHOWN)
            .map((person) => ({
                id: person.partner,
                name: person.name,
                unit: person.unit,
            }));
    }

    get colleagues() {
        const known = new Set(this.members.map((person) => person.id));
        return this.state.colleagues.filter((person) => !known.has(person.id));
    }

    get options() {
        const options = [...this.members, ...this.colleagues];
        if (this.isPartner) {
            return options.filter((each) => each.id !== this.props.row.responsible);
        }
        if (this.sought.length > 2) {
            options.push({ id: false, name: this.sought, isNew: true });
        }
        return options;
    }

    get newText() {
        return `+ ${_t("“%s” from outside (a new person)", this.sought)}`;
    }

    onInput(ev) {
        this.state.text = ev.target.value;
        this.state.isOpen = true;
        this.state.index = 0;
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.search(), SEARCH_DELAY);
    }

    async search() {
        const text = this.sought;
        if (text.length < 2) {
            this.state.colleagues = [];
            return;
        }
        try {
            const found = await this.props.model.call("minutes_find_people", text);
            if (text === this.sought) {
                this.state.colleagues = found;
            }
        } catch {
            // Without a connection members can still be chosen.
        }
    }

    onKeydown(ev) {
        if (ev.altKey || ev.ctrlKey || ev.shiftKey) {
            return;
        }
        const done = () => {
            if (!this.state.isOpen && this.state.text) {
                this.state.isOpen = true; // closed by Escape, and not chosen yet
                return;
            }
            // one who helps was added: the caret stays, for the next one or a Tab
            const goesOn = this.isPartner;
            this.finish();
            if (!goesOn) {
                this.props.onDone();
            }
        };
        const acts = {
            ArrowDown: () => this.move(1),
            ArrowUp: () => this.move(-1),
            Escape: this.state.text !== null && (() => this.escape()),
            Enter: done,
            Tab: done,
        };
        if (acts[ev.key]) {
            ev.preventDefault();
            ev.stopPropagation();
            acts[ev.key]();
        }
    }

    /** First the list is closed, then what was saved last stands there again. */
    escape() {
        if (this.state.isOpen) {
            this.state.isOpen = false;
        } else {
            this.close();
        }
    }

    move(step) {
        this.state.isOpen = true;
        this.state.text ??= "";
        const last = this.options.length - 1;
        this.state.index = Math.max(Math.min(this.state.index + step, last), 0);
    }

    finish() {
        if (this.state.isOpen && this.state.text) {
            const option = this.options[this.state.index];
            if (option) {
                this.pick(option);
            }
        } else if (this.state.text === "") {
            this.props.onPick({ id: false, name: "", unit: "" });
        }
        this.close();
    }

    pick(option) {
        if (this.isPartner) {
            this.props.onPartner(option);
        } else {
            this.props.onPick(option);
        }
        this.close();
    }

    close() {
        this.state.isOpen = false;
        this.state.text = null;
        this.state.colleagues = [];
    }

    onBlur() {
        // What was typed and matches somebody is not thrown away by leaving.
        if (this.state.text !== null) {
            const key = searchKey(this.sought);
            const exact = this.options.find(
                (option) => !option.isNew && searchKey(option.name) === key
            );
            if (exact) {
                this.pick(exact);
            } else if (this.state.text === "") {
                this.finish();
            } else {
                this.state.isOpen = false;
            }
        }
    }
}
