import { _t } from "@web/core/l10n/translation";
import { formatNumber } from "../item_card/numbers";

/** How many visits there are, in words. */
export function countVisits(number) {
    const count = formatNumber(number);
    return number === 1
        ? _t("%(count)s visit", { count })
        : _t("%(count)s visits", { count });
}

/** How many photos there are, in words. */
export function countPhotos(number) {
    const count = formatNumber(number);
    return number === 1
        ? _t("%(count)s photo", { count })
        : _t("%(count)s photos", { count });
}

/** How many answers there are, in words. */
export function countAnswers(number) {
    const count = formatNumber(number);
    return number === 1
        ? _t("%(count)s answer", { count })
        : _t("%(count)s answers", { count });
}

/** How many operations there are, in words. */
export function countOps(number) {
    const count = formatNumber(number);
    return number === 1
        ? _t("%(count)s operation", { count })
        : _t("%(count)s operations", { count });
}
