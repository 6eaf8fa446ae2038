import { Component, onError, useExternalListener, useState } from "@odoo/owl";
import { FieldApp } from "./app";
import { LoginNeeded, ServerTrouble } from "./asking";
import { Trouble } from "./trouble";

// What was given up, by the page or by the network: nothing is wrong with the page.
const GIVEN_UP = new Set(["AbortError", "TimeoutError"]);

function isFault(error) {
    const isAnswer = error instanceof LoginNeeded || error instanceof ServerTrouble;
    return error instanceof Error && !isAnswer && !GIVEN_UP.has(error.name);
}

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
        // Owl does not see what a tap sets off, at once or later.
        useExternalListener(window, "error", ({ error }) => this.tell(error));
        useExternalListener(window, "unhandledrejection", ({ reason }) =>
            this.tell(reason)
        );
    }

    /** The page still stands: say above it that something did not work. */
    tell(error) {
        if (isFault(error)) {
            this.props.model.data.fault = String(error);
        }
    }
}
