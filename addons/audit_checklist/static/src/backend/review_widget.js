import { Component } from "@odoo/owl";
import { LazyComponent } from "@web/core/assets";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** Loads what was answered at a visit when the visit is opened, and not before. */
export class ReviewWidget extends Component {
    static template = "audit_checklist.ReviewWidget";
    static components = { LazyComponent };
    static props = { ...standardWidgetProps };

    get reviewProps() {
        return { record: this.props.record };
    }
}

registry.category("view_widgets").add("audit_review", { component: ReviewWidget });
