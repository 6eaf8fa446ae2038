import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatNumber } from "../item_card/numbers";
import { countMinutes, countOps, countPhotos } from "../item_card/counts";
import { clock, dayName } from "./dates";

/** What is on the phone and not yet on the server, and how to save it otherwise. */
export class Queue extends Component {
    static template = "audit_checklist.FieldQueue";
    static props = { model: Object, go: Function };

    setup() {
        Object.assign(this, { clock, dayName, formatNumber });
        this.data = useState(this.props.model.data);
    }

    get photos() {
        return this.data.photos.filter(({ state }) => state === "queued");
    }

    get summary() {
        return _t("%(ops)s and %(photos)s wait on this phone.", {
            ops: countOps(this.data.queue.length),
            photos: countPhotos(this.photos.length),
        });
    }

    get newsText() {
        const { news } = this.data;
        return news
            ? _t("Last heard of the server: %(time)s", { time: clock(news.at) })
            : "";
    }

    get clockText() {
        const minutes = this.props.model.clockMinutes;
        return minutes
            ? _t(
                  "The clock of this phone is wrong by %(minutes)s. Nothing is lost: " +
                      "both times are kept.",
                  { minutes: countMinutes(minutes) }
              )
            : "";
    }
}
