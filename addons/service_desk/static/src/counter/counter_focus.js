import { onMounted, onPatched, onWillUnmount } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";

// Owl draws in the next frame; what is not there after these is not coming.
const LONGEST_WAIT = 30;

/**
 * Moves the cursor to the element marked `data-focus`, now or once it is drawn.
 *
 * Now, where it is there already: fast typing must not miss the next field. A piece of
 * the screen that draws itself tells the screen nothing: it is looked for each frame.
 * A place that does not come is forgotten, so that the cursor never jumps later.
 */
export function useCounterFocus(root) {
    let wanted = "";
    let frame = 0;
    let framesLeft = 0;

    function apply() {
        const element = root.el?.querySelector(`[data-focus="${wanted}"]`);
        if (wanted && element) {
            wanted = "";
            element.focus();
        }
    }

    function watch() {
        browser.cancelAnimationFrame(frame);
        apply();
        // Before the screen is there nothing is late.
        if (!wanted || !root.el) {
            return;
        }
        if (framesLeft > 0) {
            framesLeft -= 1;
            frame = browser.requestAnimationFrame(watch);
        } else {
            wanted = "";
        }
    }

    onMounted(watch);
    onPatched(apply);
    onWillUnmount(() => browser.cancelAnimationFrame(frame));
    return {
        to(place) {
            wanted = place;
            framesLeft = LONGEST_WAIT;
            watch();
        },
        apply,
    };
}
