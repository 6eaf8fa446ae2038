import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatNumber, localDigits } from "../item_card/numbers";
import { countOps, countVisits } from "../item_card/counts";
import { clock, dayName } from "./dates";
import { Icon } from "./icon";
import { VisitCard } from "./visit_card";
import { dotted } from "./words";

const DAY = 86_400_000;

/** The visits of today and tomorrow, and whether they are on the phone. */
export class Today extends Component {
    static template = "audit_checklist.FieldToday";
    static components = { Icon, VisitCard };
    static props = { model: Object, go: Function };

    setup() {
        this.data = useState(this.props.model.data);
        this.state = useState({
            isAdding: false,
            name: "",
            reason: "",
            beside: "",
            missing: "",
        });
    }

    get model() {
        return this.props.model;
    }

    get days() {
        const { now } = this.model;
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

    countText({ on, visits }) {
        const sent = visits.filter((visit) => this.model.isSent(visit)).length;
        return dotted([
            dayName(on),
            countVisits(visits.length),
            sent ? _t("%(count)s sent", { count: formatNumber(sent) }) : "",
        ]);
    }

    get isTaken() {
        const { taken, taking } = this.data;
        return Boolean(taken?.whole && !taken.stale && !taking);
    }

    get takenTitle() {
        const { taken, taking } = this.data;
        if (taking) {
            return taking.all
                ? _t("Taking along: %(count)s of %(all)s", {
                      count: formatNumber(taking.count),
                      all: formatNumber(taking.all),
                  })
                : _t("Taking along…");
        }
        if (!taken) {
            return _t("Not taken along yet");
        }
        if (!taken.whole) {
            return _t("Not all could be kept: take along again");
        }
        return (
            {
                visits: _t("The plan has changed since: take it along anew"),
                versions: _t("The checklist has changed since: take it along anew"),
            }[taken.stale] || _t("With you: today and tomorrow")
        );
    }

    get takenText() {
        const { taken } = this.data;
        return dotted([
            countVisits(taken.count),
            ...this.model.versionNames.map(localDigits),
            _t("read back at %(time)s", { time: clock(taken.at) }),
        ]);
    }

    get nextText() {
        const { taken } = this.data;
        // Those of tomorrow stand below: the next one is none of the days after.
        return taken?.next_on && !this.model.visitsOn(1).length
            ? _t("No visit today; the next one is on %(day)s.", {
                  day: dayName(taken.next_on),
              })
            : _t("No visit today.");
    }

    get othersText() {
        return _t("On this phone for another user: %(ops)s.", {
            ops: countOps(this.data.others),
        });
    }

    /** The visits of today, beside which a unit may be found. */
    get hosts() {
        return this.model.visitsOn(0).filter((visit) => !visit.local);
    }

    async addExtra() {
        const { name, reason, beside } = this.state;
        const host = this.model.visit(beside) || this.hosts[0];
        this.state.missing = (!name.trim() && "name") || (!reason.trim() && "reason");
        if (this.state.missing) {
            document.getElementById(`extra-${this.state.missing}`).focus();
        } else {
            const assessment = await this.model.addExtra(host, name, reason);
            this.state.isAdding = false;
            await this.model.begin({ assessment });
            this.props.go(`visit/${assessment}`);
        }
    }
}
