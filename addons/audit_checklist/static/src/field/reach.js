/** Call back when the page shows what the model says by now. */
function afterDrawing(callback) {
    requestAnimationFrame(() => requestAnimationFrame(callback));
}

/** Slide, except for those who asked their phone for less motion. */
function pace() {
    return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

/** How much of the page is hidden above and below: by header and sections, by buttons. */
function margins() {
    const style = getComputedStyle(document.documentElement);
    return [style.scrollPaddingTop, style.scrollPaddingBottom].map(parseFloat);
}

/** Brings the cards of a list within reach of the thumb. */
export class Reach {
    constructor(list) {
        this.list = list;
    }

    card(code) {
        return this.list.el?.querySelector(`[data-code="${code}"]`);
    }

    show(code) {
        afterDrawing(() => {
            const card = this.card(code);
            card?.scrollIntoView({ block: "center", behavior: pace() });
            card?.focus({ preventScroll: true });
        });
    }

    /**
     * Scroll no more than it takes to see the next item below the one in work; that
     * one stays whole in sight unless it may leave.
     */
    showBelow(code, nextCode, mayLeave) {
        afterDrawing(() => {
            const [card, next] = [this.card(code), this.card(nextCode)];
            if (!card || !next) {
                return;
            }
            const [top, bottom] = margins();
            const needed =
                next.getBoundingClientRect().bottom - card.getBoundingClientRect().top;
            const hasRoom = needed > 0 && needed <= innerHeight - top - bottom;
            if (mayLeave || hasRoom) {
                next.scrollIntoView({ block: "nearest", behavior: pace() });
            } else {
                card.scrollIntoView({ block: "start", behavior: pace() });
            }
        });
    }

    showSection(code) {
        this.list.el
            ?.querySelector(`[data-section="${code}"]`)
            ?.scrollIntoView({ block: "start" });
    }

    /** Return the code of the section whose heading has passed under the bar. */
    shownSection() {
        const headings = [...(this.list.el?.querySelectorAll("[data-section]") || [])];
        const [top] = margins();
        const passed = headings.filter(
            (heading) => heading.getBoundingClientRect().top <= top + 1
        );
        return (passed.pop() || headings[0])?.dataset.section;
    }
}
