import { Component, onError, useState } from "@odoo/owl";
import { FieldApp } from "./app";
import { Trouble } from "./trouble";

/** The page, or what is said in its place when a part of it fails. */
export class Guard extends Component {
    static template = "audit_checklist.FieldGuard";
    static components = { FieldApp, Trouble };
    static props = { model: Object };

    setup() {
        this.state = useState({ reason: "" });
        onError((error) => {
            console.warn(error);
            this.state.reason = String(error.cause || error);
        });
    }
}
