/** Letters of the attendance list, Persian and by their place on the keyboard. */
const LETTERS = {
    و: "arrive",
    خ: "leave",
    ت: "recuse",
    ج: "substitute",
    " ": "cycle",
    Enter: "open",
};
const CODES = { KeyA: "arrive", KeyL: "leave", KeyR: "recuse", KeyS: "substitute" };

/** What a key does in the list: moving is for everybody, the rest for writers. */
export function peopleAct(column, ev, person) {
    if (ev.altKey || ev.ctrlKey || ev.metaKey) {
        return undefined;
    }
    const moves = {
        ArrowDown: () => column.move(person, 1),
        ArrowUp: () => column.move(person, -1),
        Escape: () => column.props.onBack(),
    };
    if (moves[ev.key] || !column.isRunning) {
        return moves[ev.key];
    }
    const acts = {
        cycle: () => column.cycle(person),
        recuse: () => column.recuse(person),
        open: () => column.ask(person, person.here ? "leave" : "arrive"),
        arrive: () => column.note(person, "arrive"),
        leave: () => column.note(person, "leave"),
        substitute: () => column.ask(person, "substitute"),
    };
    return acts[LETTERS[ev.key] || CODES[ev.code]];
}
