import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { SignatureBox } from "./signature_box";
import { amountText, counted, localDigits, typedDigits } from "./texts";

/** The last step: the promise, the fee, and the one solid button. */
export class VisitFoot extends Component {
    static template = "service_desk.VisitFoot";
    static components = { SignatureBox };
    static props = { flow: Object };

    setup() {
        this.localDigits = localDigits;
        this.flow = useState(this.props.flow);
        this.showWhenOpened("fee");
        this.showWhenOpened("sign");
    }

    /** What opens above the foot does not stay hidden behind it. */
    showWhenOpened(name) {
        const section = useRef(name);
        useEffect(
            (element) => {
                // Answers a promise in new browsers, which is no clean-up.
                element?.scrollIntoView({ block: "nearest" });
            },
            () => [section.el]
        );
    }

    get visit() {
        return this.flow.visit;
    }

    get methods() {
        return [
            ["pos", _t("Card Reader")],
            ["bank", _t("Bank Slip")],
            ["online", _t("Online Payment")],
        ];
    }

    /** Whether what went wrong is about this visit; its sentence stands here. */
    get problemHere() {
        const places = ["register", "signature", "representative", "deed"];
        return places.includes(this.flow.link.problemAt);
    }

    get promised() {
        const dates = this.visit.lines
            .map((line) => this.visit.serviceOf(line))
            .filter((service) => service.promised_on)
            .sort((a, b) => a.promised_on.localeCompare(b.promised_on));
        return dates.at(-1)?.promised || "";
    }

    get costText() {
        if (!this.visit.cost) {
            return _t("Free of charge");
        }
        return _t("%s rials", amountText(this.visit.cost));
    }

    get buttonText() {
        if (this.flow.isBusy) {
            return _t("Registering…");
        }
        if (this.flow.link.isOffline) {
            return _t("Waiting for the connection");
        }
        if (this.visit.missingCount) {
            return _t("Register with documents missing");
        }
        if (this.visit.isOnTheSpot) {
            return this.visit.onTheSpotAt ? _t("Deliver") : _t("Start");
        }
        return _t("Register and print");
    }

    get footText() {
        if (this.visit.canRegister) {
            return "";
        }
        if (!this.visit.hasClient) {
            return this.visit.client
                ? _t("Write the name of the client.")
                : _t("Nothing to register yet.");
        }
        return this.visit.isMobileWrong
            ? _t("The mobile number has eleven digits and begins with 09.")
            : _t("Choose a service.");
    }

    get missingText() {
        return counted(
            this.visit.missingCount,
            _t("1 document missing"),
            _t("%s documents missing")
        );
    }

    openFee() {
        this.visit.fee.isShown = !this.visit.fee.isShown;
        if (!this.visit.fee.isShown) {
            Object.assign(this.visit.fee, { method: "", number: "" });
        }
    }

    setMethod(method) {
        this.visit.fee.method = method;
        this.flow.focus("fee_number");
        this.flow.touch();
    }

    onFeeNumber(ev) {
        this.visit.fee.number = typedDigits(ev.target);
        this.flow.touch();
    }

    onSigned(picture) {
        this.visit.signature = picture;
        this.flow.link.clear();
        this.flow.focus("register");
    }
}
