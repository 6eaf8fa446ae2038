import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { localDigits } from "./texts";

/** A chosen service: its documents to tick and its questions. */
export class ServiceCard extends Component {
    static template = "service_desk.ServiceCard";
    static props = {
        visit: Object,
        line: Object,
        index: Number,
        isCurrent: Boolean,
        onAllTicked: Function,
        onFocus: Function,
        onRemove: Function,
        onChange: Function,
    };

    setup() {
        this.localDigits = localDigits;
    }

    get visit() {
        return this.props.visit;
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
        const ticked = this.boxes.filter((box) =>
            this.props.line.received.includes(box.id)
        );
        return _t("%(ticked)s of %(all)s documents", {
            ticked: localDigits(ticked.length),
            all: localDigits(this.boxes.length),
        });
    }

    question(document) {
        return _t("Is it so: %s?", document.condition);
    }

    isAsked(document) {
        return this.props.line.asked.includes(document.id);
    }

    answer(document, applies) {
        this.visit.answer(this.props.line, document, applies);
        this.props.onChange();
    }

    toggle(document) {
        this.visit.toggle(this.props.line, document);
        this.props.onChange();
        if (!this.visit.missing(this.props.line).length) {
            this.props.onAllTicked();
        }
    }

    tickAll() {
        this.visit.tickAll(this.props.line);
        this.props.onAllTicked();
    }
}
