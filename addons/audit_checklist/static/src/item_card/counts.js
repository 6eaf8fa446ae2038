import { _t } from "@web/core/l10n/translation";
import { counted } from "./numbers";

export function countVisits(number) {
    return counted(number, (n) => [
        _t("%(count)s visit", n),
        _t("%(count)s visits", n),
    ]);
}

export function countPhotos(number) {
    return counted(number, (n) => [
        _t("%(count)s photo", n),
        _t("%(count)s photos", n),
    ]);
}

export function countAnswers(number) {
    return counted(number, (n) => [
        _t("%(count)s answer", n),
        _t("%(count)s answers", n),
    ]);
}

export function countOps(number) {
    return counted(number, (n) => [
        _t("%(count)s operation", n),
        _t("%(count)s operations", n),
    ]);
}

export function countMinutes(number) {
    return counted(number, (n) => [
        _t("%(count)s minute", n),
        _t("%(count)s minutes", n),
    ]);
}
