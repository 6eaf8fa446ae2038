import { Component } from "@odoo/owl";
import { LazyComponent } from "@web/core/assets";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** Loads the designer when a checklist version is opened, and not before. */
export class DesignerWidget extends Component {
    static template = "audit_checklist.DesignerWidget";
    static components = { LazyComponent };
    static props = { ...standardWidgetProps };

    get designerProps() {
        return { record: this.props.record };
    }
}

registry.category("view_widgets").add("audit_designer", { component: DesignerWidget });
