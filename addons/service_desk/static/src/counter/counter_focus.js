import { onMounted, onPatched } from "@odoo/owl";

/**
 * Moves the cursor to the element marked `data-focus`, now or once it is drawn.
 *
 * Now, where it is there already: fast typing must not miss the next field.
 */
export function useCounterFocus(root) {
    let wanted = "";

    function reach(place) {
        const element = root.el?.querySelector(`[data-focus="${place}"]`);
        element?.focus();
        return Boolean(element);
    }

    function apply() {
        if (wanted && reach(wanted)) {
            wanted = "";
        }
    }

    onMounted(apply);
    onPatched(apply);
    return {
        to(place) {
            wanted = place;
            reach(place);
        },
        apply,
    };
}
