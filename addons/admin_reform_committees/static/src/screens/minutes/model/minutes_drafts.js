import { MinutesData } from "./minutes_data";
import { newKey } from "./minutes_fields";

/**
 * What was typed and the server has not taken yet, over what the server has.
 *
 * A draft is `{type, item, row, key, fields: {name: [seen, wanted]}, raw, person}`. It
 * goes to the local store at every key and to the server soon after; the server takes
 * a field only if it still holds what its writer saw.
 */
export class MinutesDrafts extends MinutesData {
    // === What is shown ===

    /** The rows of an item: those of the server, and behind them new ones. */
    rowsOf(item) {
        const rows = item.rows.map((row) => this.overlay(row, this.rowKey(row)));
        const known = new Set(item.rows.map((row) => row.key).filter(Boolean));
        for (const [key, draft] of Object.entries(this.state.drafts)) {
            if (
                draft.type === "row" &&
                draft.item === item.id &&
                !draft.row &&
                !known.has(draft.key)
            ) {
                rows.push(this.overlay(this.emptyRow(item, draft.key), key));
            }
        }
        return rows;
    }

    emptyRow(item, key) {
        return {
            id: false,
            key,
            number: "",
            text: "",
            kind: "decision",
            responsible: false,
            responsible_name: "",
            unit: "",
            partners: "",
            partners_text: "",
            due: "",
            due_text: "",
            programme: this.defaultProgramme(),
            vote: 0,
            state: "draft",
        };
    }

    defaultProgramme() {
        const programmes = this.data.programmes;
        return programmes.length === 1 ? programmes[0].id : false;
    }

    overlay(row, key) {
        const draft = this.state.drafts[key];
        const shown = { ...row, dirty: Boolean(draft), storeKey: key, raw: {} };
        if (draft) {
            for (const [name, [, wanted]] of Object.entries(draft.fields)) {
                shown[name] = wanted;
            }
            Object.assign(shown, draft.shown);
            shown.raw = draft.raw || {};
        }
        return shown;
    }

    notesOf(item) {
        const draft = this.state.drafts[`item:${item.id}`];
        return draft?.fields.notes ? draft.fields.notes[1] : item.notes;
    }

    composerOf(item) {
        return this.state.drafts[`composer:${item.id}`]?.text || "";
    }

    get pending() {
        return Object.values(this.state.drafts).filter(
            (draft) => draft.type !== "composer"
        ).length;
    }

    // === Typing ===

    editNotes(item, value) {
        const draft = this.draft(`item:${item.id}`, { type: "item", item: item.id });
        this.set(draft, "notes", item.notes, value);
        this.schedule(`item:${item.id}`);
    }

    editComposer(item, text) {
        const key = `composer:${item.id}`;
        if (text) {
            this.state.drafts[key] = {
                type: "composer",
                item: item.id,
                text,
                fields: {},
            };
        } else {
            delete this.state.drafts[key];
        }
        this.persist();
    }

    /** A paragraph for the notes; kept like all else until the server has it. */
    addNote(item, text) {
        const key = newKey();
        this.state.drafts[`note:${key}`] = {
            type: "note",
            item: item.id,
            key,
            text,
            fields: {},
        };
        this.editComposer(item, "");
        return this.save(`note:${key}`);
    }

    /** Paragraphs of an item on their way to the server. */
    waitingNotes(item) {
        return Object.values(this.state.drafts)
            .filter((draft) => draft.type === "note" && draft.item === item.id)
            .map((draft) => draft.text);
    }

    newRow(item, text = "") {
        const key = newKey();
        const draft = this.draft(`row:${key}`, {
            type: "row",
            item: item.id,
            row: false,
            key,
        });
        const programme = this.defaultProgramme();
        if (programme) {
            this.set(draft, "programme", false, programme);
        }
        this.set(draft, "kind", false, "decision");
        if (text) {
            this.editRow(item, this.rowByStoreKey(item, `row:${key}`), { text });
        }
        this.persist();
        return `row:${key}`;
    }

    rowByStoreKey(item, storeKey) {
        return this.rowsOf(item).find((row) => row.storeKey === storeKey);
    }

    /** Change fields of a row; `shown` is what stands for them until they are saved. */
    editRow(item, row, values, { shown = {}, raw = {}, person } = {}) {
        const key = row.storeKey;
        const draft = this.draft(key, {
            type: "row",
            item: item.id,
            row: row.id,
            key: row.key,
        });
        const server = this.serverOf(draft);
        for (const [name, value] of Object.entries(values)) {
            this.set(draft, name, server ? server[name] : "", value);
        }
        draft.shown = { ...draft.shown, ...shown };
        draft.raw = { ...draft.raw, ...raw };
        if (person !== undefined) {
            draft.person = person;
        }
        this.schedule(key);
    }

    draft(key, values) {
        if (!this.state.drafts[key]) {
            this.state.drafts[key] = { ...values, fields: {} };
        }
        return this.state.drafts[key];
    }

    set(draft, name, seen, value) {
        const known = draft.fields[name];
        draft.fields[name] = [known ? known[0] : seen, value];
    }

    /** What a field held when it was saved last: where a draft changes it, what it saw. */
    savedOf(key, name, shown) {
        const { [name]: changed } = this.state.drafts[key]?.fields || {};
        return (changed ? changed[0] : shown[name]) || "";
    }

    persist() {
        // what is kept stays as it is before it was read, and where it came too late for
        // closed minutes until it is sent or dropped
        if (this.data && (this.data.meeting.may_write || !this.late.length)) {
            this.store.save(this.state.drafts);
        }
    }
}
