import { useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { ItemCard } from "../item_card/item_card";
import { formatNumber, formatScore, listed, localDigits } from "../item_card/numbers";
import { tabIndex } from "../item_card/radios";
import { countPhotos } from "../item_card/counts";
import { Icon } from "./icon";
import { isPhotoDue } from "./reading";

// A second tap so soon and so near is the same one: it must not answer the next item.
const GUARD = 400;
const NEAR = 24;
const BUZZ = 15;
// More steps than this are typed, not tapped.
const MOST_MARKS = 10;

let lastTap = { x: 0, y: 0, at: 0 };

function isSameTap({ clientX: x, clientY: y, detail }) {
    if (!detail) {
        // A key, which has no place.
        return false;
    }
    const before = lastTap;
    lastTap = { x, y, at: Date.now() };
    const isNear = Math.hypot(x - before.x, y - before.y) < NEAR;
    return isNear && lastTap.at - before.at < GUARD;
}

/** The card of an item on a visit: with photos, earlier findings and free words. */
export class FieldCard extends ItemCard {
    static template = "audit_checklist.FieldCard";
    static components = { Icon };
    static props = {
        ...ItemCard.props,
        photos: Array,
        earlier: { type: Object, optional: true },
        declared: { type: Object, optional: true },
        mark: { type: String, optional: true },
        isLocked: Boolean,
        isUnfolded: Boolean,
        onPhoto: Function,
        onOpenPhoto: Function,
        onUnfold: Function,
    };

    setup() {
        super.setup();
        this.state = useState({ isNoteOpen: false, isReasonOpen: false });
        this.note = useRef("note");
    }

    /** An answer that asks for nothing more takes one line. */
    get isFolded() {
        const settled = ["scored", "unscored", "na"].includes(this.props.outcome.state);
        const isChoice = this.props.item.response.kind === "options";
        const asks = this.isFailed || this.isNa || this.needsPhoto;
        return settled && isChoice && !asks && !this.props.isUnfolded;
    }

    // === Marks: one of a few numbers for each of several people ===
    get isMarks() {
        const { kind, sample_size, min, target } = this.props.item.response;
        const isShort = Math.abs(target - min) <= MOST_MARKS;
        const isWhole = Number.isInteger(min) && Number.isInteger(target);
        return kind === "number" && sample_size > 1 && isShort && isWhole;
    }

    get marks() {
        const { min, target } = this.props.item.response;
        const [low, high] = [Math.min(min, target), Math.max(min, target)];
        return Array.from({ length: high - low + 1 }, (_, index) => ({
            value: low + index,
            name: formatNumber(low + index),
        }));
    }

    get clients() {
        const given = this.answer.numbers || [];
        const { sample_size } = this.props.item.response;
        return Array.from({ length: sample_size }, (_, index) => ({
            index,
            given: given[index],
            name: _t("Client %(number)s", { number: formatNumber(index + 1) }),
        }));
    }

    get marksText() {
        const given = this.given.length;
        const values = {
            given: formatNumber(given),
            asked: formatNumber(this.props.item.response.sample_size),
            mean: formatScore(given ? this.answer.number : null),
        };
        return _t(
            "Ask for no names. %(given)s of %(asked)s were asked, mean %(mean)s.",
            values
        );
    }

    get given() {
        return (this.answer.numbers || []).filter(
            (number) => number !== undefined && number !== null
        );
    }

    /** Fewer clients than asked for: the reason is one of the comments. */
    get isShort() {
        const { sample_size } = this.props.item.response;
        return this.isMarks && this.given.length > 0 && this.given.length < sample_size;
    }

    markTabIndex(client, entry) {
        const values = this.marks.map(({ value }) => value);
        return tabIndex(values, entry.value, (value) => value === client.given);
    }

    mark(index, value, event) {
        if (!this.props.isLocked && !isSameTap(event)) {
            navigator.vibrate?.(BUZZ);
            this.enterNumber(index, String(value));
        }
    }

    get comments() {
        return this.isShort ? this.props.item.comments : super.comments;
    }

    get needsPhoto() {
        return isPhotoDue(this.props.item, this.isFailed) && !this.props.photos.length;
    }

    get showsPhotos() {
        return Boolean(this.photo || this.props.photos.length);
    }

    get chosen() {
        return this.options.find(({ code }) => code === this.answer.option);
    }

    get nameIds() {
        const { item, earlier, declared } = this.props;
        return [
            super.nameIds,
            earlier && `item-${item.code}-earlier`,
            declared && `item-${item.code}-declared`,
        ]
            .filter(Boolean)
            .join(" ");
    }

    /** What the unit said itself: only where the programme lets inspectors see it. */
    get declaredText() {
        const { number, text } = this.props.declared;
        return Number.isFinite(number) ? formatNumber(number, 1) : localDigits(text);
    }

    /** What is said of the item when it is reached: D2, no, two photos. */
    get stateText() {
        const { length } = this.props.photos;
        return listed([
            this.label,
            this.chosen ? localDigits(this.chosen.name) : _t("not answered"),
            length ? countPhotos(length) : "",
        ]);
    }

    get showsNote() {
        return this.state.isNoteOpen || Boolean(this.answer.note);
    }

    get canNote() {
        const policy = this.props.item.comment_policy;
        const isDue = this.isFailed || this.isShort;
        return policy === "always" || (policy !== "none" && isDue);
    }

    photoState({ state, share }) {
        if (state === "queued" && share !== undefined) {
            return _t("on its way %(share)s%", { share: formatNumber(share) });
        }
        return {
            queued: _t("in the queue"),
            arrived: _t("arrived"),
            received: _t("arrived"),
            awaited: _t("on its way"),
            problem: _t("did not arrive · again"),
        }[state];
    }

    /** What was said of a failure is not said of another answer. */
    mayComment({ is_fail }) {
        const policy = this.props.item.comment_policy;
        return policy === "always" || (policy !== "none" && is_fail);
    }

    choose(option, event) {
        if (this.props.isLocked || isSameTap(event)) {
            return;
        }
        if (this.answer.option === option.code) {
            return;
        }
        navigator.vibrate?.(BUZZ);
        const { comments, note } = this.mayComment(option) ? this.answer : {};
        this.props.onAnswer(this.props.item.code, {
            option: option.code,
            ...(comments?.length ? { comments } : {}),
            ...(note ? { note } : {}),
        });
    }

    update(changes) {
        if (!this.props.isLocked) {
            super.update(changes);
        }
    }

    enterNote(note) {
        this.update({ note });
    }

    enterReason(reason) {
        this.update({ reason });
    }

    get otherReason() {
        const { reason } = this.answer;
        return reason && !this.reasons.includes(reason) ? reason : "";
    }
}
