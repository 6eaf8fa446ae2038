import { DateTimePicker } from "@web/core/datetime/datetime_picker";
import { patchWhenPersian } from "../patching";

const { toPersianDigits } = odoo.jalali;

/** Days, months and years of a grid, which Odoo writes as plain numbers. */
const cellsOf = (items) => items.flatMap((item) => item.weeks || item);

patchWhenPersian("DateTimePicker", DateTimePicker.prototype, {
    onWillRender() {
        super.onWillRender();
        this.title = this.titles.map(toPersianDigits);
        for (const cell of cellsOf(this.items)) {
            for (const item of cell.days || [cell]) {
                item.label = toPersianDigits(item.label);
            }
        }
    },
});
