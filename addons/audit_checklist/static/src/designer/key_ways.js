import { useEffect, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { isOpen, makeComingList } from "./coming_list";

const PANE = ".o_audit_pane_item";
const FORM = `${PANE} .o_form_renderer`;
// What an item asks: a new one begins with it.
const PROMPT = `${FORM} [name=name] :is(input, textarea):not([disabled])`;
const FIELDS = `${FORM} :is(input, textarea, select):not([disabled])`;
const CHOSEN = ".o_audit_item_chosen .o_audit_item_name";
const FIRST = ".o_audit_section_name";

function nameOf(sectionId) {
    return `.o_audit_section[data-section-id="${sectionId}"] ${FIRST}`;
}

/**
 * The ways of the keyboard between the structure and the form of an item: into the
 * form, and with Escape back to the item's row, or to the section a new one is for.
 * What was typed stays in the form.
 */
export function useKeyWays(root, { showStructure, getSectionOfNew }) {
    const state = useState({ returns: 0 });
    const comingList = makeComingList();
    // Where the structure stood hidden, it has to be drawn before it takes the focus.
    useEffect(
        (returns) => returns && focus(CHOSEN, nameOf(getSectionOfNew()), FIRST),
        () => [state.returns]
    );

    function focus(...selectors) {
        const found = selectors.map((selector) => root.el.querySelector(selector));
        found.find(Boolean)?.focus();
    }

    return {
        enterItem: () => focus(PROMPT, FIELDS, PANE),
        /** To the chosen row once a dialog that closes has given back its focus. */
        returnFromDialog: () => browser.setTimeout(() => state.returns++),
        /** The buttons of the form go when it is saved; the focus must not go along. */
        keepFocus() {
            const { activeElement } = document;
            if (
                activeElement === document.body ||
                activeElement.closest(".o_audit_item_buttons")
            ) {
                focus(PANE);
            }
        },
        onInput: comingList.onInput,
        /** Escape that closes a list or ends a row belongs to that list. */
        onKeydown(ev) {
            const isTaken =
                ev.key !== "Escape" ||
                ev.defaultPrevented ||
                isOpen(ev.target) ||
                comingList.takeEscape(ev);
            if (!isTaken) {
                ev.preventDefault();
                showStructure();
                state.returns++;
            }
        },
    };
}
