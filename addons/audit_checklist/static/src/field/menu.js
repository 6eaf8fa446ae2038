import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { countOps } from "../item_card/counts";

/** What an inspector needs now and then: papers, a word to the officer, the way out. */
export class Menu extends Component {
    static template = "audit_checklist.FieldMenu";
    static props = { model: Object, onClose: Function };

    setup() {
        this.data = useState(this.props.model.data);
        this.state = useState({
            isTelling: false,
            isKept: false,
            isMissing: false,
            isLeaving: false,
            about: this.model.visits[0]?.assessment || "",
            text: "",
        });
    }

    get model() {
        return this.props.model;
    }

    /** There are papers for the visits that are still to be made. */
    get hasPapers() {
        return [0, 1].some((day) =>
            this.model
                .visitsOn(day)
                .some(({ state }) => state === "planned" || state === "in_progress")
        );
    }

    get pendingText() {
        return _t(
            "Waiting here: %(ops)s. All of it stays on this phone under your name, " +
                "and is sent when you log in again.",
            { ops: countOps(this.data.queue.length) }
        );
    }

    async tell() {
        const { about, text } = this.state;
        const visit = this.model.visit(about);
        this.state.isMissing = !text.trim();
        if (visit && text.trim()) {
            const isKept = await this.model.enter(visit, "feedback", { text });
            Object.assign(this.state, { isKept, isTelling: !isKept });
        }
    }

    leave() {
        if (this.data.queue.length && !this.state.isLeaving) {
            this.state.isLeaving = true;
        } else {
            location.href = "/web/session/logout?redirect=/web/login";
        }
    }
}
