import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { localDigits } from "./texts";

/** A chosen service: its documents to tick and its questions. */
export class ServiceCard extends Component {
    static template = "service_desk.ServiceCard";
    static props = {
        flow: Object,
        line: Object,
        index: Number,
        isCurrent: Boolean,
    };

    setup() {
        this.localDigits = localDigits;
        this.flow = useState(this.props.flow);
    }

    get visit() {
        return this.flow.visit;
    }

    get service() {
        return this.visit.serviceOf(this.props.line);
    }

    get boxes() {
        return this.visit.boxes(this.props.line);
    }

    get questions() {
        return this.visit.questions(this.props.line);
    }

    get obtained() {
        return this.service.documents.filter((document) => document.form === "agency");
    }

    get tickedText() {
        return this.flow.tickedText(this.props.line);
    }

    get isElectronic() {
        return this.service.offer === "assisted";
    }

    question(document) {
        return _t("Is it so: %s?", document.condition);
    }

    isAsked(document) {
        return this.props.line.asked.includes(document.id);
    }

    answer(document, applies) {
        this.visit.answer(this.props.line, document, applies);
        this.flow.touch();
    }

    onFocus() {
        this.visit.current = this.props.index;
    }

    tickAll() {
        this.visit.tickAll(this.props.line);
        this.flow.allTicked();
    }
}
