import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatNumber, localDigits } from "../item_card/numbers";
import { countPhotos } from "../item_card/counts";
import { geoLink } from "../item_card/places";
import { clock } from "./dates";
import { Icon } from "./icon";

const STATES = {
    planned: _t("Planned"),
    in_progress: _t("Under way"),
    returned: _t("Returned"),
    submitted: _t("Sent"),
    accepted: _t("Accepted"),
    closed: _t("Closed"),
    no_access: _t("No access"),
};
const TINTS = { in_progress: "f-mine", returned: "f-warn" };

/** One visit in the list: when, where, whom to call, how to get there, how far on. */
export class VisitCard extends Component {
    static template = "audit_checklist.FieldVisitCard";
    static components = { Icon };
    static props = { model: Object, visit: Object, isToday: Boolean, go: Function };

    setup() {
        Object.assign(this, { clock, localDigits });
        this.data = useState(this.props.model.data);
    }

    get model() {
        return this.props.model;
    }

    get visit() {
        return this.props.visit;
    }

    get state_() {
        return this.model.stateOf(this.visit);
    }

    get stateName() {
        return STATES[this.state_];
    }

    get tint() {
        return TINTS[this.state_] || "";
    }

    get isSent() {
        return this.model.isSent(this.visit);
    }

    get isTaken() {
        return Boolean(this.model.design(this.visit));
    }

    get isUnderWay() {
        return this.isTaken && this.model.isWorkable(this.visit);
    }

    get sentText() {
        const photos = this.model.waitingPhotos(this.visit);
        const { submitted_at } = this.visit;
        const time = submitted_at ? clock(submitted_at) : _t("in the queue");
        return photos
            ? _t("Sent %(time)s · %(photos)s on the way", {
                  time,
                  photos: countPhotos(photos),
              })
            : _t("Sent %(time)s", { time });
    }

    get earlierText() {
        const earlier = Object.values(this.visit.earlier);
        const count = earlier.filter(({ is_open }) => is_open).length;
        return count
            ? _t("Earlier findings to look at again: %(count)s", {
                  count: formatNumber(count),
              })
            : "";
    }

    get progress() {
        const { answered_count, relevant_count } = this.model.result(this.visit);
        return relevant_count ? (100 * answered_count) / relevant_count : 0;
    }

    get mainText() {
        if (this.state_ === "planned" && this.props.isToday) {
            return _t("Begin the visit");
        }
        if (this.isUnderWay) {
            const { answered_count, relevant_count } = this.model.result(this.visit);
            return _t("Go on · %(answered)s of %(asked)s", {
                answered: formatNumber(answered_count),
                asked: formatNumber(relevant_count),
            });
        }
        return _t("Look at it");
    }

    get route() {
        const { place, address, name } = this.visit.unit;
        return place ? geoLink(place.join(",")) : geoLink("0,0", `${name} ${address}`);
    }

    async open() {
        if (this.state_ === "planned" && this.props.isToday) {
            await this.model.begin(this.visit);
        }
        this.props.go(`visit/${this.visit.assessment}`);
    }
}
