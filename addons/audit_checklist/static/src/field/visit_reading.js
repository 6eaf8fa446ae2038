import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatNumber, localDigits } from "../item_card/numbers";
import { clock } from "./dates";
import { isPhotoDue } from "./reading";
import { setup } from "./setup";

/** What the page of a visit shows of it; nothing here changes anything. */
export class VisitReading extends Component {
    get model() {
        return this.props.model;
    }

    get visit() {
        return this.model.visit(this.props.assessment);
    }

    get design() {
        return this.model.design(this.visit);
    }

    get result() {
        return this.model.result(this.visit);
    }

    get isReady() {
        return Boolean(this.visit && this.design);
    }

    get isLocked() {
        return !this.model.isWorkable(this.visit);
    }

    isItemLocked(item) {
        return !this.model.isOpen(this.visit, item.code);
    }

    get sections() {
        const { sections } = this.result;
        return this.design.sections
            .map((section, index) => ({ ...section, ...sections[index] }))
            .filter((section) => section.relevant_count);
    }

    itemsOf(section) {
        return section.items.filter((item) => this.isAsked(item));
    }

    isAsked(item) {
        return this.result.items[item.code].state !== "irrelevant";
    }

    isChoice(code) {
        const { response } = this.items.find((item) => item.code === code);
        return response.kind === "options";
    }

    isOpen(item) {
        return this.result.items[item.code].state === "open";
    }

    get items() {
        return this.design.sections.flatMap((section) => section.items);
    }

    /** What the officer wants to be mended of a returned visit; none: all of it. */
    get toMend() {
        const codes = new Set(this.visit.return_codes);
        return this.items.filter(
            ({ code }) => codes.has(code) && this.isAsked({ code })
        );
    }

    /** The next item without an answer: after `code`, or from the shown section on. */
    nextAfter(code) {
        const { items } = this;
        const shown = this.sections.find((s) => s.code === this.state.section);
        const start = code
            ? items.findIndex((item) => item.code === code)
            : items.indexOf(shown?.items[0] || items[0]);
        const order = [...items.slice(start), ...items.slice(0, start)];
        return order.find((item) => this.isOpen(item) && item.required);
    }

    get next() {
        return this.nextAfter();
    }

    get nextText() {
        return this.next
            ? _t("Next unanswered · %(item)s", { item: localDigits(this.next.label) })
            : _t("All answered");
    }

    get asideText() {
        return _t("Items that stepped aside: %(count)s. Their answers are kept.", {
            count: formatNumber(this.state.aside),
        });
    }

    answer(code) {
        return this.model.answersOf(this.visit)[code];
    }

    /** What the unit declared; visits taken along earlier carry nothing of it. */
    declaredOf(item) {
        return this.visit.declared?.[item.code];
    }

    /** The initial of the colleague who gave the answer. */
    mark(code) {
        const by = this.answer(code)?.by;
        const member = this.visit.members.find(({ id }) => id === by);
        return member && by !== setup.user.id ? [...member.name][0] : "";
    }

    photos(code) {
        return this.model.photosOf(this.visit, code).map((photo) => ({
            ...photo,
            url: this.urls.of(photo),
            share: this.data.shares[photo.uuid],
        }));
    }

    /** Codes of the items that are asked and were answered. */
    get answeredCodes() {
        return Object.keys(this.model.answersOf(this.visit)).filter(
            (code) => this.result.items[code]?.state !== "irrelevant"
        );
    }

    /** Whether an item needs no more, and whether a failed one has all it asks for. */
    progressOf(code) {
        const { state, failed } = this.result.items[code];
        const { comments, note } = this.answer(code)?.value || {};
        const lacksPhoto = this.lacksPhoto(code, failed);
        return {
            isSettled: state !== "open" && !failed && !lacksPhoto,
            isComplete: !lacksPhoto && Boolean(comments?.length || note),
        };
    }

    lacksPhoto(code, isFailed) {
        const item = this.items.find((one) => one.code === code);
        return (
            isPhotoDue(item, isFailed) && !this.model.photosOf(this.visit, code).length
        );
    }

    get lockedText() {
        const { submitted_at } = this.visit;
        return submitted_at
            ? _t("Sent at %(time)s and locked.", { time: clock(submitted_at) })
            : _t("This visit is sent and locked.");
    }
}
