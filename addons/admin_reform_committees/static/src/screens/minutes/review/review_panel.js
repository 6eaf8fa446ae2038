import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { localDigits } from "../../common/texts";
import { CommentsPane } from "./comments_pane";
import { DecisionPane } from "./decision_pane";
import { SignaturesPane } from "./signatures_pane";

/** Minutes after they were sent: what is said of them, who signs, who decides. */
export class ReviewPanel extends Component {
    static template = "admin_reform_committees.ReviewPanel";
    static components = { CommentsPane, DecisionPane, SignaturesPane };
    static props = { model: Object, review: Object, onPreview: Function };

    setup() {
        this.state = useState({ amends: false, reason: "" });
        this.localDigits = localDigits;
    }

    get model() {
        return this.props.model;
    }

    get review() {
        return this.props.review;
    }

    get meeting() {
        return this.model.data.meeting;
    }

    get isUnderReview() {
        return this.meeting.state === "minutes_review";
    }

    get heading() {
        return {
            draft: this.meeting.is_amending
                ? _t("Being Amended")
                : _t("Returned for correction"),
            submitted: _t("Comments, signatures, approval"),
            approved: _t("Approved minutes"),
        }[this.review.state];
    }

    versionText(version) {
        return _t("Version %s", localDigits(version.version));
    }

    versionTone(version) {
        return { approved: "ok", superseded: "gray" }[version.state] || "warn";
    }

    async amend() {
        if (!this.state.reason.trim()) {
            return;
        }
        if (await this.model.review("minutes_amend", this.state.reason)) {
            this.state.amends = false;
            this.state.reason = "";
        }
    }
}
