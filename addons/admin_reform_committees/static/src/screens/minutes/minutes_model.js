import { reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { clockText } from "../common/texts";
import { MinutesStore } from "./minutes_store";

const MODEL = "reform.meeting";
const SAVE_DELAY = 600;
const RETRY_DELAY = 4000;
const UNDO_STEPS = 30;

/** How fields are called here and on the server. */
const SERVER_FIELD = {
    notes: "notes",
    name: "name",
    text: "text",
    kind: "kind",
    responsible: "responsible_id",
    due: "due_on",
    programme: "programme_id",
};
const LOCAL_FIELD = Object.fromEntries(
    Object.entries(SERVER_FIELD).map(([local, server]) => [server, local])
);

/** What the server is asked to change: each field as it was seen and as it should be. */
function changesOf(fields) {
    const changes = {};
    for (const [name, [seen, wanted]] of Object.entries(fields)) {
        const empty = name === "notes" || name === "text" ? "" : false;
        changes[SERVER_FIELD[name]] = [seen || empty, wanted || empty];
    }
    return changes;
}

export function newKey() {
    return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
}

/**
 * The minutes of a meeting as one user sees them: what the server has, and over it
 * what he typed and the server has not taken yet.
 *
 * A draft is `{type, item, row, key, fields: {name: [seen, wanted]}, raw, person}`. It
 * goes to the local store at every key and to the server soon after; the server takes
 * a field only if it still holds what its writer saw.
 */
export class MinutesModel {
    constructor(orm, meetingId, userId) {
        this.orm = orm;
        this.meetingId = meetingId;
        this.store = new MinutesStore(userId, meetingId);
        this.timers = {};
        this.running = {};
        this.undone = [];
        const state = reactive({
            data: null,
            drafts: {},
            conflicts: {},
            problems: {},
            status: "ready",
            savedAt: "",
            restored: [],
            problem: "",
        });
        this.state = state;
    }

    get data() {
        return this.state.data;
    }

    call(method, ...args) {
        return this.orm.silent.call(MODEL, method, [[this.meetingId], ...args]);
    }

    // === Loading ===

    async open() {
        this.take(await this.call("minutes_open"));
        const kept = this.store.load();
        for (const [key, draft] of Object.entries(kept)) {
            if (this.data.meeting.may_write && this.adopt(key, draft)) {
                this.state.restored.push(key);
            }
        }
        this.persist();
    }

    /** Take up a draft of an earlier session, unless the server has it already. */
    adopt(key, draft) {
        if (draft.type === "row" && !draft.row) {
            const saved = this.findRowByKey(draft.key);
            if (saved) {
                draft.row = saved.id;
            }
        }
        if (!this.data.items.some((item) => item.id === draft.item)) {
            return false;
        }
        if (draft.type === "composer") {
            this.state.drafts[key] = draft;
            return Boolean(draft.text);
        }
        const target = this.serverOf(draft);
        for (const [name, [, wanted]] of Object.entries(draft.fields)) {
            if (target && target[name] === wanted) {
                delete draft.fields[name];
            }
        }
        if (!Object.keys(draft.fields).length) {
            return false;
        }
        this.state.drafts[key] = draft;
        this.schedule(key);
        return true;
    }

    take(data) {
        this.state.data = data;
    }

    async poll(itemId, isWriting) {
        const news = await this.call(
            "minutes_poll",
            this.data.stamp,
            itemId || false,
            isWriting
        );
        if (news.items) {
            this.take(news);
        } else {
            this.data.others = news.others;
        }
        if (this.state.status === "offline") {
            this.flush();
        }
    }

    takeRoom({ people, quorum, log }) {
        Object.assign(this.data, { people, quorum, log });
    }

    // === What is shown ===

    itemOf(itemId) {
        return this.data.items.find((item) => item.id === itemId);
    }

    findRowByKey(key) {
        for (const item of this.data.items) {
            const row = item.rows.find((row) => row.key === key);
            if (row) {
                return row;
            }
        }
        return undefined;
    }

    serverOf(draft) {
        const item = this.itemOf(draft.item);
        if (draft.type === "item") {
            return item;
        }
        return item?.rows.find(
            (row) =>
                (draft.row && row.id === draft.row) ||
                (draft.key && row.key === draft.key)
        );
    }

    rowKey(row) {
        return `row:${row.key || row.id}`;
    }

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

    persist() {
        this.store.save(this.state.drafts);
    }

    schedule(key) {
        this.persist();
        browser.clearTimeout(this.timers[key]);
        this.timers[key] = browser.setTimeout(() => this.save(key), SAVE_DELAY);
    }

    // === Saving ===

    /** Send a draft now; returns once the server has it, or has refused it. */
    async save(key) {
        browser.clearTimeout(this.timers[key]);
        if (this.running[key]) {
            await this.running[key];
        }
        const draft = this.state.drafts[key];
        if (!draft || draft.type === "composer" || this.state.conflicts[key]) {
            return;
        }
        if (
            draft.type === "row" &&
            !draft.row &&
            !(draft.fields.text?.[1] || "").trim()
        ) {
            return;
        }
        this.running[key] = this.send(key, draft);
        try {
            await this.running[key];
        } finally {
            delete this.running[key];
        }
    }

    async send(key, draft) {
        const { fields, person } = draft;
        const sent = JSON.parse(JSON.stringify({ fields, person }));
        const changes = changesOf(sent.fields);
        this.state.status = "saving";
        try {
            const answer = await (draft.type === "item"
                ? this.call("minutes_save_item", draft.item, changes)
                : this.saveRow(draft, changes, sent.person));
            this.saved(key, draft, sent, answer);
        } catch (error) {
            this.failed(key, error);
        }
    }

    saveRow(draft, changes, person) {
        return this.call(
            "minutes_save_row",
            draft.item,
            draft.row || false,
            changes,
            draft.key || "",
            person || ""
        );
    }

    saved(key, draft, sent, answer) {
        const item = this.itemOf(draft.item);
        if (answer.row) {
            draft.row = answer.row.id;
            this.putRow(item, answer.row);
        }
        this.settle(key, draft, sent, answer.conflicts || {}, item);
        delete this.state.problems[key];
        this.clear(key, draft);
        this.state.restored = this.state.restored.filter((each) => each !== key);
        this.persist();
        this.settled();
    }

    /** Note what the server took, and what it kept as somebody else wrote it. */
    settle(key, draft, sent, conflicts, item) {
        for (const [name, [, wanted]] of Object.entries(sent.fields)) {
            if (SERVER_FIELD[name] in conflicts) {
                continue;
            }
            if (draft.type === "item") {
                item[name] = wanted;
            }
            const now = draft.fields[name];
            if (now && now[1] === wanted) {
                delete draft.fields[name];
            } else if (now) {
                now[0] = wanted;
            }
        }
        if (sent.person && draft.person === sent.person) {
            delete draft.person;
        }
        for (const [name, conflict] of Object.entries(conflicts)) {
            const field = LOCAL_FIELD[name];
            const mine = draft.fields[field][1];
            this.state.conflicts[key] = { ...conflict, field, mine };
        }
    }

    /** Forget a draft that the server has in full. */
    clear(key, draft) {
        if (Object.keys(draft.fields).length) {
            if (!this.state.conflicts[key]) {
                this.schedule(key);
            }
        } else if (Object.values(draft.raw || {}).some(Boolean)) {
            // Something typed is not understood yet: it stays, and is shown.
            draft.shown = {};
        } else {
            delete this.state.drafts[key];
        }
    }

    putRow(item, row) {
        const index = item.rows.findIndex((each) => each.id === row.id);
        if (index >= 0) {
            item.rows[index] = row;
        } else {
            item.rows.push(row);
        }
    }

    failed(key, error) {
        if (error instanceof ConnectionLostError) {
            this.state.status = "offline";
            browser.clearTimeout(this.retry);
            this.retry = browser.setTimeout(() => this.flush(), RETRY_DELAY);
            return;
        }
        this.state.problems[key] = error.data?.message || error.message;
        this.state.status = "refused";
    }

    settled() {
        const refused = Object.keys(this.state.problems).length;
        this.state.status = refused ? "refused" : "saved";
        this.state.savedAt = clockText(new Date());
    }

    /** Send everything that waits. */
    async flush() {
        const keys = Object.keys(this.state.drafts).filter(
            (key) => this.state.drafts[key].type !== "composer"
        );
        for (const key of keys) {
            await this.save(key);
        }
    }

    /** End a conflict with one of: mine, theirs, both. */
    resolve(key, choice) {
        const conflict = this.state.conflicts[key];
        const draft = this.state.drafts[key];
        if (!conflict || !draft) {
            return;
        }
        delete this.state.conflicts[key];
        const { field, mine, theirs } = conflict;
        if (choice === "theirs") {
            delete draft.fields[field];
        } else {
            const wanted = choice === "both" ? `${theirs}\n${mine}` : mine;
            draft.fields[field] = [theirs, wanted];
        }
        const target = this.serverOf(draft);
        if (target) {
            target[field] = theirs;
        }
        if (!Object.keys(draft.fields).length) {
            delete this.state.drafts[key];
            this.persist();
            this.settled();
        } else {
            this.schedule(key);
        }
    }

    // === Acts: each one call, each with its way back ===

    async act(run, undo) {
        this.state.problem = "";
        this.state.status = "saving";
        try {
            const answer = await run();
            if (undo) {
                this.undone.push(undo);
                this.undone.splice(0, this.undone.length - UNDO_STEPS);
            }
            this.settled();
            return answer;
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                this.state.status = "offline";
                this.state.problem = _t("No connection: try again in a moment.");
            } else {
                this.state.status = "refused";
                this.state.problem = error.data?.message || error.message;
            }
            return undefined;
        }
    }

    async undo() {
        const last = this.undone.pop();
        if (last) {
            await this.act(last);
        }
    }

    async appendNote(item, text) {
        const key = newKey();
        await this.save(`item:${item.id}`);
        const notes = await this.act(() =>
            this.call("minutes_append_note", item.id, text, key)
        );
        if (notes !== undefined) {
            item.notes = notes;
            this.editComposer(item, "");
        }
    }

    async addItem(name) {
        const id = await this.act(() => this.call("minutes_add_item", name, newKey()));
        if (id) {
            this.take(await this.call("minutes_open"));
        }
        return id;
    }

    async dropRow(item, row) {
        delete this.state.conflicts[row.storeKey];
        delete this.state.problems[row.storeKey];
        const draft = this.state.drafts[row.storeKey];
        browser.clearTimeout(this.timers[row.storeKey]);
        delete this.state.drafts[row.storeKey];
        this.persist();
        if (row.id) {
            await this.act(
                () => this.call("minutes_drop_row", row.id),
                () => this.restoreRow(item, row)
            );
            item.rows = item.rows.filter((each) => each.id !== row.id);
        } else if (draft?.fields.text) {
            this.undone.push(async () => {
                this.state.drafts[row.storeKey] = draft;
                this.schedule(row.storeKey);
            });
        }
    }

    async restoreRow(item, row) {
        const key = newKey();
        const draft = this.draft(`row:${key}`, {
            type: "row",
            item: item.id,
            row: false,
            key,
        });
        for (const name of ["text", "kind", "responsible", "due", "programme"]) {
            if (row[name]) {
                this.set(draft, name, "", row[name]);
            }
        }
        draft.shown = {
            responsible_name: row.responsible_name,
            due_text: row.due_text,
        };
        this.schedule(`row:${key}`);
    }

    async attend(changes, before) {
        const room = await this.act(
            () => this.call("minutes_attend", changes),
            before &&
                (async () => this.takeRoom(await this.call("minutes_attend", before)))
        );
        if (room) {
            this.takeRoom(room);
        }
    }

    async allPresent() {
        let before = [];
        const room = await this.act(async () => {
            const answer = await this.call("minutes_all_present");
            before = answer.before.map((seat) => ({
                ...seat,
                arrived_at: false,
                left_at: false,
            }));
            return answer;
        });
        if (!room) {
            return [];
        }
        this.takeRoom(room);
        const undo = async () =>
            this.takeRoom(await this.call("minutes_attend", before));
        this.undone.push(undo);
        return before;
    }

    async setOutcome(item, outcome) {
        const was = item.outcome;
        const set = async (value) => {
            await this.call("minutes_outcome", item.id, value);
            this.itemOf(item.id).outcome = value;
        };
        await this.act(
            () => set(outcome),
            () => set(was)
        );
    }

    async vote(item, row, vote) {
        const target = row || item;
        const was = target.vote;
        const isDecided = item.outcome;
        const send = async (wanted) => {
            const answer = await this.call(
                "minutes_vote",
                item.id,
                row ? row.id : false,
                wanted
            );
            const shown = this.itemOf(item.id);
            const place = row ? shown.rows.find((each) => each.id === row.id) : shown;
            place.vote = answer || 0;
            return answer;
        };
        const answer = await this.act(
            () => send(vote),
            () => send(was || false)
        );
        if (answer && isDecided === "pending") {
            if (answer.result === "adopted") {
                this.itemOf(item.id).outcome = "approved";
            } else if (answer.result === "rejected" && !row) {
                this.itemOf(item.id).outcome = "rejected";
            }
        }
        return answer;
    }
}
