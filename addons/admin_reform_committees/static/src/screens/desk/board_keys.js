import { localization } from "@web/core/l10n/localization";

/** Which way an arrow leads as one reads: 1 forward, -1 back, 0 for another key. */
function stepOf({ key, altKey, ctrlKey, metaKey, shiftKey }) {
    if (altKey || ctrlKey || metaKey || shiftKey) {
        return 0;
    }
    const forward = localization.direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = localization.direction === "rtl" ? "ArrowRight" : "ArrowLeft";
    return { [forward]: 1, [back]: -1 }[key] || 0;
}

/**
 * Arrows lead from card to card, and from quarter to quarter of a card; Enter on a card
 * opens its body. Tells whether the key was one of them.
 */
export function boardKey(ev, root, open) {
    const here = ev.target;
    const quarters = here.closest(".o_board_quarters");
    const card = here.closest(".o_board_cards > section");
    if (ev.key === "Enter" && card === here) {
        open(Number(card.dataset.body));
        return true;
    }
    const step = stepOf(ev);
    if (!step || !card || (card !== here && !quarters)) {
        return false;
    }
    const row = quarters
        ? quarters.querySelectorAll("button")
        : root.querySelectorAll(".o_board_cards > section");
    const all = [...row];
    all[all.indexOf(here) + step]?.focus();
    return true;
}
