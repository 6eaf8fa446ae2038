import { _t } from "@web/core/l10n/translation";
import { counted } from "@admin_reform_committees/resolution/texts";

export * from "@admin_reform_committees/resolution/texts";

/** How long something is to last. */
export function minutesText(minutes) {
    return counted(minutes, _t("1 minute"), _t("%s minutes"));
}
