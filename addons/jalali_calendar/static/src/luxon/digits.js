// @odoo-module ignore
/** Digits both ways, and the clean-up of what people type. */
(function (jalali) {
    "use strict";

    const PERSIAN_ZERO = "۰".codePointAt(0);
    const ARABIC_ZERO = "٠".codePointAt(0);
    const BIDI_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

    const shiftDigits = (zero) => (digit) => String(digit.codePointAt(0) - zero);

    /** Persian and Arabic digits become Latin, invisible direction marks go. */
    function toLatinDigits(text) {
        return String(text)
            .replace(/[۰-۹]/g, shiftDigits(PERSIAN_ZERO))
            .replace(/[٠-٩]/g, shiftDigits(ARABIC_ZERO))
            .replace(BIDI_MARKS, "");
    }

    const toPersianDigits = (text) =>
        String(text).replace(/[0-9]/g, (digit) =>
            String.fromCodePoint(PERSIAN_ZERO + Number(digit))
        );

    /** Digits the way the reader reads them: Persian, or left as they are. */
    const toReaderDigits = (text) =>
        jalali.persianDigits ? toPersianDigits(text) : String(text);

    Object.assign(jalali, { toLatinDigits, toPersianDigits, toReaderDigits });
})(odoo.jalali);
