import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { counted, localDigits, percentText } from "../../common/texts";

/** Open resolutions of earlier meetings, the late ones marked, a line for each. */
export class ReviewRows extends Component {
    static template = "admin_reform_committees.ReviewRows";
    static props = {
        rows: Array,
        canWrite: Boolean,
        onOpen: Function,
        onSay: Function,
    };

    setup() {
        this.state = useState({ texts: {} });
        this.localDigits = localDigits;
        this.percentText = percentText;
    }

    onInput(row, ev) {
        this.state.texts[row.id] = ev.target.value;
    }

    async onKeydown(row, ev) {
        const text = (this.state.texts[row.id] || "").trim();
        if (ev.key === "Enter" && !ev.ctrlKey && !ev.altKey) {
            ev.preventDefault();
            ev.stopPropagation();
            if (text && (await this.props.onSay(row, text))) {
                this.state.texts[row.id] = "";
            }
        }
    }

    daysText(days) {
        return counted(days, _t("1 day"), _t("%s days"));
    }
}
