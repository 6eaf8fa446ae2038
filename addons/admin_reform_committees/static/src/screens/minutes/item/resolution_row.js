import { Component, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { listed, localDigits } from "../../common/texts";
import { chooseByKey } from "./conflict";
import { PeopleBox } from "./people_box";
import { putBack } from "./put_back";
import { voteText } from "./vote_texts";

const DUE_DELAY = 250;

/** One resolution: text, kind, responsible, deadline and programme in one line. */
export class ResolutionRow extends Component {
    static template = "admin_reform_committees.ResolutionRow";
    static components = { PeopleBox };
    static props = {
        model: Object,
        item: Object,
        row: Object,
        number: String,
        canWrite: Boolean,
        onFocus: Function,
        onNext: Function,
        onLeave: Function,
    };

    setup() {
        this.root = useRef("root");
        this.state = useState({ note: "", isDueOk: true });
        this.voteText = voteText;
        this.localDigits = localDigits;
    }

    get model() {
        return this.props.model;
    }

    get row() {
        return this.props.row;
    }

    get conflict() {
        return this.model.conflictOf(this.row.storeKey);
    }

    get problem() {
        return this.model.state.problems[this.row.storeKey];
    }

    get isDraft() {
        return this.props.canWrite && this.row.state === "draft";
    }

    get dueValue() {
        return this.row.raw.due ?? this.row.due_text;
    }

    get isMissingResponsible() {
        return this.row.kind === "decision" && !this.row.responsible && !this.row.dirty;
    }

    get isMissingDue() {
        return this.row.kind === "decision" && !this.row.due && !this.row.dirty;
    }

    label(name) {
        return _t("%(field)s of resolution %(number)s", {
            field: name,
            number: this.props.number,
        });
    }

    get textLabel() {
        return this.label(_t("Text"));
    }

    get dueLabel() {
        return this.label(_t("Deadline"));
    }

    get personLabel() {
        return this.label(_t("Responsible"));
    }

    get kindLabel() {
        return this.label(_t("Kind"));
    }

    get programmeLabel() {
        return this.label(_t("Programme"));
    }

    edit(values, options) {
        this.model.editRow(this.props.item, this.row, values, options);
    }

    focus(name) {
        this.root.el?.querySelector(`[data-field=${name}]`)?.focus();
    }

    // === Text ===

    onText(ev) {
        this.edit({ text: ev.target.value });
    }

    onTextKeydown(ev) {
        if (ev.key === "Enter" && !ev.shiftKey && !ev.ctrlKey && !ev.altKey) {
            ev.preventDefault();
            if (!ev.target.value.trim()) {
                this.props.onLeave(this.row);
                return;
            }
            this.focus("responsible");
        } else if (ev.key === "Tab" && !ev.shiftKey) {
            ev.preventDefault();
            this.focus("responsible");
        } else if (ev.key === "Escape" && this.putTextBack(ev.target)) {
            ev.preventDefault();
            ev.stopPropagation();
        }
    }

    putTextBack(field) {
        const { item, row } = this.props;
        const now = () => this.model.rowByStoreKey(item, row.storeKey);
        return putBack(
            this.model,
            field,
            this.model.savedOf(row.storeKey, "text", row),
            {
                read: () => now()?.text,
                write: (text) => now() && this.model.editRow(item, now(), { text }),
            }
        );
    }

    // === Responsible ===

    pickPerson(option) {
        this.edit(
            { responsible: option.id || false },
            {
                shown: { responsible_name: option.name, unit: option.unit || "" },
                person: option.isNew ? option.name : "",
            }
        );
    }

    /** Add somebody who helps the one responsible; nothing takes all of them away. */
    pickPartner(option) {
        const { partners, partners_text: text } = this.row;
        const ids = partners ? partners.split(",").map(Number) : [];
        if (!option) {
            this.edit({ partners: "" }, { shown: { partners_text: "" } });
        } else if (!ids.includes(option.id)) {
            const all = [...ids, option.id].sort((one, other) => one - other);
            const shown = { partners_text: listed([text, option.name]) };
            this.edit({ partners: all.join(",") }, { shown });
        }
    }

    // === Deadline ===

    onDue(ev) {
        const text = ev.target.value;
        this.edit({}, { raw: { due: text } });
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.readDue(text), DUE_DELAY);
    }

    async readDue(text) {
        browser.clearTimeout(this.timer);
        let due;
        try {
            due = await this.model.call("minutes_due", text);
        } catch {
            this.state.note = _t("Read once the connection is back");
            return false;
        }
        this.state.note = due.text ? `= ${due.text} · ${due.note}` : due.note;
        this.state.isDueOk = due.ok;
        if (due.ok && (due.date || !text.trim())) {
            this.edit({ due: due.date || "" }, { shown: { due_text: due.text } });
        }
        return due.ok;
    }

    async finishDue(text) {
        if (this.row.raw.due === undefined) {
            return true;
        }
        const isOk = await this.readDue(text);
        if (isOk) {
            this.edit({}, { raw: { due: undefined } });
            this.state.note = "";
        }
        return isOk;
    }

    async onDueKeydown(ev) {
        if (ev.key === "Enter" && !ev.ctrlKey && !ev.altKey) {
            ev.preventDefault();
            const finishing = this.finishDue(ev.target.value);
            if (await finishing) {
                this.model.save(this.row.storeKey);
                this.props.onNext(this.row);
            }
        } else if (ev.key === "Tab" && !ev.shiftKey) {
            ev.preventDefault();
            this.focus("programme");
        } else if (ev.key === "Escape" && this.row.raw.due !== undefined) {
            // what was saved last stands there again; the next one leads away
            ev.stopPropagation();
            const { due } = this.row.raw;
            this.model.remember(() => this.edit({}, { raw: { due } }));
            this.edit({}, { raw: { due: undefined } });
            Object.assign(this.state, { note: "", isDueOk: true });
        }
    }

    onDueBlur(ev) {
        this.finishDue(ev.target.value);
    }

    // === The rest ===

    onKind(ev) {
        this.edit({ kind: ev.target.value });
    }

    onProgramme(ev) {
        this.edit({ programme: Number(ev.target.value) || false });
    }

    onFocusIn() {
        this.props.onFocus(this.row);
    }

    onFocusOut(ev) {
        if (!this.root.el?.contains(ev.relatedTarget)) {
            this.model.save(this.row.storeKey);
        }
    }

    onConflictKey(ev) {
        chooseByKey(ev, (choice) => this.resolve(choice));
    }

    resolve(choice) {
        this.model.resolve(this.row.storeKey, choice);
        this.focus("text");
    }

    get programmeName() {
        const programme = this.model.data.programmes.find(
            (each) => each.id === this.row.programme
        );
        return programme ? this.programmeText(programme) : "";
    }

    programmeText(programme) {
        return `${localDigits(programme.number)} ${programme.name}`;
    }

    get kindName() {
        return this.model.data.options.kind.find(
            ([kind]) => kind === this.row.kind
        )?.[1];
    }
}
