import { onlyDigits } from "./texts";

const FREE_TEXT = "input:not([type=checkbox]):not([type=radio]), textarea, select";
const TILE = ".o_desk_tile";

/** Whether keys typed at `target` are text rather than commands. */
function isTyping(target) {
    return target.matches?.(FREE_TEXT) ?? false;
}

function hasText(target) {
    return isTyping(target) && Boolean(target.value);
}

/** Keys that act from an empty text field too: nobody begins a text with them. */
const LEADING = { "/": "information", "+": "another", "-": "call" };

function commandOutsideText(ev) {
    if (ev.key === "*") {
        return { name: "all" };
    }
    if (ev.key === "Enter") {
        return ev.target.matches?.("input[type=checkbox]") ? { name: "next" } : null;
    }
    const digit = ev.key.length === 1 ? Number(onlyDigits(ev.key)) : 0;
    return digit ? { name: "digit", digit } : null;
}

/**
 * Turns a key press into the name of what it does, or nothing.
 *
 * Single keys act only outside text fields; they lie on the numeric pad so that one
 * hand does a whole visit.
 */
export function commandOf(ev) {
    if (ev.ctrlKey || ev.altKey || ev.metaKey) {
        return ev.ctrlKey && ev.key === "Enter" ? { name: "register" } : null;
    }
    if (ev.key === "Escape") {
        return { name: "back" };
    }
    if (LEADING[ev.key] && !hasText(ev.target)) {
        return { name: LEADING[ev.key] };
    }
    return isTyping(ev.target) ? null : commandOutsideText(ev);
}

function openTile(flow, digit) {
    const tile = flow.tiles[digit - 1];
    if (tile) {
        flow.inform(tile);
    }
    return Boolean(tile);
}

function toggleBox(flow, digit) {
    const { line } = flow.visit;
    const box = line && flow.visit.boxes(line)[digit - 1];
    if (box) {
        flow.toggle(line, box);
    }
    return Boolean(box);
}

/** To the tiles of information, and from them back to the code. */
function goToTiles(flow) {
    const isThere = document.activeElement?.matches(TILE);
    flow.focus(isThere ? "identifier" : "tile");
}

function tickAll(flow) {
    const { line } = flow.visit;
    if (line) {
        flow.visit.tickAll(line);
        flow.allTicked();
    }
    return Boolean(line);
}

/** What the keys do at each stage; `false` says that a key means nothing now. */
const COMMANDS = {
    ready: {
        information: goToTiles,
        digit: openTile,
        call: (flow) => (flow.queue ? flow.queue.call() : false),
    },
    information: { information: (flow) => flow.leaveInformation() },
    open: {
        register: (flow) => void flow.register(),
        next: (flow) => flow.next(),
        another: (flow) => (flow.visit.lines.length ? flow.addAnother() : false),
        all: tickAll,
        digit: toggleBox,
    },
};

/** Carries out a command if the present stage knows it; tells whether it did. */
export function obey(flow, { name, digit }) {
    if (name === "back") {
        return flow.back();
    }
    const command = COMMANDS[flow.stage]?.[name];
    return command ? command(flow, digit) !== false : false;
}
