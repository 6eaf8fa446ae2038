import { GraphModel } from "@web/views/graph/graph_model";
import { patchWhenPersian } from "@jalali_calendar/core/patching";

const { showText } = odoo.jalali;

// Chart.js draws the labels: no template prints the numbers of integers, as of years.
patchWhenPersian("GraphModel", GraphModel.prototype, {
    async _loadDataPoints({ fields, groupBy }) {
        const loaded = await super._loadDataPoints(...arguments);
        const isInteger = groupBy.map((gb) => fields[gb.fieldName].type === "integer");
        for (const dataPoint of loaded[0]) {
            dataPoint.labels = dataPoint.labels.map((label, index) =>
                isInteger[index] ? showText(label) : label
            );
        }
        return loaded;
    },
});
