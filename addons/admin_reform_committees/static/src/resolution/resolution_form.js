import { useExternalListener } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

const BAND = ".o_form_statusbar";

/** Ctrl+Enter verifies, but only with the focus among the acts: a line has its own. */
function verifyByKey(ev) {
    const isAsked = ev.ctrlKey && !ev.altKey && ev.key === "Enter";
    const band = isAsked && ev.target.closest?.(BAND);
    if (band) {
        // a button that has the focus is not pressed by it
        ev.preventDefault();
        ev.stopPropagation();
        band.querySelector("button[name=action_verify]")?.click();
    }
}

/** The page of a resolution, with the key that verifies it. */
export class ReformResolutionFormController extends FormController {
    setup() {
        super.setup();
        useExternalListener(document, "keydown", verifyByKey, { capture: true });
    }
}

registry.category("views").add("reform_resolution_form", {
    ...formView,
    Controller: ReformResolutionFormController,
});
