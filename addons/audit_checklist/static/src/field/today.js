import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatNumber, localDigits } from "../item_card/numbers";
import { clock, dayName } from "./dates";
import { setup } from "./setup";

const DAY = 86_400_000;
const SENT = ["submitted", "accepted", "closed"];
const STATES = {
    planned: _t("Planned"),
    in_progress: _t("Under way"),
    returned: _t("Returned"),
    submitted: _t("Sent"),
    accepted: _t("Accepted"),
    closed: _t("Closed"),
    no_access: _t("No access"),
};

/** The visits of today and tomorrow. */
export class Today extends Component {
    static template = "audit_checklist.FieldToday";
    static props = { model: Object, go: Function };

    setup() {
        Object.assign(this, { clock, dayName, formatNumber, localDigits });
        this.data = useState(this.props.model.data);
        this.state = useState({ isAdding: false, name: "", reason: "" });
    }

    get model() {
        return this.props.model;
    }

    get days() {
        const now = Date.now();
        return [
            { key: 0, name: _t("Today"), on: now, visits: this.model.visitsOn(0) },
            {
                key: 1,
                name: _t("Tomorrow"),
                on: now + DAY,
                visits: this.model.visitsOn(1),
            },
        ];
    }

    get takenText() {
        const { taken } = this.data;
        if (!taken) {
            return _t("Not taken along yet");
        }
        return _t("%(count)s visits are with you, read back at %(time)s", {
            count: formatNumber(taken.count),
            time: clock(taken.at),
        });
    }

    get nextText() {
        const { taken } = this.data;
        return taken?.next_on
            ? _t("No visit today; the next one is on %(day)s.", {
                  day: dayName(taken.next_on),
              })
            : _t("No visit today.");
    }

    get othersText() {
        return _t("%(count)s operations of another user are on this phone.", {
            count: formatNumber(this.data.others),
        });
    }

    stateName(visit) {
        return STATES[this.model.stateOf(visit)];
    }

    isSent(visit) {
        return SENT.includes(this.model.stateOf(visit));
    }

    sentText(visit) {
        const photos = this.model.waitingPhotos(visit);
        const time = visit.submitted_at
            ? clock(visit.submitted_at)
            : _t("in the queue");
        return photos
            ? _t("Sent %(time)s · %(photos)s photos on the way", {
                  time,
                  photos: formatNumber(photos),
              })
            : _t("Sent %(time)s", { time });
    }

    hasDesign(visit) {
        return Boolean(this.model.design(visit));
    }

    mainText(visit, isToday) {
        const state = this.model.stateOf(visit);
        if (state === "planned" && isToday) {
            return _t("Begin the visit");
        }
        if (state === "in_progress" || state === "returned") {
            const { answered_count, relevant_count } = this.model.result(visit);
            return _t("Go on · %(answered)s of %(asked)s", {
                answered: formatNumber(answered_count),
                asked: formatNumber(relevant_count),
            });
        }
        return _t("Look at it");
    }

    route(visit) {
        const { place, address, name } = visit.unit;
        const goal = place ? place.join(",") : `${name} ${address}`;
        return `geo:${place ? place.join(",") : "0,0"}?q=${encodeURIComponent(goal)}`;
    }

    async open(visit, isToday) {
        if (this.model.stateOf(visit) === "planned" && isToday) {
            await this.model.begin(visit);
        }
        this.props.go(`visit/${visit.assessment}`);
    }

    get host() {
        return this.model.visitsOn(0)[0];
    }

    async addExtra() {
        const { name, reason } = this.state;
        if (name.trim() && reason.trim()) {
            const assessment = await this.model.addExtra(this.host, name, reason);
            this.state.isAdding = false;
            await this.model.begin({ assessment });
            this.props.go(`visit/${assessment}`);
        }
    }

    get userName() {
        return setup.user.name;
    }

    get initial() {
        return [...setup.user.name][0];
    }
}
