import { Domain } from "@web/core/domain";
import {
    getLocalYearAndWeek,
    serializeDate,
    serializeDateTime,
    today,
} from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { SearchArchParser } from "@web/search/search_arch_parser";
import { patchWhenJalali } from "@jalali_calendar/core/patching";

const DATE_TYPES = ["date", "datetime"];
const LAST_DAY_OF_WEEK = 6;
/** A condition on a path whose value is a relative date: ('date', '>=', '-2m =1d') */
const RELATIVE_CONDITION =
    /([("'[]\s*["'])([\w.]+)(["']\s*,\s*["'](?:[<>]=?|!?=)["']\s*,\s*)(["'])((?:today|now)?(?:\s*[+\-=]\d+[dwmyHMS])+)\4/g;
/** A given month or year of the Gregorian calendar is meant as it stands. */
const GIVEN_PERIOD = /=(?!1m)\d+m|=\d+y/;

/** Write "=1d -1m" as "=1jd -1jm": a month of the filter is a month of the reader. */
function toJalaliTerms(text) {
    return GIVEN_PERIOD.test(text)
        ? text
        : text.replace(/(=\d+)d/g, "$1jd").replace(/([+\-=]\d+)([my])/g, "$1j$2");
}

/** Exchange the relative dates in the text of a domain. */
export function toJalaliDomain(domain, fields) {
    return domain.replace(
        RELATIVE_CONDITION,
        (_found, before, path, between, quote, text) => {
            const type = fields[path]?.type;
            // What lies behind a dot is not known here; a date is compared with a date.
            const isDate = path.includes(".") || DATE_TYPES.includes(type);
            const value = isDate ? toJalaliTerms(text) : text;
            return `${before}${path}${between}${quote}${value}${quote}`;
        }
    );
}

/** Offer the week of today, from its first day to its last, and the one before it. */
export function weekOptions(fieldName, fieldType) {
    const { startDate } = getLocalYearAndWeek(today());
    const serialize = fieldType === "date" ? serializeDate : serializeDateTime;
    const option = (name, description, start) => {
        const end = start.plus({ days: LAST_DAY_OF_WEEK }).endOf("day");
        const domain = new Domain([
            "&",
            [fieldName, ">=", serialize(start)],
            [fieldName, "<=", serialize(end)],
        ]);
        const id = `custom_jalali_${name}`;
        return { type: "dateOption", id, description, domain: domain.toString() };
    };
    return [
        option("this_week", _t("This week"), startDate),
        option("last_week", _t("Last week"), startDate.minus({ weeks: 1 })),
    ];
}

patchWhenJalali("SearchArchParser", SearchArchParser.prototype, {
    visitFilter(node) {
        const domain = node.getAttribute("domain");
        if (domain) {
            node.setAttribute("domain", toJalaliDomain(domain, this.fields));
        }
        super.visitFilter(...arguments);
        const item = this.currentGroup.at(-1);
        if (item?.type === "dateFilter" && node.hasAttribute("date")) {
            const weeks = weekOptions(item.fieldName, item.fieldType);
            item.optionsParams.customOptions.push(...weeks);
        }
    },
    visitDateOption(node) {
        const domain = node.getAttribute("domain") || "";
        node.setAttribute("domain", toJalaliDomain(domain, this.fields));
        super.visitDateOption(...arguments);
    },
});
