import { _t } from "@web/core/l10n/translation";
import { FileInput } from "@web/core/file_input/file_input";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import {
    Many2ManyBinaryField,
    many2ManyBinaryField,
} from "@web/views/fields/many2many_binary/many2many_binary_field";

// What the server takes: DOCUMENTS and MAX_BYTES of agency_base/tools/upload.py.
const ACCEPTED = ["pdf", "jpg", "jpeg", "png", "docx", "xlsx", "pptx", "odt", "ods"];
const MEGABYTE = 1024 * 1024;
const LARGEST = 10;

/** Return why a file is not even sent, in the reader's words, or nothing. */
export function refusalOf({ name, size }) {
    const extension = name.split(".").at(-1).toLowerCase();
    if (!name.includes(".") || !ACCEPTED.includes(extension)) {
        return _t("“%(name)s” is not accepted; send one of these: %(kinds)s.", {
            name,
            kinds: ACCEPTED.join(", "),
        });
    }
    if (!size) {
        return _t("“%s” is empty; choose it again.", name);
    }
    if (size > LARGEST * MEGABYTE) {
        return _t("“%(name)s” is %(size)s MB; up to %(largest)s MB is accepted.", {
            name,
            size: odoo.jalali.toReaderDigits(String(Math.ceil(size / MEGABYTE))),
            largest: odoo.jalali.toReaderDigits(String(LARGEST)),
        });
    }
    return "";
}

/** Looks at the files before a byte of them is sent. */
class AgencyFileInput extends FileInput {
    setup() {
        super.setup();
        this.notification = useService("notification");
    }

    async onFileInputChange() {
        const input = this.fileInputRef.el;
        const refusal = [...input.files].map(refusalOf).find(Boolean);
        if (refusal) {
            this.notification.add(refusal, { type: "danger" });
            input.value = null;
            return;
        }
        await super.onFileInputChange();
    }
}

/** The files of a record that owns them, put in and taken out as in a mail. */
class AgencyFilesField extends Many2ManyBinaryField {
    static components = { FileInput: AgencyFileInput };
}

registry.category("fields").add("agency_files", {
    ...many2ManyBinaryField,
    component: AgencyFilesField,
    supportedTypes: ["one2many", "many2many"],
});
