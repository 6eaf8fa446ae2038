import { clockText } from "../../common/texts";
import { MinutesActs } from "./minutes_acts";

/** The minutes of a meeting as one user sees them, from their opening on. */
export class MinutesModel extends MinutesActs {
    async open() {
        const [data, kept] = await Promise.all([
            this.call("minutes_open"),
            this.store.load(),
        ]);
        this.take(data);
        if (!this.data.meeting.may_write) {
            this.late.push(...Object.values(kept).flatMap(textsOf));
            return;
        }
        for (const [key, draft] of Object.entries(kept)) {
            const differences = this.differencesOf(draft);
            if (this.adopt(key, draft)) {
                this.state.restored.push(differences);
            }
        }
        this.persist();
    }

    /** Take what the server says; if it closed the minutes, set aside what waits. */
    take(data) {
        super.take(data);
        if (!data.meeting.may_write) {
            this.late.push(...Object.values(this.state.drafts).flatMap(textsOf));
            this.state.drafts = {};
        }
    }

    /** Take up a draft of an earlier session, unless the server has it already. */
    adopt(key, draft) {
        if (!this.itemOf(draft.item)) {
            return false;
        }
        const isText = ["composer", "note"].includes(draft.type);
        if (!isText && !this.isStillWanted(draft)) {
            return false;
        }
        this.state.drafts[key] = draft;
        if (draft.type !== "composer") {
            this.schedule(key);
        }
        return true;
    }

    /** The texts of a draft, each against what the server has in its place. */
    differencesOf(draft) {
        const target = this.serverOf(draft);
        const isField = (name) => name === "text" || name === "notes";
        const fields = Object.entries(draft.fields || {})
            .filter(([name, [, wanted]]) => isField(name) && wanted)
            .map(([name, [, wanted]]) => ({
                here: wanted,
                there: target?.[name] || "",
            }))
            .filter(({ here, there }) => here !== there);
        return draft.text ? [{ here: draft.text, there: "" }, ...fields] : fields;
    }

    /** Drop from a draft what the server has by now; tell whether anything is left. */
    isStillWanted(draft) {
        const target = this.serverOf(draft);
        if (draft.type === "row" && target) {
            draft.row = target.id;
        }
        for (const [name, [, wanted]] of Object.entries(draft.fields)) {
            if (target && target[name] === wanted) {
                delete draft.fields[name];
            }
        }
        return Object.keys(draft.fields).length > 0;
    }

    /** Ask what is new; what the server says of a time before our last act is let go. */
    async poll(itemId, isWriting) {
        const { epoch } = this;
        const news = await this.call(
            "minutes_poll",
            this.data.stamp,
            itemId || false,
            isWriting
        );
        this.state.seenAt = clockText(new Date(), false);
        if (epoch !== this.epoch) {
            return;
        }
        if (news.items) {
            this.take(news);
        } else {
            this.data.others = news.others;
        }
        if (this.state.status === "offline") {
            this.state.status = "ready";
            this.flush();
        }
    }
}

/** The texts in a draft, for showing what it holds. */
export function textsOf(draft) {
    return [
        draft.text,
        ...Object.entries(draft.fields || {})
            .filter(([name]) => name === "text" || name === "notes")
            .map(([, [, wanted]]) => wanted),
    ].filter(Boolean);
}
