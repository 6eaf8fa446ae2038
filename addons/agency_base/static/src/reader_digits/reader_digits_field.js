import { registry } from "@web/core/registry";
import { CharField, charField } from "@web/views/fields/char/char_field";

/** The number of a document, as C3/1405/07, in the digits of its reader. */
export class ReaderDigitsField extends CharField {
    get formattedValue() {
        return odoo.jalali.toReaderDigits(super.formattedValue || "");
    }
}

registry.category("fields").add("reader_digits", {
    ...charField,
    component: ReaderDigitsField,
});
