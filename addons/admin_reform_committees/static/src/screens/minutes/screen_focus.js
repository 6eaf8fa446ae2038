const COLUMNS = ["agenda", "notes", "people"];
const FIRST = {
    agenda: ".o_minutes_agenda [aria-current=true], .o_minutes_agenda button",
    people: ".o_minutes_people [data-person]",
};

/** Where the caret is, where it goes next, and the place it came from. */
export class ScreenFocus {
    constructor(root, state) {
        this.root = root;
        this.state = state;
        this.wanted = null;
        this.caret = null;
    }

    /** Ask for the focus; it is given as soon as what is meant is drawn. */
    on(selector) {
        this.wanted = selector;
        this.apply();
    }

    /** As above, but not before the screen was drawn anew. */
    later(selector) {
        this.wanted = selector;
    }

    composer(itemId) {
        return itemId
            ? `[data-item="${itemId}"] .o_minutes_composer textarea`
            : ".o_minutes_new_item input";
    }

    home() {
        this.on(this.composer(this.state.itemId));
    }

    apply() {
        const target = this.wanted && this.root.el?.querySelector(this.wanted);
        if (target) {
            this.wanted = null;
            target.focus();
            if (target.matches("textarea, input[type=text]")) {
                // going on where the text ends
                target.setSelectionRange(target.value.length, target.value.length);
            }
            target
                .closest("section, [data-item]")
                ?.scrollIntoView({ block: "nearest" });
        }
    }

    keepCaret() {
        this.caret = document.activeElement;
    }

    backToNotes() {
        this.state.tab = "notes";
        if (this.caret?.isConnected) {
            this.caret.focus();
        } else {
            this.home();
        }
    }

    nextColumn() {
        const here = COLUMNS.findIndex((name) =>
            this.root.el
                .querySelector(`.o_minutes_${name}`)
                ?.contains(document.activeElement)
        );
        if (COLUMNS[here] === "notes") {
            this.keepCaret();
        }
        const next = COLUMNS[(here + 1) % COLUMNS.length];
        this.state.tab = next;
        if (next === "notes") {
            this.backToNotes();
        } else {
            this.root.el.querySelector(FIRST[next])?.focus();
        }
    }
}
