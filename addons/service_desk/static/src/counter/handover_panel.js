import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { amountText, counted, localDigits } from "./texts";

/** The end of a shift: what was done, what stays open, and who takes it over. */
export class HandoverPanel extends Component {
    static template = "service_desk.HandoverPanel";
    static props = { flow: Object, onDone: Function };

    setup() {
        this.localDigits = localDigits;
        this.amountText = amountText;
        this.flow = useState(this.props.flow);
        this.notification = useService("notification");
        this.state = useState({ sums: null, to: "", note: "" });
        onWillStart(async () => {
            this.state.sums = await this.flow.link.call(
                "counter_shift",
                [this.flow.screen.counter.id],
                "handover"
            );
        });
    }

    get openText() {
        return counted(
            this.state.sums.open,
            _t("1 open request goes over to"),
            _t("%s open requests go over to")
        );
    }

    async handOver() {
        const { flow } = this;
        if (flow.isBusy || flow.link.isOffline) {
            return;
        }
        flow.isBusy = true;
        const done = await flow.link.call(
            "counter_hand_over",
            [flow.screen.counter.id, Number(this.state.to) || false, this.state.note],
            "handover"
        );
        flow.isBusy = false;
        if (done) {
            flow.nextClient();
            flow.print("service_desk.report_handover", done.handover_id);
            this.notification.add(
                _t("The shift is handed over; its list is being printed."),
                { type: "success" }
            );
            this.props.onDone(done);
        }
    }
}
