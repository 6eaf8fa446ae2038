import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** What a client who only asks is told; logged in two clicks, without his code. */
export class InformationPanel extends Component {
    static template = "service_desk.InformationPanel";
    static props = { flow: Object };

    setup() {
        this.flow = useState(this.props.flow);
        this.sending = useState({
            isShown: false,
            unit: "",
            withWhom: "",
            reason: "",
        });
    }

    /** What is told of; drawn once more after the screen went on to the next client. */
    get service() {
        this.shown = this.flow.service || this.shown;
        return this.shown;
    }

    get isLink() {
        return this.service.offer === "link" || this.service.offer === "assisted";
    }

    get pressText() {
        return this.service.offer === "link"
            ? _t("Link given, print the leaflet")
            : _t("Told, print the leaflet");
    }

    showSending() {
        this.sending.isShown = !this.sending.isShown;
        this.flow.focus(this.sending.isShown ? "sending" : "told");
    }

    /** Logs what was done; `outcome` is "told", "link" or "sent". */
    async log(outcome) {
        const { flow } = this;
        if (flow.isBusy || flow.link.isOffline) {
            return;
        }
        const seconds = Math.round((Date.now() - flow.visit.startedAt) / 1000);
        const payload = {
            key: flow.visit.key,
            counter_id: flow.screen.counter.id,
            service_id: this.service.id,
            seconds,
            outcome,
        };
        if (outcome === "sent") {
            payload.sending = {
                department_id: Number(this.sending.unit) || false,
                coordinated_with: this.sending.withWhom,
                reason: this.sending.reason,
            };
        }
        flow.isBusy = true;
        const place = outcome === "sent" ? "sending" : "told";
        const done = await flow.link.call("counter_inform", [payload], place);
        flow.isBusy = false;
        if (done) {
            if (done.slip_id) {
                flow.print("service_desk.report_slip", done.slip_id);
            } else {
                flow.print("service_desk.report_leaflet", this.service.id);
            }
            flow.nextClient();
            flow.say(_t("Logged: information was given."));
        }
    }

    press() {
        return this.log(this.service.offer === "link" ? "link" : "told");
    }
}
