import { onMounted } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

/**
 * The form of one item inside the designer.
 *
 * It tells the designer of every change at once, so that the preview shows the draft
 * that is not saved yet.
 */
export class ItemFormController extends FormController {
    static template = "audit_checklist.ItemForm";
    static props = {
        ...FormController.props,
        onDraft: { type: Function },
        onShown: { type: Function, optional: true },
    };

    setup() {
        super.setup();
        onMounted(() => this.props.onShown?.());
    }

    get modelParams() {
        const params = super.modelParams;
        // Called for the rows of its lists as well: the draft is always the item.
        params.hooks.onRecordChanged = () => this.props.onDraft(this.model.root);
        return params;
    }

    get isReadonly() {
        return Boolean(this.props.readonly);
    }

    get saveLabel() {
        return this.model.root.isNew ? _t("Add item") : _t("Save");
    }

    async discard() {
        await super.discard();
        this.props.onDraft(null);
    }
}

registry
    .category("views")
    .add("audit_item_form", { ...formView, Controller: ItemFormController });
