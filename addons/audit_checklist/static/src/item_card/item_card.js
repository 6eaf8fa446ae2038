import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatNumber, localDigits, readNumber } from "./numbers";
import { steer, tabIndex } from "./radios";

const METHODS = {
    examine: _t("Examination"),
    interview: _t("Interview"),
    test: _t("Test"),
};
// Which entry of a policy asks for something more of the inspector.
const ALWAYS = "always";
const ON_FAIL = "on_fail";

/** One item as an inspector answers it: a tap, and what the answer makes necessary. */
export class ItemCard extends Component {
    static template = "audit_checklist.ItemCard";
    static props = {
        item: Object,
        answer: { type: Object, optional: true },
        outcome: { type: Object, optional: true },
        onAnswer: Function,
        isCurrent: { type: Boolean, optional: true },
    };

    setup() {
        Object.assign(this, { localDigits, steer });
    }

    get label() {
        return localDigits(this.props.item.label);
    }

    get meta() {
        return _t("weight %(weight)s · %(method)s", {
            weight: formatNumber(this.props.item.weight),
            method: METHODS[this.props.item.method],
        });
    }

    get answer() {
        return this.props.answer || {};
    }

    get isFailed() {
        return Boolean(this.props.outcome?.failed);
    }

    get options() {
        const { response, na_policy } = this.props.item;
        return (response.options || []).filter((o) => !o.is_na || na_policy !== "no");
    }

    tabIndex(option) {
        return tabIndex(
            this.options,
            option,
            ({ code }) => code === this.answer.option
        );
    }

    /** The ids of what names the item: its code, its text, and that it is critical. */
    get nameIds() {
        const { code, critical } = this.props.item;
        const parts = ["label", "name", critical ? "critical" : ""].filter(Boolean);
        return parts.map((part) => `item-${code}-${part}`).join(" ");
    }

    get isNa() {
        return this.options.some((o) => o.is_na && o.code === this.answer.option);
    }

    get numbers() {
        const given = this.answer.numbers || [];
        return Array.from({ length: this.props.item.response.sample_size }, (_, i) =>
            given[i] === undefined ? "" : formatNumber(given[i])
        );
    }

    get numberHint() {
        const { min, target } = this.props.item.response;
        return _t("%(min)s to %(target)s", {
            min: formatNumber(min),
            target: formatNumber(target),
        });
    }

    get reasons() {
        return this.isNa && this.props.item.na_policy === "reason"
            ? this.props.item.na_reasons
            : [];
    }

    get photo() {
        const policy = this.props.item.photo_policy;
        if (policy === ALWAYS || (policy === ON_FAIL && this.isFailed)) {
            return _t("Photo required");
        }
        return policy === "optional" && this.isFailed ? _t("Photo") : "";
    }

    get comments() {
        const policy = this.props.item.comment_policy;
        const open = policy === ALWAYS || (policy !== "none" && this.isFailed);
        return open ? this.props.item.comments : [];
    }

    choose(option) {
        this.update({ option: option.code, reason: undefined });
    }

    chooseReason(reason) {
        this.update({ reason });
    }

    toggleComment(comment) {
        const chosen = new Set(this.answer.comments || []);
        if (!chosen.delete(comment)) {
            chosen.add(comment);
        }
        this.update({ comments: [...chosen] });
    }

    /** The mean of the values given so far is the answer. */
    enterNumber(index, text) {
        const numbers = [...(this.answer.numbers || [])];
        const value = readNumber(text);
        numbers[index] = Number.isFinite(value) ? value : undefined;
        const given = numbers.filter((number) => number !== undefined);
        const number = given.reduce((sum, n) => sum + n, 0) / given.length;
        this.update({ numbers, number: given.length ? number : undefined });
    }

    enterText(text) {
        this.update({ text });
    }

    update(changes) {
        this.props.onAnswer(this.props.item.code, { ...this.answer, ...changes });
    }
}
