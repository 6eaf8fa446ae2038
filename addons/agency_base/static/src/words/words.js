import { user } from "@web/core/user";

const PERSIAN = "۰۱۲۳۴۵۶۷۸۹";
const ARABIC = "٠١٢٣٤٥٦٧٨٩";

function isPersian() {
    return Boolean(user.lang?.startsWith("fa"));
}

/** A text with its digits, of any script, as a program reads them. */
export function toLatin(text) {
    return String(text ?? "").replace(/[۰-۹٠-٩]/g, (digit) => {
        const index = PERSIAN.indexOf(digit);
        return index >= 0 ? index : ARABIC.indexOf(digit);
    });
}

/** A text in the digits of the reader. */
export function localDigits(text) {
    const shown = String(text);
    return isPersian() ? shown.replace(/\d/g, (digit) => PERSIAN[digit]) : shown;
}

/** `one` of what is counted, or `many` with their number: English tells them apart. */
export function counted(count, one, many) {
    return count === 1 ? one : String(many).replace("%s", localDigits(count));
}

/** What belongs together in one line, as the reader's language lists it. */
export function listed(parts) {
    const said = parts.filter(Boolean);
    return isPersian() ? said.join("، ") : said.map(isolated).join(", ");
}

/** Persian words, such as a name, so that in English what follows keeps its place. */
export function isolated(text) {
    return !isPersian() && /\p{Script=Arabic}/u.test(text)
        ? `\u2068${text}\u2069`
        : text;
}
