import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { counted } from "../../common/texts";

/** What must be said across the screen: closed, returned, restored, refused. */
export class MinutesBands extends Component {
    static template = "admin_reform_committees.MinutesBands";
    static props = { model: Object };

    setup() {
        this.state = useState({ isCompared: false });
    }

    get model() {
        return this.props.model;
    }

    get meeting() {
        return this.model.data.meeting;
    }

    get closedText() {
        return {
            minutes_review: _t(
                "These minutes were sent at %s and are under review.",
                this.meeting.sent_at
            ),
            approved: _t(
                "These minutes are approved: nothing in them changes any more."
            ),
            cancelled: _t("This meeting was cancelled."),
        }[this.meeting.state];
    }

    /** Why it is written on again after it had been sent. */
    get reopenedText() {
        const { is_amending: isAmending, reason, state } = this.meeting;
        if (isAmending) {
            return _t("Being amended: %s", reason);
        }
        return state === "held" ? _t("Returned for correction: %s", reason) : reason;
    }

    get restoredText() {
        return counted(
            this.model.state.restored.length,
            _t("1 field is back from the draft on this device."),
            _t("%s fields are back from the draft on this device.")
        );
    }

    /** What was typed here against what the server had when the screen was opened. */
    get differences() {
        return this.model.state.restored.flat();
    }

    /** All of it is saved by itself: what is pressed here only takes the band away. */
    keep() {
        this.model.state.restored = [];
        this.model.flush();
    }
}
