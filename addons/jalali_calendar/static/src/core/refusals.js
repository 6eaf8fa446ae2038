import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

const { DateTime, Info } = luxon;

const show = (value) => odoo.jalali.toReaderDigits(value);
const example = () => DateTime.now().toFormat(localization.dateFormat);

const EXPLANATIONS = {
    month: ({ month }) =>
        _t(
            "There is no month %(month)s: a year has 12 months. Write the date like %(example)s.",
            { month: show(month), example: example() }
        ),
    day: ({ year, month }) =>
        _t("%(month)s %(year)s has %(count)s days. Write the date like %(example)s.", {
            month: Info.months("long", { outputCalendar: "persian" })[month - 1],
            year: show(year),
            count: show(odoo.jalali.daysInMonth(year, month)),
            example: example(),
        }),
    gregorian: (_parts, text) =>
        _t(
            "%(text)s is not a day of the Gregorian calendar. Write the date like %(example)s.",
            { text, example: example() }
        ),
    text: (_parts, text) =>
        _t("“%(text)s” cannot be read as a date. Write the date like %(example)s.", {
            text,
            example: example(),
        }),
};

/** Tells the user why a typed date was refused and how a right one looks. */
export const refusalService = {
    dependencies: ["notification"],
    start(_env, { notification }) {
        odoo.jalali.onRefused = (message) =>
            notification.add(message, { type: "danger" });
    },
};

odoo.jalali.onActivate(() => {
    odoo.jalali.explain = (refused, text) =>
        EXPLANATIONS[refused.reason](refused, text).toString();
    registry.category("services").add("jalali_refusals", refusalService);
    return () => registry.category("services").remove("jalali_refusals");
});
