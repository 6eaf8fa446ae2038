import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { localDigits, percentText } from "../../common/texts";

/** Resolutions of earlier meetings that are still open, the late ones marked. */
export class ReviewRows extends Component {
    static template = "admin_reform_committees.ReviewRows";
    static props = { rows: Array, onOpen: Function };

    setup() {
        this.localDigits = localDigits;
        this.percentText = percentText;
    }

    daysText(days) {
        return _t("%s days", localDigits(days));
    }
}
