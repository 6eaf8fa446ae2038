import { _t } from "@web/core/l10n/translation";
import { INTERVAL_OPTIONS, QUARTER_OPTIONS, QUARTERS } from "@web/search/utils/dates";

/** The quarters of the Jalali year are the seasons. */
const SEASONS = { 1: _t("Spring"), 2: _t("Summer"), 3: _t("Autumn"), 4: _t("Winter") };
const SEASON = _t("Season");

odoo.jalali.onActivate(() => {
    const renamed = [
        [INTERVAL_OPTIONS.quarter, SEASON],
        ...Object.entries(QUARTERS).map(([quarter, option]) => [
            option,
            SEASONS[quarter],
        ]),
        ...Object.values(QUARTER_OPTIONS).map((option) => [
            option,
            SEASONS[option.setParam?.quarter] || option.description,
        ]),
    ];
    const stock = renamed.map(([option]) => [option, option.description]);
    for (const [option, description] of renamed) {
        option.description = description;
    }
    return () => {
        for (const [option, description] of stock) {
            option.description = description;
        }
    };
});
