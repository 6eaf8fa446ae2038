const PERSIAN = "۰۱۲۳۴۵۶۷۸۹";
const ARABIC = "٠١٢٣٤٥٦٧٨٩";

/** Read a number in whatever digits it was typed; NaN for what is none. */
export function readNumber(text) {
    const latin = text
        .trim()
        .replace(/[۰-۹]/g, (digit) => PERSIAN.indexOf(digit))
        .replace(/[٠-٩]/g, (digit) => ARABIC.indexOf(digit))
        .replace("٫", ".");
    return latin === "" ? NaN : Number(latin);
}

export function toPersian(text) {
    return text.replace(/\d/g, (digit) => PERSIAN[digit]);
}

/** Read the answer to an item off the page, as the score reads it. */
export function readAnswer(item) {
    const answer = {};
    const option = item.querySelector("input[type=radio]:checked");
    if (option) {
        answer.option = option.value;
        const reason = item.querySelector("[name=reason]");
        if (option.dataset.na && reason && reason.value.trim()) {
            answer.reason = reason.value.trim();
        }
    }
    const typed = [...item.querySelectorAll("[name=number]")]
        .map((field) => field.value)
        .filter((text) => text.trim());
    if (typed.length) {
        // What is no number goes out as null, and the server says so.
        answer.numbers = typed.map(readNumber);
    }
    for (const name of ["text", "note"]) {
        const field = item.querySelector(`[name=${name}]`);
        if (field && field.value.trim()) {
            answer[name] = field.value.trim();
        }
    }
    return answer;
}
