/**
 * The list that an autocomplete opens a moment after the typing that asked for it.
 *
 * Until it is there the field does not know Escape; here the key is kept for the list,
 * which then closes as it opens and gives the field its old text back.
 */
export function makeComingList() {
    let awaited = null;
    let isUnwanted = false;
    const observer = new MutationObserver(() => {
        if (isOpen(awaited)) {
            observer.disconnect();
            const input = awaited;
            awaited = null;
            if (isUnwanted) {
                input.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
            }
        }
    });
    return {
        onInput(ev) {
            if (ev.target.matches("[role=combobox]") && !isOpen(ev.target)) {
                awaited = ev.target;
                isUnwanted = false;
                observer.observe(awaited, { attributeFilter: ["aria-expanded"] });
            }
        },
        /** Keep Escape for the list that comes; tell whether there is one. */
        takeEscape(ev) {
            isUnwanted = awaited === ev.target;
            return isUnwanted;
        },
    };
}

export function isOpen(input) {
    return input.getAttribute("aria-expanded") === "true";
}
