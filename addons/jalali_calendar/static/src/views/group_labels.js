import { Group } from "@web/model/relational_model/group";
import { patchWhenPersian } from "@jalali_calendar/core/patching";

// The label of a group of equal integers, as a year, is made a text before it is drawn.
patchWhenPersian("Group", Group.prototype, {
    setup() {
        super.setup(...arguments);
        if (this.groupByField.type === "integer") {
            this.displayName = odoo.jalali.showText(this.displayName);
        }
    },
});
