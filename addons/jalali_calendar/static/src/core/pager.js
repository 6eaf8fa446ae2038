import { Pager } from "@web/core/pager/pager";
import { patchWhenPersian } from "./patching";

patchWhenPersian("Pager", Pager.prototype, {
    get value() {
        return odoo.jalali.toPersianDigits(super.value);
    },
    parse(value) {
        return super.parse(odoo.jalali.toLatinDigits(value));
    },
});
