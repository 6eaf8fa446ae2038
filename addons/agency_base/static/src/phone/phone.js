import { patch } from "@web/core/utils/patch";
import { PhoneField } from "@web/views/fields/phone/phone_field";

patch(PhoneField.prototype, {
    /** What is read; what is dialled and edited keeps its Latin digits. */
    get shownNumber() {
        return odoo.jalali.toReaderDigits(
            this.props.record.data[this.props.name] || ""
        );
    },
});
