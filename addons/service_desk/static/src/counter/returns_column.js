import { Component, useState } from "@odoo/owl";
import { localDigits } from "./texts";

/** Who is expected back today and who has an appointment, the ready ones first. */
export class ReturnsColumn extends Component {
    static template = "service_desk.ReturnsColumn";
    static props = { flow: Object, onOpen: Function };

    setup() {
        this.localDigits = localDigits;
        this.flow = useState(this.props.flow);
    }

    get returns() {
        return this.flow.screen.returns;
    }

    chip(row) {
        return (
            { ready: "o_desk_chip_ok", appointment: "o_desk_chip_brand" }[row.state] ||
            "o_desk_chip_info"
        );
    }
}
