import { counted, listed, localDigits, toLatin } from "@agency_base/words/words";
import { user } from "@web/core/user";

const TONES = 7;

export { counted, listed, localDigits, toLatin };

export function percentText(percent) {
    return `${localDigits(percent)}${user.lang?.startsWith("fa") ? "٪" : "%"}`;
}

/** A name or title folded for comparing: one spelling, no spaces, no marks. */
export function searchKey(text) {
    return toLatin(text)
        .replace(/[يى]/g, "ی")
        .replace(/ك/g, "ک")
        .replace(/[أإآٱ]/g, "ا")
        .toLowerCase()
        .replace(/[\p{Mn}\p{Cf}\s\u0640]/gu, "");
}

/** The two letters that stand for a person, kept apart so that they do not join. */
export function initials(name) {
    const words = (name || "").split(/\s+/).filter(Boolean);
    const first = words[0]?.[0] || "";
    const last = words.length > 1 ? words.at(-1)[0] : "";
    return last ? `${first}\u200c${last}` : first;
}

/** One of a few tones, always the same for a person. */
export function toneOf(id) {
    return `o_reform_tone_${(id || 0) % TONES}`;
}

/** The hour of the day as "9:41:08" in the reader's digits. */
export function clockText(date, withSeconds = true) {
    const two = (number) => String(number).padStart(2, "0");
    const text = `${date.getHours()}:${two(date.getMinutes())}`;
    return localDigits(withSeconds ? `${text}:${two(date.getSeconds())}` : text);
}

/** "914", "9:14" or "09.14", in any digits, as "9:14"; nothing if it is no time. */
export function parseClock(text) {
    const digits = toLatin(text).trim();
    const match =
        digits.match(/^(\d{1,2})[:.٫]?(\d{2})$/) || digits.match(/^(\d{1,2})$/);
    if (!match) {
        return "";
    }
    const [hour, minute] = [Number(match[1]), Number(match[2] || 0)];
    return hour < 24 && minute < 60 ? `${hour}:${String(minute).padStart(2, "0")}` : "";
}
