import { Component, onMounted, onPatched, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { localDigits, searchKey } from "../../common/texts";
import { fitTextareas } from "./fit";

const TEXT_BLOCKS = 8;

/** The line under an item: a note, `+` for a resolution, `/` for a text block. */
export class ItemComposer extends Component {
    static template = "admin_reform_committees.ItemComposer";
    static props = {
        model: Object,
        item: Object,
        isCurrent: Boolean,
        onAddRow: Function,
        onProgress: Function,
    };

    setup() {
        this.root = useRef("root");
        this.composer = useRef("composer");
        this.state = useState({ blockIndex: 0 });
        onMounted(() => fitTextareas(this.root.el));
        onPatched(() => fitTextareas(this.root.el));
    }

    get model() {
        return this.props.model;
    }

    get item() {
        return this.props.item;
    }

    get typed() {
        return this.model.composerOf(this.item);
    }

    /** Not seen, but there: the caret can be set in it with the click or key that asks
     * for it, and nothing typed right after is lost while the screen is drawn. */
    get isResting() {
        return !this.props.isCurrent && !this.typed;
    }

    get isOpen() {
        return this.model.data.meeting.is_open;
    }

    get placeholder() {
        const isBegun =
            this.model.notesOf(this.item) || this.model.rowsOf(this.item).length;
        return isBegun
            ? _t("A note, or + for the next resolution…")
            : _t("Note on item %s…", localDigits(this.item.number));
    }

    get blocks() {
        if (!this.typed.startsWith("/")) {
            return [];
        }
        const key = searchKey(this.typed.slice(1));
        return this.model.data.phrases
            .filter(
                (phrase) =>
                    searchKey(phrase.name).includes(key) ||
                    searchKey(phrase.text).includes(key)
            )
            .slice(0, TEXT_BLOCKS);
    }

    onComposer(ev) {
        const text = ev.target.value;
        this.state.blockIndex = 0;
        if (this.typedForRow(ev.target, text)) {
            return;
        }
        if (text.startsWith("+") && this.isOpen) {
            ev.target.value = "";
            this.model.editComposer(this.item, "");
            this.newRowKey = this.props.onAddRow(text.slice(1).trim());
            return;
        }
        if (/^[%٪]/.test(text) && this.isOpen && this.item.review.length) {
            ev.target.value = "";
            this.model.editComposer(this.item, "");
            this.props.onProgress(text);
            return;
        }
        this.model.editComposer(this.item, text);
    }

    /** What is typed before the new row is drawn and takes the caret is the row's. */
    typedForRow(field, text) {
        const row =
            this.newRowKey && this.model.rowByStoreKey(this.item, this.newRowKey);
        if (!row) {
            return false;
        }
        field.value = "";
        this.model.editRow(this.item, row, { text: row.text + text });
        return true;
    }

    onComposerKeydown(ev) {
        if (ev.altKey || ev.ctrlKey || ev.shiftKey) {
            return;
        }
        const inBlocks = this.typed.startsWith("/");
        const acts = {
            Enter: () => this.submitComposer(),
            ArrowDown: inBlocks && (() => this.moveInBlocks(1)),
            ArrowUp: inBlocks && (() => this.moveInBlocks(-1)),
            Escape: inBlocks && (() => this.closeBlocks()),
        };
        if (acts[ev.key]) {
            ev.preventDefault();
            ev.stopPropagation();
            acts[ev.key]();
        }
    }

    closeBlocks() {
        const { item, model, typed } = this;
        model.remember(() => model.editComposer(item, typed));
        model.editComposer(item, "");
        // What is typed before it is drawn anew does not follow the slash.
        this.composer.el.value = "";
    }

    moveInBlocks(step) {
        const count = this.blocks.length || 1;
        this.state.blockIndex = (this.state.blockIndex + step + count) % count;
    }

    submitComposer() {
        const { blocks } = this;
        if (this.typed.startsWith("/")) {
            if (blocks.length) {
                this.insertBlock(blocks[this.state.blockIndex] || blocks[0]);
            }
            return;
        }
        if (this.typed.trim()) {
            this.model.addNote(this.item, this.typed);
        }
    }

    leaveComposer() {
        this.newRowKey = "";
        if (this.typed.trim() && !this.typed.startsWith("/")) {
            this.model.addNote(this.item, this.typed);
        }
    }

    insertBlock(phrase) {
        this.model.editComposer(this.item, this.filled(phrase));
        this.composer.el?.focus();
    }

    /** The text of a block as this meeting, and the last vote in this item, fill it. */
    filled(phrase) {
        const voted = [...this.model.rowsOf(this.item)]
            .reverse()
            .find((row) => row.vote);
        const vote = this.item.vote || voted?.vote || {};
        const { people } = this.model.data;
        const chair =
            people.find((person) => person.presides) ||
            people.find((person) => person.kind === "chair");
        const values = {
            yes: vote.yes ?? "…",
            no: vote.no ?? "…",
            abstain: vote.abstain ?? "…",
            present: this.model.quorumOf(this.item).present,
            chair: chair?.name || "…",
            body: this.model.data.meeting.body,
            date: this.model.data.meeting.day,
        };
        return phrase.text.replace(/\{(\w+)\}/g, (whole, name) =>
            name in values ? localDigits(values[name]) : whole
        );
    }
}
