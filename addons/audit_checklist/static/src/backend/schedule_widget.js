import { Component } from "@odoo/owl";
import { LazyComponent } from "@web/core/assets";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** Loads the board of teams and days when a schedule is opened, and not before. */
export class ScheduleWidget extends Component {
    static template = "audit_checklist.ScheduleWidget";
    static components = { LazyComponent };
    static props = { ...standardWidgetProps };

    get boardProps() {
        return { record: this.props.record };
    }
}

registry.category("view_widgets").add("audit_schedule", { component: ScheduleWidget });
