import { browser } from "@web/core/browser/browser";
import { ConnectionLostError } from "@web/core/network/rpc";
import { clockText } from "../../common/texts";
import { MinutesDrafts } from "./minutes_drafts";
import { changesOf, LOCAL_FIELD, SERVER_FIELD } from "./minutes_fields";

const SAVE_DELAY = 600;
const RETRY_DELAY = 4000;
const TEXTS = ["notes", "text"];

/** How drafts reach the server: one after another, each until it is taken or refused. */
export class MinutesSaving extends MinutesDrafts {
    timers = {};
    running = {};

    schedule(key) {
        this.persist();
        browser.clearTimeout(this.timers[key]);
        this.timers[key] = browser.setTimeout(() => this.save(key), SAVE_DELAY);
    }

    /** Send a draft now; returns once the server has it, or has refused it. */
    async save(key) {
        browser.clearTimeout(this.timers[key]);
        const draft = this.state.drafts[key];
        // paragraphs of one item go one after another, in their order
        const line = draft?.type === "note" ? `notes:${draft.item}` : key;
        while (this.running[line]) {
            await this.running[line];
        }
        if (draft !== this.state.drafts[key] || !this.isReady(key, draft)) {
            return;
        }
        this.running[line] = this.send(key, draft);
        try {
            await this.running[line];
        } finally {
            delete this.running[line];
        }
    }

    isReady(key, draft) {
        if (!draft || draft.type === "composer" || this.state.conflicts[key]) {
            return false;
        }
        const isNew = draft.type === "row" && !draft.row;
        return !isNew || Boolean((draft.fields.text?.[1] || "").trim());
    }

    async send(key, draft) {
        const { fields, person } = draft;
        const sent = JSON.parse(JSON.stringify({ fields, person }));
        this.state.status = "saving";
        this.epoch++;
        try {
            if (draft.type === "note") {
                await this.saveNote(key, draft);
            } else {
                const answer = await this.saveFields(draft, sent);
                this.saved(key, draft, sent, answer);
            }
        } catch (error) {
            this.failed(key, error);
        }
    }

    saveFields(draft, { fields, person }) {
        const changes = changesOf(fields);
        return draft.type === "item"
            ? this.call("minutes_save_item", draft.item, changes)
            : this.saveRow(draft, changes, person);
    }

    async saveNote(key, { item: itemId, text, key: once }) {
        // what is being changed in the note goes first, or it would be a conflict
        await this.save(`item:${itemId}`);
        const notes = await this.call("minutes_append_note", itemId, text, once);
        this.epoch++;
        const item = this.itemOf(itemId);
        if (item) {
            item.notes = notes;
        }
        delete this.state.drafts[key];
        delete this.state.problems[key];
        this.persist();
        this.settled();
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
        this.epoch++;
        const item = this.itemOf(draft.item);
        if (answer.row) {
            draft.row = answer.row.id;
            this.putRow(item, answer.row);
        }
        this.settle(key, draft, sent, answer.conflicts || {}, item);
        delete this.state.problems[key];
        this.clear(key, draft);
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
            this.refuse(key, draft, LOCAL_FIELD[name], conflict);
        }
    }

    /** Keep what somebody else wrote beside the draft; news may bring a later text. */
    refuse(key, draft, field, conflict) {
        this.state.conflicts[key] = { ...conflict, field };
        const target = this.serverOf(draft);
        if (target && TEXTS.includes(field)) {
            target[field] = conflict.theirs;
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
        this.state.status = this.refused.length ? "refused" : "saved";
        this.state.savedAt = clockText(new Date());
        this.onSettled?.();
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

    /** The keys of what the server did not take: somebody else's text, or a fault. */
    get refused() {
        const { conflicts, problems } = this.state;
        return [...new Set([...Object.keys(conflicts), ...Object.keys(problems)])];
    }

    /** Somebody else's text against mine, both as they read by now; or nothing. */
    conflictOf(key) {
        const conflict = this.state.conflicts[key];
        const draft = this.state.drafts[key];
        if (!conflict || !draft) {
            return undefined;
        }
        const { field, theirs } = conflict;
        const mine = draft.fields[field]?.[1];
        const now = TEXTS.includes(field) ? this.serverOf(draft)?.[field] : undefined;
        return { ...conflict, mine, theirs: now ?? theirs };
    }

    /** End a conflict with one of: mine, theirs, both. */
    resolve(key, choice) {
        const conflict = this.conflictOf(key);
        const draft = this.state.drafts[key];
        if (!conflict) {
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
}
