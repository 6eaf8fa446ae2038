import { _t } from "@web/core/l10n/translation";

/** Keys by their place on the keyboard: they work with the Persian layout on. */
const ALT = {
    ArrowDown: "nextItem",
    ArrowUp: "previousItem",
    KeyR: "newRow",
    KeyN: "ownNote",
    KeyA: "allPresent",
    KeyO: "consensus",
    KeyG: "vote",
    KeyU: "outcome",
    KeyL: "lateItem",
    KeyI: "checks",
    KeyY: "preview",
    KeyW: "projector",
    Backspace: "dropRow",
};
const CTRL = { Enter: "submit", NumpadEnter: "submit", KeyZ: "undo" };
const PLAIN = { F2: "nextColumn", F4: "help" };

/** What a key press asks the screen to do, or nothing. */
export function commandOf(ev) {
    if (ev.metaKey || ev.shiftKey || (ev.altKey && ev.ctrlKey)) {
        return "";
    }
    const keys = ev.altKey ? ALT : ev.ctrlKey ? CTRL : PLAIN;
    return keys[ev.code] || "";
}

/** The outcomes of an item, each with the letter that chooses it and its key. */
export const OUTCOMES = [
    { value: "approved", letter: _t("a (Approved)") },
    { value: "rejected", letter: _t("d (Rejected)") },
    { value: "postponed", letter: _t("p (Postponed)") },
    { value: "referred", letter: _t("r (Referred)") },
    { value: "tabled", letter: _t("t (Tabled)") },
    { value: "withdrawn", letter: _t("w (Withdrawn)") },
    { value: "noted", letter: _t("n (Noted)") },
];

/** The letter shown on the button: what stands before the brackets. */
export function letterOf(outcome) {
    return String(outcome.letter).split(" ")[0];
}

/** Where the letters of the outcomes are, for whom types with the other layout on. */
const PLACES = {
    ص: "KeyW",
    د: "KeyN",
    ع: "KeyU",
    ج: "BracketLeft",
    س: "KeyS",
    پ: "KeyM",
    ی: "KeyD",
};

/** Which outcome a key chooses: by the reader's letter on it, whatever the layout. */
export function outcomeOf(ev) {
    const typed = ev.key.toLowerCase();
    const letters = OUTCOMES.map((outcome) => [letterOf(outcome), outcome.value]);
    const [, value] =
        letters.find(([letter]) => letter === typed) ||
        letters.find(
            ([letter]) => (PLACES[letter] || `Key${letter.toUpperCase()}`) === ev.code
        ) ||
        [];
    return value;
}

/** All keys, for the panel that lists them. */
export function keyList() {
    return [
        ["Alt ↓ / Alt ↑", _t("Next and previous item")],
        ["Alt R / +", _t("New resolution")],
        ["Alt N", _t("Own note under the item")],
        ["Alt A", _t("All are present; again: undo")],
        ["Alt O", _t("Adopt by consensus")],
        ["Alt G", _t("Vote by count; again: by name")],
        ["Alt U", _t("Outcome of the item, then a letter")],
        ["Alt L", _t("Late item at the end")],
        ["Alt I", _t("Check, and back")],
        ["Ctrl Enter", _t("Send, where nothing stands in the way")],
        ["Alt Y", _t("Preview in another tab")],
        ["Alt W", _t("Projector in another tab")],
        ["/", _t("Text block")],
        ["+", _t("Before a name in “responsible”: somebody who helps")],
        ["%", _t("Progress of an open resolution")],
        ["F2", _t("Agenda, notes, people")],
        [_t("Space"), _t("Of a person: present, excused, absent")],
        [_t("A / L"), _t("Arrives, leaves now; then digits: at that time")],
        [_t("R / S"), _t("Stands aside for the item; sends a substitute")],
        ["Ctrl Z", _t("Undo the last step")],
        ["Alt Backspace", _t("Take out the row")],
        ["Esc", _t("Close the list, then back to the line below")],
    ];
}
