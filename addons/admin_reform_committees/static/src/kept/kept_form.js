import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

/** A form that offers to delete only what the user keeps, as the server allows. */
export class ReformKeptFormController extends FormController {
    getStaticActionMenuItems() {
        const items = super.getStaticActionMenuItems();
        const { isAvailable } = items.delete;
        items.delete.isAvailable = () =>
            isAvailable() && this.model.root.data.user_keeps;
        return items;
    }
}

registry
    .category("views")
    .add("reform_kept_form", { ...formView, Controller: ReformKeptFormController });
