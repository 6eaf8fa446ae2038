import { toLatin } from "@admin_reform_committees/resolution/texts";

const CHOICES = { 1: "mine", 2: "theirs", 3: "both" };

/** What a key press in a conflict chooses, in any digits; nothing for other keys. */
export function choiceOf(ev) {
    const isPlain = !ev.altKey && !ev.ctrlKey && !ev.metaKey;
    return (isPlain && CHOICES[toLatin(ev.key)]) || "";
}
