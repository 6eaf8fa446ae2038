import { _t } from "@web/core/l10n/translation";
import { counted, formatNumber } from "../item_card/numbers";

/** What is said of each thing to look at before a visit is accepted. */
const WORDS = {
    answers: ([number, asked]) => {
        const answered = formatNumber(number);
        return counted(asked, ({ count }) => [
            _t("%(answered)s of %(count)s item answered", { answered, count }),
            _t("%(answered)s of %(count)s items answered", { answered, count }),
        ]);
    },
    conflicts: ([number]) =>
        number === 0
            ? _t("No conflicting answers")
            : counted(number, (n) => [
                  _t("%(count)s conflicting answer", n),
                  _t("%(count)s conflicting answers", n),
              ]),
    inspectors: () => _t("Signed by both inspectors"),
    host: () => _t("Signed by the host"),
    host_refused: ([reason]) => _t("The host did not sign: %(reason)s", { reason }),
    photos: ([number, all]) => {
        const missing = formatNumber(number);
        return counted(all, ({ count }) => [
            _t("%(missing)s of %(count)s photo has not arrived", { missing, count }),
            _t("%(missing)s of %(count)s photos have not arrived", { missing, count }),
        ]);
    },
    no_photos: () => _t("No photos were taken"),
    na: ([share]) =>
        _t("Not applicable: %(share)s percent of the weight", {
            share: formatNumber(share),
        }),
    critical: ([number]) =>
        number === 0
            ? _t("No critical item failed")
            : counted(number, (n) => [
                  _t("%(count)s critical item failed", n),
                  _t("%(count)s critical items failed", n),
              ]),
};
const WAITING = {
    inspectors: () => _t("Not signed by both inspectors yet"),
};

export function checkText({ kind, status, value = [] }) {
    const words = (status !== "fine" && WAITING[kind]) || WORDS[kind];
    return words(value);
}
