import { useRef } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { CharField, charField } from "@web/views/fields/char/char_field";
import { useInputField } from "@web/views/fields/input_field_hook";

const COUNTRY = /^\+98/;

/**
 * A telephone, code or payment number: shown in the reader's digits as he would write
 * it, typed in any digits, kept in Latin ones.
 */
export class NumberTextField extends CharField {
    setup() {
        this.input = useRef("input");
        useInputField({
            getValue: () => this.formattedValue,
            parse: (value) => this.parse(value),
        });
    }

    get formattedValue() {
        const value = this.props.record.data[this.props.name] || "";
        return odoo.jalali.toReaderDigits(value.replace(COUNTRY, "0"));
    }

    parse(value) {
        return odoo.jalali.toLatinDigits(super.parse(value));
    }
}

registry.category("fields").add("number_text", {
    ...charField,
    component: NumberTextField,
});
