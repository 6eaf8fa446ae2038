import { Component, onMounted, onPatched, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { localDigits, searchKey } from "../common/texts";
import { letterOf, outcomeOf, OUTCOMES } from "./minutes_keys";
import { ResolutionRow } from "./resolution_row";
import { voteText, voteTone } from "./vote_texts";

const TEXT_BLOCKS = 8;

/** One item of the agenda: its notes, its resolutions, its vote, a line to go on. */
export class ItemSection extends Component {
    static template = "admin_reform_committees.ItemSection";
    static components = { ResolutionRow };
    static props = {
        model: Object,
        item: Object,
        isCurrent: Boolean,
        canWrite: Boolean,
        view: Object,
        onCurrent: Function,
        onGo: Function,
        onOpenMeeting: Function,
        onOpenResolution: Function,
    };

    setup() {
        this.root = useRef("root");
        this.notes = useRef("notes");
        this.composer = useRef("composer");
        this.state = useState({ blockIndex: 0, ballot: {}, counts: null, rowKey: "" });
        this.localDigits = localDigits;
        this.voteText = voteText;
        this.voteTone = voteTone;
        this.letterOf = letterOf;
        onMounted(() => this.fit());
        onPatched(() => this.fit());
    }

    /** Let text fields be as high as what is in them. */
    fit() {
        for (const area of this.root.el?.querySelectorAll("textarea") || []) {
            area.style.height = "auto";
            area.style.height = `${area.scrollHeight}px`;
        }
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

    get typed() {
        return this.model.composerOf(this.item);
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
        return this.model.state.conflicts[`item:${this.item.id}`];
    }

    get problem() {
        return this.model.state.problems[`item:${this.item.id}`];
    }

    get isOpen() {
        return this.model.data.meeting.is_open;
    }

    get outcomeLabel() {
        return this.model.data.options.outcome.find(
            ([value]) => value === this.item.outcome
        )?.[1];
    }

    get outcomeTone() {
        const { outcome } = this.item;
        if (["approved", "approved_amended", "noted", "discussed"].includes(outcome)) {
            return "ok";
        }
        return outcome === "rejected" ? "bad" : outcome === "pending" ? "gray" : "warn";
    }

    get sourceLabel() {
        return this.model.data.options.source.find(
            ([value]) => value === this.item.source
        )?.[1];
    }

    get outcomes() {
        const labels = Object.fromEntries(this.model.data.options.outcome);
        return OUTCOMES.map((outcome) => ({
            ...outcome,
            label: labels[outcome.value],
        }));
    }

    get quorum() {
        const { quorum } = this.model.data;
        return quorum.items[this.item.id] || quorum;
    }

    get placeholder() {
        return this.text || this.rows.length
            ? _t("A note, or + for the next resolution…")
            : _t("Note on item %s…", localDigits(this.item.number));
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
        const { last } = this.item;
        return _t("Minutes of %(name)s on %(day)s, %(count)s resolutions.", {
            name: last.name,
            day: last.day,
            count: localDigits(last.count),
        });
    }

    get plannedText() {
        return _t("%s minutes", localDigits(this.item.planned));
    }

    daysText(days) {
        return _t("%s days", localDigits(days));
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
            const first = this.root.el.querySelector("[data-field=text]");
            ev.preventDefault();
            (first || this.composer.el)?.focus();
        }
    }

    saveNotes() {
        this.model.save(`item:${this.item.id}`);
    }

    resolve(choice) {
        this.model.resolve(`item:${this.item.id}`, choice);
        this.notes.el?.focus();
    }

    // === The line below ===

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
        if (text.startsWith("+") && this.isOpen) {
            this.model.editComposer(this.item, "");
            this.addRow(text.slice(1).trim());
            return;
        }
        this.model.editComposer(this.item, text);
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
            Escape: inBlocks && (() => this.model.editComposer(this.item, "")),
        };
        if (acts[ev.key]) {
            ev.preventDefault();
            ev.stopPropagation();
            acts[ev.key]();
        }
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
            this.model.appendNote(this.item, this.typed);
        }
    }

    leaveComposer() {
        if (
            this.typed.trim() &&
            !this.typed.startsWith("/") &&
            this.model.state.status !== "offline"
        ) {
            this.model.appendNote(this.item, this.typed);
        }
    }

    insertBlock(phrase) {
        const voted = [...this.rows].reverse().find((row) => row.vote);
        const vote = this.item.vote || voted?.vote || {};
        const chair = this.model.data.people.find((person) => person.kind === "chair");
        const values = {
            yes: vote.yes ?? "…",
            no: vote.no ?? "…",
            abstain: vote.abstain ?? "…",
            present: this.quorum.present,
            chair: chair?.name || "…",
            body: this.model.data.meeting.body,
            date: this.model.data.meeting.day,
        };
        const text = phrase.text.replace(/\{(\w+)\}/g, (whole, name) =>
            name in values ? localDigits(values[name]) : whole
        );
        this.model.editComposer(this.item, text);
        this.composer.el?.focus();
    }

    // === Resolutions ===

    addRow(text = "") {
        const storeKey = this.model.newRow(this.item, text);
        this.props.onCurrent(this.item, storeKey, "text");
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
        this.composer.el?.focus();
    }

    // === Votes and outcome ===

    /** What a vote is on now: the row last touched, else the last one, else the item. */
    get target() {
        const rows = this.rows.filter((row) => row.text.trim());
        return (
            rows.find((row) => row.storeKey === this.state.rowKey && !row.vote) ||
            [...rows].reverse().find((row) => !row.vote) ||
            rows.find((row) => row.storeKey === this.state.rowKey) ||
            rows.at(-1) ||
            null
        );
    }

    get targetText() {
        const index = this.rows.findIndex((row) => row === this.target);
        const found = this.target
            ? this.rows.findIndex((row) => row.storeKey === this.target.storeKey)
            : -1;
        const place = index >= 0 ? index : found;
        return place >= 0
            ? _t("Vote on %s", this.number(place))
            : _t("Vote on item %s", localDigits(this.item.number));
    }

    async saved(row) {
        if (!row) {
            return null;
        }
        await this.model.save(row.storeKey);
        return this.rows.find((each) => each.storeKey === row.storeKey && each.id);
    }

    async castVote(vote) {
        const target = this.target;
        const row = await this.saved(target);
        if (target && !row) {
            return;
        }
        await this.model.vote(this.item, row, vote);
        this.props.view.vote = "";
        this.state.counts = null;
        this.state.ballot = {};
    }

    consensus() {
        return this.castVote({ mode: "consensus" });
    }

    get counts() {
        const rest = this.quorum.present;
        return this.state.counts || { yes: rest, no: 0, abstain: 0 };
    }

    setCount(name, ev) {
        const value = Number(
            ev.target.value.replace(/[۰-۹]/g, (digit) => "۰۱۲۳۴۵۶۷۸۹".indexOf(digit))
        );
        const counts = { ...this.counts, [name]: value || 0 };
        if (name !== "yes") {
            // Whoever is not against and does not abstain is in favour.
            counts.yes = Math.max(this.quorum.present - counts.no - counts.abstain, 0);
        }
        this.state.counts = counts;
    }

    get voters() {
        return this.model.data.people.filter(
            (person) =>
                person.voting && person.here && !person.recused.includes(this.item.id)
        );
    }

    ballotOf(person) {
        return this.state.ballot[person.id] || "yes";
    }

    castBallot() {
        const votes = Object.fromEntries(
            this.voters.map((person) => [person.id, this.ballotOf(person)])
        );
        return this.castVote({ mode: "name", votes });
    }

    takeVoteBack() {
        const row = this.rows.find(
            (each) => each.vote && each.storeKey === this.state.rowKey
        );
        return this.model.vote(this.item, row || null, false);
    }

    chooseOutcome(value) {
        this.props.view.outcome = 0;
        return this.model.setOutcome(this.item, value);
    }

    onOutcomeKeydown(ev) {
        const value = outcomeOf(ev.key);
        if (value && !ev.ctrlKey && !ev.altKey) {
            ev.preventDefault();
            this.chooseOutcome(value);
            this.composer.el?.focus();
        } else if (ev.key === "Escape") {
            ev.stopPropagation();
            this.props.view.outcome = 0;
            this.composer.el?.focus();
        }
    }
}
