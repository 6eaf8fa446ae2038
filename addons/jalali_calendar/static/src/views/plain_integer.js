import { IntegerField } from "@web/views/fields/integer/integer_field";
import { patchWhenPersian } from "@jalali_calendar/core/patching";

// A number without separators, as a year, goes into its input as the bare number.
patchWhenPersian("IntegerField", IntegerField.prototype, {
    get formattedValue() {
        const text = super.formattedValue;
        const isForMachines = this.props.inputType === "number";
        return isForMachines ? text : odoo.jalali.showText(text);
    },
});
