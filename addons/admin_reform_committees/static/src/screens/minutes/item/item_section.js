import { Component, onMounted, onPatched, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { counted, localDigits, minutesText } from "../../common/texts";
import { RequestLine } from "../ask/request_line";
import { chooseByKey } from "./conflict";
import { fitTextareas } from "./fit";
import { ItemComposer } from "./item_composer";
import { OutcomeStrip } from "./outcome_strip";
import { outcomeTone } from "./outcome_texts";
import { putBack } from "./put_back";
import { ResolutionRow } from "./resolution_row";
import { ReviewRows } from "./review_rows";
import { VoteStrip } from "./vote_strip";
import { voteText, voteTone } from "./vote_texts";

/** One item of the agenda: its notes, its resolutions, its vote, a line to go on. */
export class ItemSection extends Component {
    static template = "admin_reform_committees.ItemSection";
    static components = {
        ItemComposer,
        OutcomeStrip,
        RequestLine,
        ResolutionRow,
        ReviewRows,
        VoteStrip,
    };
    static props = {
        model: Object,
        item: Object,
        isCurrent: Boolean,
        canWrite: Boolean,
        requests: Array,
        view: Object,
        onCurrent: Function,
        onGo: Function,
        onOpenMeeting: Function,
        onOpenResolution: Function,
    };

    setup() {
        this.root = useRef("root");
        this.notes = useRef("notes");
        this.state = useState({ rowKey: "" });
        this.localDigits = localDigits;
        this.voteText = voteText;
        this.voteTone = voteTone;
        this.outcomeTone = outcomeTone;
        onMounted(() => fitTextareas(this.root.el));
        onPatched(() => fitTextareas(this.root.el));
    }

    // === What is shown ===

    get model() {
        return this.props.model;
    }

    get item() {
        return this.props.item;
    }

    get rows() {
        return this.model.rowsOf(this.item);
    }

    get text() {
        return this.model.notesOf(this.item);
    }

    get writer() {
        return this.model.data.others.find(
            (other) => other.item === this.item.id && other.writes
        );
    }

    get writerText() {
        return _t("%s is writing this item", this.writer.name);
    }

    get conflict() {
        return this.model.conflictOf(`item:${this.item.id}`);
    }

    /** The note may be typed in, unless somebody else does and I have not begun. */
    get isMine() {
        const mine = this.model.state.drafts[`item:${this.item.id}`];
        return this.props.canWrite && (!this.writer || Boolean(mine));
    }

    /** Why the note, or a paragraph that was added to it, was refused. */
    get problem() {
        const { drafts, problems } = this.model.state;
        const refused = Object.keys(problems).find(
            (key) => drafts[key]?.item === this.item.id && drafts[key].type !== "row"
        );
        return problems[refused];
    }

    get filesText() {
        return counted(this.item.files.length, _t("1 file"), _t("%s files"));
    }

    get isOpen() {
        return this.model.data.meeting.is_open;
    }

    get outcomeLabel() {
        return this.model.data.options.outcome.find(
            ([value]) => value === this.item.outcome
        )?.[1];
    }

    get sourceLabel() {
        return this.model.data.options.source.find(
            ([value]) => value === this.item.source
        )?.[1];
    }

    get overdueCount() {
        return this.item.review.filter((row) => row.late_days).length;
    }

    get overdueText() {
        return _t("%s overdue", localDigits(this.overdueCount));
    }

    get openText() {
        return _t("%s open", localDigits(this.item.review.length - this.overdueCount));
    }

    get lastText() {
        const { count, day, name } = this.item.last;
        return _t("Minutes of %(name)s on %(day)s: %(resolutions)s", {
            name: localDigits(name),
            day,
            resolutions: counted(count, _t("1 resolution"), _t("%s resolutions")),
        });
    }

    get referralText() {
        const { name, due_text: day } = this.item.referral;
        return _t("Referred to %(name)s, report until %(day)s", { name, day });
    }

    get plannedText() {
        return minutesText(this.item.planned);
    }

    number(index) {
        return localDigits(`${this.item.number}-${index + 1}`);
    }

    onFocusIn(ev) {
        // Not for buttons: the page would move under the pointer before the click.
        if (ev.target.matches("input, textarea, select")) {
            this.props.onCurrent(this.item);
        }
    }

    // === Notes ===

    onNotes(ev) {
        this.model.editNotes(this.item, ev.target.value);
    }

    onNotesKeydown(ev) {
        if (ev.key === "Tab" && !ev.shiftKey) {
            const first = this.root.el.querySelector(
                ".o_minutes_conflict button, [data-field=text]"
            );
            ev.preventDefault();
            if (first) {
                first.focus();
            } else {
                this.focusComposer();
            }
        } else if (ev.key === "Escape" && this.putNotesBack(ev.target)) {
            ev.preventDefault();
            ev.stopPropagation();
        }
    }

    putNotesBack(field) {
        const { item, model } = this;
        return putBack(model, field, model.savedOf(`item:${item.id}`, "notes", item), {
            read: () => model.notesOf(model.itemOf(item.id)),
            write: (text) => model.editNotes(model.itemOf(item.id), text),
        });
    }

    saveNotes() {
        this.model.save(`item:${this.item.id}`);
    }

    onConflictKey(ev) {
        chooseByKey(ev, (choice) => this.resolve(choice));
    }

    resolve(choice) {
        this.model.resolve(`item:${this.item.id}`, choice);
        this.notes.el?.focus();
    }

    // === Resolutions ===

    addRow(text = "") {
        const storeKey = this.model.newRow(this.item, text);
        this.props.onCurrent(this.item, storeKey, "text");
        return storeKey;
    }

    onRowFocus(row) {
        this.state.rowKey = row.storeKey;
        this.props.onCurrent(this.item, row.storeKey);
    }

    /** Enter in the deadline: the row is done, the next one begins. */
    nextRow(row) {
        const index = this.rows.findIndex((each) => each.storeKey === row.storeKey);
        const next = this.rows[index + 1];
        if (next) {
            this.props.onCurrent(this.item, next.storeKey, "text");
        } else {
            this.addRow();
        }
    }

    leaveRow(row) {
        this.model.dropRow(this.item, row);
        this.focusComposer();
    }

    follow(row, text) {
        return this.model.follow(this.item, row, text);
    }

    focusComposer() {
        this.root.el.querySelector(".o_minutes_composer textarea")?.focus();
    }

    /** A percent sign in the line below goes on in the first open resolution. */
    startProgress(text) {
        const field = this.root.el.querySelector(".o_follow input");
        field.focus();
        field.value = text;
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }

    openOutcomes() {
        const { view } = this.props;
        view.outcome = view.outcome === this.item.id ? 0 : this.item.id;
    }
}
