import { onlyDigits } from "./texts";

const FREE_TEXT = "input:not([type=checkbox]):not([type=radio]), textarea, select";

/** Whether keys typed at `target` are text rather than commands. */
function isTyping(target) {
    return target.matches?.(FREE_TEXT) ?? false;
}

/**
 * Turns a key press into the name of what it does, or nothing.
 *
 * Single keys act only outside text fields; they lie on the numeric pad so that one
 * hand does a whole visit.
 */
export function commandOf(ev) {
    if (ev.ctrlKey && ev.key === "Enter") {
        return { name: "register" };
    }
    if (ev.ctrlKey || ev.altKey || ev.metaKey) {
        return null;
    }
    if (ev.key === "Escape") {
        return { name: "back" };
    }
    const typing = isTyping(ev.target);
    if (ev.key === "/" && (!typing || !ev.target.value)) {
        return { name: "information" };
    }
    if (ev.key === "+" && (!typing || !ev.target.value)) {
        return { name: "another" };
    }
    if (typing) {
        return null;
    }
    if (ev.key === "*") {
        return { name: "all" };
    }
    const digit = ev.key.length === 1 ? Number(onlyDigits(ev.key) || NaN) : NaN;
    if (digit >= 1) {
        return { name: "digit", digit };
    }
    if (ev.key === "Enter" && ev.target.matches?.("input[type=checkbox]")) {
        return { name: "next" };
    }
    return null;
}
