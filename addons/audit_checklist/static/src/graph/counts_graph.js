import { registry } from "@web/core/registry";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { graphView } from "@web/views/graph/graph_view";

const UPRIGHT = 90;

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
        }
        return scales;
    }
}

registry.category("views").add("audit_counts_graph", {
    ...graphView,
    Renderer: CountsGraphRenderer,
});
