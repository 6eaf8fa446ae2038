import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { listed, localDigits } from "../../common/texts";

const CHIPS = [
    _t("To be carried out, with a report"),
    _t("With priority"),
    _t("Report to me every week"),
];

/** The approver's act: approve, approve with a directive, or return with a reason. */
export class DecisionPane extends Component {
    static template = "admin_reform_committees.DecisionPane";
    static props = { model: Object, decision: Object, isUnderReview: Boolean };

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.chips = CHIPS.map(String);
        this.localDigits = localDigits;
        this.state = useState({
            directive: "",
            person: this.props.decision.people[0]?.id || 0,
            due: "",
            returns: false,
            reason: "",
        });
    }

    get model() {
        return this.props.model;
    }

    get decision() {
        return this.props.decision;
    }

    get behalfText() {
        return _t("On behalf of %s", this.decision.behalf);
    }

    get approvedText() {
        const { by, at } = this.decision;
        return _t("Approved by %s", listed([by, at]));
    }

    onPerson(ev) {
        this.state.person = Number(ev.target.value);
    }

    approve() {
        const { directive, person, due } = this.state;
        return this.model.review("minutes_approve", directive, person, due);
    }

    async giveBack() {
        const { reason } = this.state;
        if (!reason.trim()) {
            return;
        }
        const isDone = await this.model.review("minutes_give_back", reason);
        if (isDone === "gone") {
            this.notification.add(_t("The minutes are back with the secretary."), {
                type: "success",
            });
            await this.action.doAction("admin_reform_committees.reform_desk_action", {
                clearBreadcrumbs: true,
            });
        }
    }
}
