import { Component, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { initials, toneOf } from "../../common/texts";

/** What those who were there say of the minutes, while the window for it is open. */
export class CommentsPane extends Component {
    static template = "admin_reform_committees.CommentsPane";
    static props = { model: Object, review: Object };

    setup() {
        this.initials = initials;
        this.toneOf = toneOf;
        // what was typed when somebody else sent the minutes is not lost
        const late = this.props.model.late.join("\n");
        this.state = useState({
            text: late,
            item: 0,
            isLate: Boolean(late),
            isCopied: false,
        });
        this.late = useRef("late");
    }

    get model() {
        return this.props.model;
    }

    get review() {
        return this.props.review;
    }

    get untilText() {
        const { is_open: isOpen, state, until } = this.review;
        if (isOpen) {
            return _t("Open until %s", until);
        }
        // what was decided before its days were over closed earlier than they end
        return until && state === "submitted"
            ? _t("Closed since %s", until)
            : _t("Closed");
    }

    itemText(comment) {
        return _t("Item %s", comment.item);
    }

    onItem(ev) {
        this.state.item = Number(ev.target.value);
    }

    async send() {
        const { text, item } = this.state;
        if (text.trim() && (await this.model.review("minutes_comment", text, item))) {
            Object.assign(this.state, { text: "", item: 0, isLate: false });
            this.model.forgetLate();
        }
    }

    // === What was written too late even for a comment ===

    get copyText() {
        return this.state.isCopied ? _t("Copied") : _t("Copy");
    }

    /** Marked as well: Ctrl+C does it where a page may not write to the clipboard. */
    async copyLate() {
        this.late.el.select();
        try {
            await browser.navigator.clipboard.writeText(this.state.text);
            this.state.isCopied = true;
        } catch {
            this.state.isCopied = false;
        }
    }

    dropLate() {
        Object.assign(this.state, { text: "", isLate: false });
        this.model.forgetLate();
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && ev.ctrlKey) {
            ev.preventDefault();
            ev.stopPropagation();
            this.send();
        }
    }
}
