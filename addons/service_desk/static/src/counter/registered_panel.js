import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { counted, localDigits } from "./texts";

/** What was registered, what to tell the client, and the way to the next one. */
export class RegisteredPanel extends Component {
    static template = "service_desk.RegisteredPanel";
    static props = { flow: Object, onOpen: Function };

    setup() {
        this.flow = useState(this.props.flow);
    }

    get result() {
        return this.flow.result;
    }

    get headText() {
        const count = this.result.requests.length;
        return count > 1
            ? _t("%(client)s, %(count)s services on one receipt", {
                  client: this.result.client,
                  count: localDigits(count),
              })
            : this.result.client;
    }

    get durationText() {
        const minutes = Math.floor(this.result.seconds / 60);
        const seconds = this.result.seconds % 60;
        return _t("At the counter: %(minutes)s min %(seconds)s s", {
            minutes: localDigits(minutes),
            seconds: localDigits(seconds),
        });
    }

    get nextText() {
        return this.flow.queue?.nextText || _t("Next client");
    }

    documentsText(count) {
        return counted(count, _t("1 document"), _t("%s documents"));
    }

    printAgain() {
        this.flow.print("service_desk.report_receipt", this.result.visit_id);
    }

    printLarge() {
        this.flow.print("service_desk.report_receipt_large", this.result.visit_id);
    }

    /** Calls the next number, where there is a queue, and empties the screen. */
    next() {
        const { queue } = this.flow;
        this.flow.nextClient();
        queue?.call();
    }
}
