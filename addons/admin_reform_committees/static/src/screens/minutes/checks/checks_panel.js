import { Component, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { counted, listed } from "../../common/texts";

/** What stands in the way of sending the minutes, each line leading to its field. */
export class ChecksPanel extends Component {
    static template = "admin_reform_committees.ChecksPanel";
    static props = { checks: Array, onGo: Function, onSubmit: Function, days: Number };

    setup() {
        this.root = useRef("root");
        this.state = useState({ index: 0 });
    }

    get open() {
        return this.props.checks.filter((check) => !check.isMended);
    }

    get faults() {
        return this.open.filter((check) => check.level === "fault");
    }

    /** The line that is marked: the one chosen, or the next one still open. */
    get marked() {
        const { checks } = this.props;
        if (checks[this.state.index]?.isMended) {
            const next = checks.findIndex(
                (check, index) => index > this.state.index && !check.isMended
            );
            return next >= 0 ? next : checks.findIndex((check) => !check.isMended);
        }
        return this.state.index;
    }

    /** What was looked at and is in order, in words. */
    get inOrder() {
        const open = new Set(this.open.map((check) => check.about));
        const names = {
            chair: _t("who presides"),
            quorum: _t("quorum"),
            item: _t("a decision on every item"),
            responsible: _t("responsible people"),
            due: _t("deadlines"),
            vote: _t("votes"),
        };
        return Object.keys(names)
            .filter((about) => !open.has(about))
            .map((about) => names[about]);
    }

    get inOrderText() {
        return _t("In order: %s", listed(this.inOrder));
    }

    get faultText() {
        return counted(this.faults.length, _t("1 fault"), _t("%s faults"));
    }

    get reminderText() {
        const count = this.open.length - this.faults.length;
        return counted(count, _t("1 reminder"), _t("%s reminders"));
    }

    get whyText() {
        return this.faults.length
            ? _t("Sending opens once the faults are mended.")
            : _t("Nothing stands in the way of sending.");
    }

    get afterText() {
        return _t(
            "After sending: the members have %s to comment, then signatures and approval. The number is given on approval; the PDF is made in the background.",
            counted(this.props.days, _t("1 day"), _t("%s days"))
        );
    }

    onKeydown(ev) {
        const last = this.props.checks.length - 1;
        if (ev.key === "ArrowDown" && !ev.altKey) {
            ev.preventDefault();
            this.state.index = Math.min(this.marked + 1, last);
        } else if (ev.key === "ArrowUp" && !ev.altKey) {
            ev.preventDefault();
            this.state.index = Math.max(this.marked - 1, 0);
        } else if (ev.key === "Enter" && !ev.ctrlKey && ev.target === this.root.el) {
            ev.preventDefault();
            const check = this.props.checks[this.marked];
            if (check && check.target !== "end") {
                this.state.index = this.marked;
                this.props.onGo(check);
            }
        }
    }
}
