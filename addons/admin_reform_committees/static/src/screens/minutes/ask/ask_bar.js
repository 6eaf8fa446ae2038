import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** What somebody who only reads may ask of the secretary: take a note, let me go. */
export class AskBar extends Component {
    static template = "admin_reform_committees.AskBar";
    static props = { model: Object, item: { type: [Object, Boolean] } };

    setup() {
        this.field = useRef("field");
        this.state = useState({ isWriting: false, text: "" });
        useEffect(
            (isWriting) => isWriting && this.field.el?.focus(),
            () => [this.state.isWriting]
        );
    }

    get model() {
        return this.props.model;
    }

    get mine() {
        return this.model.data.requests;
    }

    get isLeaving() {
        return this.mine.some((each) => each.kind === "leave" && each.state === "open");
    }

    get leaveText() {
        return this.isLeaving ? _t("The secretary was asked") : _t("Leave Early");
    }

    get placeholder() {
        const { item } = this.props;
        return item
            ? _t("Note to the secretary on “%s”…", item.name)
            : _t("Note to the secretary…");
    }

    lineText(request) {
        return request.kind === "leave" ? _t("You asked to leave") : request.text;
    }

    tone(request) {
        return { open: "warn", taken: "ok", dismissed: "gray" }[request.state];
    }

    /** What was typed stays until the secretary's screen has it. */
    async send() {
        const { text } = this.state;
        if (text.trim() && (await this.model.ask("note", text, this.props.item?.id))) {
            Object.assign(this.state, { text: "", isWriting: false });
        }
    }

    onKeydown(ev) {
        if (ev.key === "Escape") {
            ev.stopPropagation();
            this.state.isWriting = false;
        } else if (ev.key === "Enter" && (ev.ctrlKey || ev.metaKey)) {
            ev.preventDefault();
            ev.stopPropagation();
            this.send();
        }
    }
}
