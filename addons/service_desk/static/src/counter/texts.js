import { counted, localDigits, toLatin } from "@agency_base/words/words";
import { user } from "@web/core/user";

// Spaces, dashes, dots, slashes and the invisible marks of bidirectional text.
const SEPARATORS =
    /[\s\-_./()\u00ad\u2010-\u2015\u2212\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const FOLDED = {
    ي: "ی",
    ى: "ی",
    ك: "ک",
    ة: "ه",
    ۀ: "ه",
    أ: "ا",
    إ: "ا",
    آ: "ا",
    ٱ: "ا",
    ؤ: "و",
    ئ: "ی",
    ء: "",
};

export { counted, localDigits, toLatin };

/** The digits of a text in any script, without what stands between them. */
export function onlyDigits(text) {
    const digits = toLatin(text).replace(SEPARATORS, "");
    return /^\d+$/.test(digits) ? digits : "";
}

/** What was typed into `input`, shown in the digits of the reader, the caret in place. */
export function typedDigits(input) {
    const shown = localDigits(input.value);
    if (shown !== input.value) {
        const caret = input.selectionStart;
        input.value = shown;
        input.setSelectionRange(caret, caret);
    }
    return input.value;
}

/** Hour and minutes of a moment, in the digits of the reader. */
export function hourText(date) {
    const two = (number) => String(number).padStart(2, "0");
    return localDigits(`${two(date.getHours())}:${two(date.getMinutes())}`);
}

/** An amount with thousands told apart, in the digits of the reader. */
export function amountText(amount) {
    const mark = user.lang?.startsWith("fa") ? "٬" : ",";
    const grouped = Math.round(amount)
        .toString()
        .replace(/\B(?=(\d{3})+$)/g, mark);
    return localDigits(grouped);
}

/** A text folded for comparing, as `search_key` does on the server. */
export function searchKey(text) {
    return toLatin(text)
        .normalize("NFKC")
        .replace(/[يىكةۀأإآٱؤئء]/g, (letter) => FOLDED[letter])
        .normalize("NFKD")
        .toLowerCase()
        .replace(/[\p{Mn}\p{Cf}\s\u0640]/gu, "");
}

/** Whether ten digits are a national code: the last one checks the others. */
export function isNationalCode(text) {
    const digits = onlyDigits(text);
    if (digits.length !== 10 || /^(\d)\1{9}$/.test(digits)) {
        return false;
    }
    const sum = [...digits.slice(0, 9)].reduce(
        (total, digit, i) => total + digit * (10 - i),
        0
    );
    const rest = sum % 11;
    return Number(digits[9]) === (rest < 2 ? rest : 11 - rest);
}

export function isMobile(text) {
    return /^09\d{9}$/.test(onlyDigits(text));
}
