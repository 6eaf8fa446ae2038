import { Component, onWillUnmount, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatNumber } from "../item_card/numbers";
import { countAnswers, countMinutes, countOps, countPhotos } from "../item_card/counts";
import { age, clock } from "./dates";
import { Icon } from "./icon";
import { dotted } from "./words";

const MINUTE = 60_000;
const ICONS = {
    offline: "cloud-off",
    login: "lock",
    sending: "send",
    trouble: "warning",
};

/** One line that says where the work is: on the phone, on its way, or arrived. */
export class NetworkLine extends Component {
    static template = "audit_checklist.FieldNetworkLine";
    static components = { Icon };
    static props = { model: Object, isBrief: Boolean, turn: Number };

    setup() {
        this.data = useState(this.props.model.data);
        // So that the age of what waits grows before one's eyes.
        this.tick = useState({ count: 0 });
        // So many were to be sent when the sending began.
        this.most = 0;
        const timer = setInterval(() => this.tick.count++, MINUTE);
        onWillUnmount(() => clearInterval(timer));
    }

    get icon() {
        return ICONS[this.data.network] || "cloud";
    }

    get role() {
        return this.data.network === "login" ? "alert" : "status";
    }

    get isOld() {
        this.tick.count;
        return this.props.model.isOld;
    }

    /** How far the sending is: 12 of 40. */
    sendingText() {
        const { ops, photos } = this.waiting;
        this.most = Math.max(this.most, ops + photos);
        return _t("Sending %(done)s of %(all)s", {
            done: formatNumber(this.most - ops - photos),
            all: formatNumber(this.most),
        });
    }

    get clockText() {
        const minutes = this.props.model.clockMinutes;
        return minutes && !this.props.isBrief
            ? _t("The clock of this phone is wrong by %(minutes)s.", {
                  minutes: countMinutes(minutes),
              })
            : "";
    }

    get text() {
        const { ops, photos, oldest } = this.waiting;
        if (this.data.network !== "sending") {
            this.most = 0;
        }
        const kept = { ops: countOps(ops) };
        const values = { answers: countAnswers(ops), photos: countPhotos(photos) };
        switch (this.data.network) {
            case "offline":
                return this.offlineText(values, oldest);
            case "login":
                return ops
                    ? _t("Your session has ended. Kept here: %(ops)s.", kept)
                    : _t("Your session has ended.");
            case "sending":
                return this.sendingText();
            case "trouble":
                return ops
                    ? _t("The server does not answer · %(ops)s kept", kept)
                    : _t("The server does not answer");
            default:
                return ops || photos
                    ? _t("%(answers)s and %(photos)s to go", values)
                    : this.arrivedText;
        }
    }

    offlineText(values, oldest) {
        const safe = _t(
            "No network · safe on the phone: %(answers)s and %(photos)s",
            values
        );
        return oldest && (this.isOld || !this.props.isBrief)
            ? dotted([safe, _t("the oldest for %(age)s", { age: age(oldest) })])
            : safe;
    }

    get arrivedText() {
        const { news } = this.data;
        return news
            ? _t("All has arrived, %(time)s", { time: clock(news.at) })
            : _t("All has arrived");
    }

    get waiting() {
        this.tick.count;
        return {
            ops: this.data.queue.length,
            photos: this.props.model.photosToSend.length,
            oldest: this.props.model.oldest?.at,
        };
    }

    /**
     * By way of the log-out: where a session was revoked, the first page that says so
     * changes its name, and a form on that very page would be refused.
     */
    get loginUrl() {
        const back = `/audit/field${location.hash}`;
        const form = `/web/login?redirect=${encodeURIComponent(back)}`;
        return `/web/session/logout?redirect=${encodeURIComponent(form)}`;
    }
}
