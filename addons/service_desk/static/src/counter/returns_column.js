import { Component } from "@odoo/owl";
import { localDigits } from "./texts";

/** Who is expected back today, the ready ones first. */
export class ReturnsColumn extends Component {
    static template = "service_desk.ReturnsColumn";
    static props = { returns: Object, onOpen: Function };

    setup() {
        this.localDigits = localDigits;
    }

    chip(row) {
        return row.state === "ready" ? "o_desk_chip_ok" : "o_desk_chip_info";
    }
}
