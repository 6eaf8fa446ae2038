import { Component } from "@odoo/owl";
import { CopyButton } from "@web/core/copy_button/copy_button";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const GROUPS = /^(\d{3})(\d{3})(\d+)$/;

/** `code` in groups and the reader's digits; to be set from left to right. */
export function groupCode(code) {
    return odoo.jalali.toReaderDigits((code || "").replace(GROUPS, "$1 $2 $3"));
}

/** A tracking code as receipts print it; what is copied are its plain Latin digits. */
export class TrackingCodeField extends Component {
    static template = "service_desk.TrackingCodeField";
    static components = { CopyButton };
    static props = {
        ...standardFieldProps,
        hasButton: { type: Boolean, optional: true },
    };

    setup() {
        this.copyText = _t("Copy the code");
        this.successText = _t("Copied");
    }

    get code() {
        return this.props.record.data[this.props.name] || "";
    }

    get text() {
        return groupCode(this.code);
    }

    onCopy(ev) {
        ev.clipboardData.setData("text/plain", this.code);
        ev.preventDefault();
    }
}

export const trackingCodeField = {
    component: TrackingCodeField,
    supportedTypes: ["char"],
    extractProps: ({ viewType }) => ({ hasButton: viewType === "form" }),
};

registry.category("fields").add("tracking_code", trackingCodeField);
