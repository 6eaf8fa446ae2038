import { Component, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { localDigits } from "../../common/texts";

/** What stands in the way of sending the minutes, each line leading to its field. */
export class ChecksPanel extends Component {
    static template = "admin_reform_committees.ChecksPanel";
    static props = { checks: Array, onGo: Function, onSubmit: Function, days: Number };

    setup() {
        this.root = useRef("root");
        this.state = useState({ index: 0 });
    }

    get faults() {
        return this.props.checks.filter((check) => check.level === "fault");
    }

    get faultText() {
        return _t("%s faults", localDigits(this.faults.length));
    }

    get reminderText() {
        return _t(
            "%s reminders",
            localDigits(this.props.checks.length - this.faults.length)
        );
    }

    get whyText() {
        return this.faults.length
            ? _t("Sending opens once the faults are mended.")
            : _t("Nothing stands in the way of sending.");
    }

    get afterText() {
        return _t(
            "After sending: the members have %s days to comment, then signatures and approval. The number is given on approval; the PDF is made in the background.",
            localDigits(this.props.days)
        );
    }

    onKeydown(ev) {
        const last = this.props.checks.length - 1;
        if (ev.key === "ArrowDown" && !ev.altKey) {
            ev.preventDefault();
            this.state.index = Math.min(this.state.index + 1, last);
        } else if (ev.key === "ArrowUp" && !ev.altKey) {
            ev.preventDefault();
            this.state.index = Math.max(this.state.index - 1, 0);
        } else if (ev.key === "Enter" && !ev.ctrlKey && ev.target === this.root.el) {
            ev.preventDefault();
            const check = this.props.checks[this.state.index];
            if (check) {
                this.props.onGo(check);
            }
        }
    }
}
