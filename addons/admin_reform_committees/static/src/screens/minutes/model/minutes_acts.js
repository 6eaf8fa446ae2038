import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { pick } from "@web/core/utils/objects";
import { newKey } from "./minutes_fields";
import { MinutesSaving } from "./minutes_saving";

const UNDO_STEPS = 30;
const SEAT = ["id", "status", "arrived_at", "left_at"];
const UNDO_OFFERED_FOR = 10000;

/** What the secretary does beside writing: each one call, each with its way back. */
export class MinutesActs extends MinutesSaving {
    undone = [];

    async act(run, undo) {
        this.state.problem = "";
        this.state.status = "saving";
        this.epoch++;
        try {
            const answer = await run();
            this.epoch++;
            if (undo) {
                this.remember(undo);
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

    /** Keep the way back of a step, for Ctrl+Z. */
    remember(undo) {
        this.undone.push(undo);
        this.undone.splice(0, this.undone.length - UNDO_STEPS);
    }

    async undo() {
        const last = this.undone.pop();
        if (last) {
            await this.takeBack(last);
        }
    }

    /** Say for some seconds what was taken out; the band leads back to it. */
    offerUndo(text) {
        browser.clearTimeout(this.offerTimer);
        this.offered = this.undone.at(-1);
        this.state.removed = text;
        this.offerTimer = browser.setTimeout(
            () => (this.state.removed = ""),
            UNDO_OFFERED_FOR
        );
    }

    async undoOffered() {
        this.undone = this.undone.filter((each) => each !== this.offered);
        await this.takeBack(this.offered);
    }

    async takeBack(undo) {
        if (undo === this.offered) {
            this.state.removed = "";
        }
        await this.act(undo);
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
            const isDone = await this.act(
                async () => {
                    await this.call("minutes_drop_row", row.id);
                    return true;
                },
                () => this.restoreRow(item, row)
            );
            if (!isDone) {
                return;
            }
            item.rows = item.rows.filter((each) => each.id !== row.id);
            this.offerUndo(_t("The row was taken out."));
        } else if (draft?.fields.text) {
            this.undone.push(async () => {
                this.state.drafts[row.storeKey] = draft;
                this.schedule(row.storeKey);
            });
            this.offerUndo(_t("The row was taken out."));
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
        const names = ["text", "kind", "responsible", "partners", "due", "programme"];
        for (const name of names) {
            if (row[name]) {
                this.set(draft, name, "", row[name]);
            }
        }
        draft.shown = {
            responsible_name: row.responsible_name,
            partners_text: row.partners_text,
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
        this.presentUndo = async () =>
            this.takeRoom(await this.call("minutes_attend", before));
        this.undone.push(this.presentUndo);
        return before;
    }

    /** Take back that all are present, whatever was done since then. */
    async undoAllPresent() {
        if (this.undone.includes(this.presentUndo)) {
            this.undone = this.undone.filter((each) => each !== this.presentUndo);
            // the hours at which people came and went are gone with it, but one step
            const seats = this.data.people.map((person) => pick(person, ...SEAT));
            await this.takeBack(this.presentUndo);
            this.remember(async () =>
                this.takeRoom(await this.call("minutes_attend", seats))
            );
        }
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
        const outcome = item.outcome;
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
            async () => {
                await send(was || false);
                // what the vote made of the item goes with it
                await this.call("minutes_outcome", item.id, outcome);
                this.itemOf(item.id).outcome = outcome;
            }
        );
        if (answer && outcome === "pending") {
            if (answer.result === "adopted") {
                this.itemOf(item.id).outcome = "approved";
            } else if (answer.result === "rejected" && !row) {
                this.itemOf(item.id).outcome = "rejected";
            }
        }
        return answer;
    }

    async refer(item, body, due) {
        const data = await this.act(() =>
            this.call("minutes_outcome", item.id, "referred", { body, due })
        );
        if (data) {
            this.itemOf(item.id).outcome = "referred";
            this.take(await this.call("minutes_open"));
        }
    }

    /** What is said of a resolution under review: progress, more time, a note. */
    async follow(item, row, text) {
        const review = await this.act(() =>
            this.call("minutes_follow", item.id, row.id, text)
        );
        if (review) {
            this.itemOf(item.id).review = review;
        }
        return review;
    }

    /** An act on sent minutes; "gone" when they are no longer ours to see. */
    async review(method, ...args) {
        const data = await this.act(
            async () => (await this.call(method, ...args)) || 0
        );
        if (data === 0) {
            return "gone";
        }
        if (data) {
            this.take(data);
        }
        return data;
    }

    /** Ask something of the secretary; tells whether it has arrived. */
    async ask(kind, text = "", itemId = false) {
        const requests = await this.act(() =>
            this.call("minutes_ask", kind, text, itemId || false)
        );
        if (requests) {
            this.data.requests = requests;
        }
        return Boolean(requests);
    }

    /** Notes asked for under an item; those on none stand under the current one. */
    requestsOf(item, isCurrent) {
        if (!this.data.meeting.may_write) {
            return [];
        }
        return this.data.requests.filter(
            (request) =>
                request.kind === "note" &&
                (request.item ? request.item === item.id : isCurrent)
        );
    }

    async handleRequest(request, isTaken, itemId) {
        const data = await this.act(() =>
            this.call("minutes_handle", request.id, isTaken, itemId || false)
        );
        if (data) {
            this.take(data);
        }
    }

    forgetLate() {
        this.late = [];
        this.persist();
    }
}
