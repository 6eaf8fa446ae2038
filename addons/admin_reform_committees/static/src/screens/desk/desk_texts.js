import { _t } from "@web/core/l10n/translation";

/** What the kinds of entries are called, in the order of their filters. */
export function kindLabels() {
    return {
        approve: _t("Resolution to Approve"),
        minutes: _t("Minutes to Approve"),
        sign: _t("Signature"),
        verify: _t("Verification"),
        extend: _t("Deadline Asked"),
        work: _t("My Work"),
        meeting: _t("Meeting"),
        communicate: _t("To Communicate"),
        screen: _t("Proposal"),
        referral: _t("Referral"),
        comment: _t("Comment"),
        plan: _t("Programme to Approve"),
        report: _t("Quarterly Report"),
        evidence: _t("Evidence"),
        review: _t("Review"),
    };
}

export const TONES = {
    approve: "warn",
    minutes: "warn",
    verify: "info",
    extend: "info",
    sign: "brand",
    work: "gray",
    meeting: "brand",
    communicate: "info",
    screen: "gray",
    referral: "gray",
    comment: "gray",
    plan: "warn",
    report: "warn",
    evidence: "gray",
    review: "gray",
};

export function groupLabels() {
    return {
        late: _t("Overdue"),
        now: _t("Today and tomorrow"),
        week: _t("This week"),
        later: _t("Later"),
    };
}

export function directives() {
    return [
        _t("As the committee decided."),
        _t("With priority; report on it."),
        _t("After the accountant has confirmed."),
    ];
}

/** What is asked for in the pane, by what it is asked for. */
export function questions() {
    return {
        sign: _t("Your password, to sign"),
        part: _t("Leave only what is approved"),
        comment: _t("Your comment"),
        extend: _t("Why more time is needed"),
        return: _t("The reason"),
        reopen: _t("The reason"),
        refuse: _t("The reason"),
    };
}
