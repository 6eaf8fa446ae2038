import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { FloatField, floatField } from "@web/views/fields/float/float_field";
import { formatFloat } from "@web/views/fields/formatters";

const PERSIAN_THOUSANDS = "٬";
const WHOLE = [16, 0];
const RTL_MARK = "\u200f";

/** Money as it is written in Iran: «۱٬۰۳۰٬۰۰۰ ریال», without decimals. */
export function formatRials(value) {
    if (value === false || value === undefined) {
        return "";
    }
    const thousandsSep = user.lang?.startsWith("fa")
        ? PERSIAN_THOUSANDS
        : localization.thousandsSep;
    const text = _t("%s rials", formatFloat(value, { digits: WHOLE, thousandsSep }));
    // Cells of numbers run from the left; the word belongs behind the number.
    return localization.direction === "rtl" ? RTL_MARK + text : text;
}

export class RialsField extends FloatField {
    get formattedValue() {
        return this.props.readonly ? formatRials(this.value) : super.formattedValue;
    }
}

export const rialsField = { ...floatField, component: RialsField };

registry.category("formatters").add("rials", formatRials);
registry.category("fields").add("rials", rialsField);
