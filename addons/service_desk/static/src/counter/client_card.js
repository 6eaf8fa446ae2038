import { Component, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { goOnUnseen } from "./counter_unseen";
import { isMobile, localDigits, typedDigits } from "./texts";

// A look-up that answers at once needs no word about it.
const WAIT_BEFORE_WORDS = 300;

/** The first step: who stands before the counter, known or new. */
export class ClientCard extends Component {
    static template = "service_desk.ClientCard";
    static props = { flow: Object, onOpen: Function };

    setup() {
        this.localDigits = localDigits;
        this.flow = useState(this.props.flow);
        this.state = useState({ isSearching: false, isMobileLeft: false });
    }

    get visit() {
        return this.flow.visit;
    }

    get kinds() {
        return {
            legal: _t("Id of a legal person"),
            foreigner: _t("Foreign national"),
            code: _t("Search by tracking code"),
        };
    }

    get identifierLabel() {
        const labels = { national: _t("National code"), ...this.kinds };
        return labels[this.visit.kind];
    }

    get priorities() {
        return [
            ["normal", _t("Normal")],
            ["elderly", _t("Elderly")],
            ["disabled", _t("Disabled")],
        ];
    }

    get representativeKinds() {
        return [
            ["attorney", _t("By power of attorney")],
            ["guardian", _t("Guardian")],
            ["officer", _t("Representative of the company")],
            ["messenger", _t("Only brought the papers")],
        ];
    }

    /** What is open for the client, in a line: the same service comes first. */
    get openText() {
        const [first, ...others] = this.visit.client.open;
        const values = {
            service: first.service,
            unit: first.unit,
            day: first.promised,
            others: localDigits(others.length),
        };
        if (!first.promised) {
            return _t(
                "Has an open request: %(service)s, waiting for documents",
                values
            );
        }
        return others.length
            ? _t(
                  "Has an open request: %(service)s, in %(unit)s, promised %(day)s; and %(others)s more",
                  values
              )
            : _t(
                  "Has an open request: %(service)s, in %(unit)s, promised %(day)s",
                  values
              );
    }

    async onIdentifier(ev) {
        this.visit.identifier = typedDigits(ev.target);
        this.visit.startedAt ||= Date.now();
        this.flow.link.clear();
        this.flow.touch();
        if (this.visit.isIdentifierFull && this.visit.kind !== "foreigner") {
            await this.lookUp();
        }
    }

    onIdentifierKey(ev) {
        if (ev.key === "Enter" && !ev.ctrlKey) {
            ev.preventDefault();
            ev.stopPropagation();
            this.lookUp();
        }
    }

    setKind(kind) {
        this.visit.kind = this.visit.kind === kind ? "national" : kind;
        this.flow.link.clear();
        this.flow.focus("identifier");
    }

    async lookUp() {
        const { visit, flow } = this;
        if (!visit.isIdentifierValid) {
            flow.link.fail("identifier", this.wrongIdentifier());
            return;
        }
        const asked = visit.digits;
        const waiting = browser.setTimeout(
            () => (this.state.isSearching = true),
            WAIT_BEFORE_WORDS
        );
        const found = await (visit.kind === "code"
            ? flow.link.call("counter_find_request", [asked], "identifier")
            : flow.link.call("counter_find_client", [asked, visit.kind], "identifier"));
        browser.clearTimeout(waiting);
        this.state.isSearching = false;
        if (asked !== visit.digits) {
            return;
        }
        if (!found) {
            if (flow.link.isOffline && visit.kind !== "code") {
                goOnUnseen(flow, asked);
            }
            return;
        }
        if (visit.kind === "code") {
            flow.nextClient();
            this.props.onOpen(found.id);
        } else {
            flow.setClient(found);
        }
    }

    wrongIdentifier() {
        if (this.visit.kind === "national" && this.visit.digits.length < 10) {
            return _t("A national code has ten digits.");
        }
        if (this.visit.kind === "code") {
            return _t("A tracking code has ten digits; look at the receipt again.");
        }
        return _t("The check digit does not match; look at the code again.");
    }

    onName(ev) {
        this.visit.name = ev.target.value;
        this.flow.link.clear();
        this.flow.touch();
    }

    onNameKey(ev) {
        if (ev.key !== "Enter" || ev.ctrlKey) {
            return;
        }
        ev.preventDefault();
        if (this.visit.name.trim()) {
            this.flow.focus("mobile");
        } else {
            this.flow.link.fail("name", _t("Write the name of the client."));
        }
    }

    /** What is wrong with the mobile, once it was left or Enter said it is whole. */
    get mobileProblem() {
        return this.state.isMobileLeft && this.visit.isMobileWrong
            ? _t("The mobile number has eleven digits and begins with 09.")
            : "";
    }

    onMobile(ev) {
        this.visit.mobile = typedDigits(ev.target);
        this.state.isMobileLeft = false;
        this.flow.touch();
        if (isMobile(this.visit.mobile)) {
            this.flow.focus("service");
        }
    }

    onMobileKey(ev) {
        if (ev.key !== "Enter" || ev.ctrlKey) {
            return;
        }
        ev.preventDefault();
        this.state.isMobileLeft = true;
        // What is not whole stays under the cursor.
        if (!this.visit.isMobileWrong) {
            this.flow.focus("service");
        }
    }

    onDeed(ev) {
        this.visit.representative.number = typedDigits(ev.target);
    }

    toggleRepresentative() {
        const { representative } = this.visit;
        representative.isShown = !representative.isShown;
        if (representative.isShown) {
            this.flow.focus("representative");
        }
    }
}
