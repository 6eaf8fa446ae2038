import { Component, onMounted, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { clockText, localDigits } from "../common/texts";

const POLL_EVERY = 2000;

/** The minutes for the hall: read only, in large letters, following the secretary. */
export class Projector extends Component {
    static template = "admin_reform_committees.Projector";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.localDigits = localDigits;
        const { context, params } = this.props.action;
        this.meetingId = this.props.resId || params?.meeting_id || context?.active_id;
        this.state = useState({ data: null, seenAt: "", isLost: false, now: "" });
        onWillStart(async () => {
            await this.load();
            this.props.updateActionState?.({ resId: this.meetingId });
        });
        onMounted(() => {
            this.timer = browser.setInterval(() => this.load(), POLL_EVERY);
        });
        onWillUnmount(() => browser.clearInterval(this.timer));
    }

    async load() {
        this.state.now = clockText(new Date(), false);
        try {
            this.state.data = await this.orm.silent.call(
                "reform.meeting",
                "minutes_projector",
                [[this.meetingId]]
            );
            this.state.seenAt = clockText(new Date(), false);
            this.state.isLost = false;
        } catch {
            this.state.isLost = true;
        }
    }

    get data() {
        return this.state.data;
    }

    get item() {
        return (
            this.data.items.find((item) => item.id === this.data.item) ||
            this.data.items[0]
        );
    }

    get lostText() {
        return _t("Last state at %s", this.state.seenAt);
    }

    get quorumText() {
        const number = localDigits(this.data.quorum.required);
        return this.data.quorum.met
            ? _t("Quorum %s: there is a quorum", number)
            : _t("Quorum %s: there is no quorum", number);
    }

    /** What stands before the item under discussion, and points at its text. */
    get pointer() {
        return localization.direction === "rtl" ? "◄" : "►";
    }

    get presentText() {
        return _t("%(present)s of %(seats)s", {
            present: localDigits(this.data.quorum.present),
            seats: localDigits(this.data.quorum.seats),
        });
    }

    title(item) {
        return _t("Item %(number)s. %(name)s", {
            number: localDigits(item.number),
            name: localDigits(item.name),
        });
    }

    number(row) {
        return _t("Resolution %s", localDigits(`${this.item.number}-${row + 1}`));
    }
}

registry
    .category("actions")
    .add("admin_reform_committees.projector", Projector, { force: true });
