import { _t } from "@web/core/l10n/translation";
import { QUARTER_OPTIONS, QUARTERS } from "@web/search/utils/dates";

/** The quarters of the Jalali year are the seasons. */
const SEASONS = { 1: _t("Spring"), 2: _t("Summer"), 3: _t("Autumn"), 4: _t("Winter") };

odoo.jalali.onActivate(() => {
    const options = [
        ...Object.entries(QUARTERS).map(([quarter, option]) => [option, quarter]),
        ...Object.values(QUARTER_OPTIONS).map((option) => [
            option,
            option.setParam?.quarter,
        ]),
    ];
    const stock = options.map(([option]) => [option, option.description]);
    for (const [option, quarter] of options) {
        option.description = SEASONS[quarter] || option.description;
    }
    return () => {
        for (const [option, description] of stock) {
            option.description = description;
        }
    };
});
