import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** One thing that somebody in the room asks of the secretary, to be taken or not. */
export class RequestLine extends Component {
    static template = "admin_reform_committees.RequestLine";
    static props = { model: Object, request: Object, itemId: Number };

    get takeText() {
        return this.props.request.kind === "leave"
            ? _t("Leaves now")
            : _t("Into the Notes");
    }

    handle(isTaken) {
        const { model, request, itemId } = this.props;
        return model.handleRequest(request, isTaken, itemId);
    }
}
