import { listed, localDigits, toLatin } from "@agency_base/words/words";
import { user } from "@web/core/user";

export { listed, localDigits };

/** Return the language of the user as browsers write it, such as fa-IR. */
function locale() {
    return (user.lang || "en").replace("_", "-");
}

/** Write a number with the digits of the user's language. */
export function formatNumber(value, decimals = 0) {
    return new Intl.NumberFormat(locale(), {
        minimumFractionDigits: decimals,
        maximumFractionDigits: Math.max(decimals, 2),
        useGrouping: false,
    }).format(value);
}

/** Choose between the words for one and for many, both with their number. */
export function counted(number, inWords) {
    const [one, many] = inWords({ count: formatNumber(number) });
    return number === 1 ? one : many;
}

/** Write a score, which may not be known yet. */
export function formatScore(value) {
    if (value === null) {
        return "—";
    }
    return new Intl.NumberFormat(locale(), {
        minimumFractionDigits: 1,
        maximumFractionDigits: 1,
        useGrouping: false,
    }).format(value);
}

/** Read a number written with digits of any of our keyboards; NaN if it is none. */
export function readNumber(text) {
    const latin = toLatin(text).replace(/[٫/]/, ".").trim();
    return latin === "" ? NaN : Number(latin);
}
