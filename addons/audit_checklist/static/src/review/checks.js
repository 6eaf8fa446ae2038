import { _t } from "@web/core/l10n/translation";
import { formatNumber } from "../item_card/numbers";

/** What is said of each thing to look at before a visit is accepted. */
const WORDS = {
    answers: ([answered, asked]) =>
        _t("%(answered)s answers of %(asked)s items asked", { answered, asked }),
    conflicts: ([count]) =>
        count === formatNumber(0)
            ? _t("No conflicting answers")
            : _t("%(count)s conflicting answers", { count }),
    inspectors: () => _t("Signed by both inspectors"),
    host: () => _t("Signed by the host"),
    host_refused: ([reason]) => _t("The host did not sign: %(reason)s", { reason }),
    photos: ([missing, count]) =>
        _t("%(missing)s of %(count)s photos have not arrived", { missing, count }),
    no_photos: () => _t("No photos were taken"),
    na: ([share]) => _t("Not applicable: %(share)s percent of the weight", { share }),
    critical: ([count]) =>
        count === formatNumber(0)
            ? _t("No critical item failed")
            : _t("%(count)s critical items failed", { count }),
};
const WAITING = {
    inspectors: () => _t("Not signed by both inspectors yet"),
};

export function checkText({ kind, status, value = [] }) {
    const said = value.map((part) =>
        typeof part === "number" ? formatNumber(part) : part
    );
    const words = (status !== "fine" && WAITING[kind]) || WORDS[kind];
    return words(said);
}
