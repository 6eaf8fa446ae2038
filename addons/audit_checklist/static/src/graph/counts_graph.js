import { registry } from "@web/core/registry";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { graphView } from "@web/views/graph/graph_view";

const UPRIGHT = 90;
// A name longer than this takes two lines where columns are narrow.
const ONE_LINE = 12;

/** Return the one or two lines of a name, divided where they are most alike. */
export function linesOf(name) {
    const words = String(name).split(" ");
    if (words.length < 2 || String(name).length <= ONE_LINE) {
        return [String(name)];
    }
    const divided = words.slice(1).map((_, index) => {
        const parts = [words.slice(0, index + 1), words.slice(index + 1)];
        return parts.map((part) => part.join(" "));
    });
    const longest = (lines) => Math.max(...lines.map(({ length }) => length));
    return divided.reduce((best, lines) =>
        longest(lines) < longest(best) ? lines : best
    );
}

/** A graph of how many there are: its axis counts in whole numbers. */
export class CountsGraphRenderer extends GraphRenderer {
    getScaleOptions() {
        const scales = super.getScaleOptions();
        // A pie has none.
        if (scales.y) {
            scales.y.ticks.precision = 0;
            scales.y.ticks.callback = (value) => this.formatValue(value);
            // Long names of columns stand upright where they would be cut.
            scales.x.ticks.maxRotation = UPRIGHT;
            if (this.env.isSmall) {
                const { callback } = scales.x.ticks;
                scales.x.ticks.callback = (...tick) => linesOf(callback(...tick));
            }
        }
        return scales;
    }
}

registry.category("views").add("audit_counts_graph", {
    ...graphView,
    Renderer: CountsGraphRenderer,
});
