import { registry } from "@web/core/registry";
import {
    Many2ManyBinaryField,
    many2ManyBinaryField,
} from "@web/views/fields/many2many_binary/many2many_binary_field";

/** The files of a record that owns them, put in and taken out as in a mail. */
export const deskFilesField = {
    ...many2ManyBinaryField,
    component: Many2ManyBinaryField,
    supportedTypes: ["one2many"],
};

registry.category("fields").add("desk_files", deskFilesField);
