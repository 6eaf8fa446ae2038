import { reactive } from "@odoo/owl";
import { clockText } from "../../common/texts";
import { MinutesStore } from "./minutes_store";

const MODEL = "reform.meeting";

/** What the server knows of a meeting's minutes, and how it is asked. */
export class MinutesData {
    constructor(orm, meetingId, userId) {
        this.orm = orm;
        this.meetingId = meetingId;
        this.store = new MinutesStore(userId, meetingId);
        // Counts what was sent and what came back: tells old news from new.
        this.epoch = 0;
        // What was typed when the minutes were closed, to be offered as a comment.
        this.late = [];
        this.state = reactive({
            data: null,
            drafts: {},
            conflicts: {},
            problems: {},
            status: "ready",
            savedAt: "",
            seenAt: clockText(new Date(), false),
            restored: [],
            problem: "",
            // what was just taken out, as long as its way back is offered
            removed: "",
        });
    }

    get data() {
        return this.state.data;
    }

    call(method, ...args) {
        return this.orm.silent.call(MODEL, method, [[this.meetingId], ...args]);
    }

    take(data) {
        this.state.data = data;
    }

    takeRoom({ people, quorum, log }) {
        Object.assign(this.data, { people, quorum, log });
    }

    itemOf(itemId) {
        return this.data.items.find((item) => item.id === itemId);
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

    /** The quorum for an item: without those who stand aside for it. */
    quorumOf(item) {
        const { quorum } = this.data;
        return quorum.items[item.id] || quorum;
    }

    rowKey(row) {
        return `row:${row.key || row.id}`;
    }
}
