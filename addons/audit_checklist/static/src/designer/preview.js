import { Component, useEffect, useRef } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { ItemCard } from "../item_card/item_card";
import { counted, formatNumber, formatScore, localDigits } from "../item_card/numbers";
import { score } from "../scoring/scoring";
import { simulate } from "./simulation";

/** The draft as it looks on a phone, to be tried out, and what it scores. */
export class Preview extends Component {
    static template = "audit_checklist.Preview";
    static components = { ItemCard };
    static props = {
        design: Object,
        item: { type: Object, optional: true },
        answers: Object,
        unitKind: String,
        onAnswer: Function,
        onUnitKind: Function,
        onReset: Function,
    };

    setup() {
        this.formatScore = formatScore;
        this.body = useRef("body");
        useEffect(
            () => this.showItem(),
            () => [this.props.item?.id]
        );
    }

    /** Bring the chosen item to the top of the phone, without moving the page. */
    showItem() {
        const card = this.body.el?.querySelector(".o_audit_card_current");
        if (card) {
            this.body.el.scrollTop = card.offsetTop - this.body.el.offsetTop;
        }
    }

    get context() {
        return { unit_kind: this.props.unitKind, has_earlier_visit: true };
    }

    get result() {
        return score(this.props.design, this.props.answers, this.context);
    }

    get section() {
        const { sections } = this.props.design;
        const holds = ({ items }) => items.some(({ id }) => id === this.props.item?.id);
        return sections.find(holds) || sections[0];
    }

    /** The items asked of this unit, given the answers so far, and the chosen one. */
    get items() {
        return (this.section?.items || []).filter(
            (item) => this.isAsked(item) || item.id === this.props.item?.id
        );
    }

    isAsked(item) {
        return this.result.items[item.code].state !== "irrelevant";
    }

    get title() {
        return `${this.section.letter}. ${this.section.name}`;
    }

    get progress() {
        const { answered_count, relevant_count } = this.result.sections.find(
            ({ code }) => code === this.section.code
        );
        return _t("%(answered)s of %(relevant)s", {
            answered: formatNumber(answered_count),
            relevant: formatNumber(relevant_count),
        });
    }

    get simulation() {
        return simulate(this.props.design, this.props.item, this.props.answers).map(
            (row) => ({ text: this.describe(row), ...this.judge(row.result) })
        );
    }

    describe(row) {
        if (row.kind === "option") {
            return _t("%(item)s “%(answer)s”", {
                item: localDigits(row.item.label),
                answer: row.option.name,
            });
        }
        if (row.kind === "unit") {
            const kind = row.unitKind.name;
            return counted(row.spared, ({ count }) => [
                _t("%(kind)s (%(count)s item fewer)", { kind, count }),
                _t("%(kind)s (%(count)s items fewer)", { kind, count }),
            ]);
        }
        return row.kind === "own" ? _t("Your answers above") : _t("All at their best");
    }

    judge(result) {
        const band = this.props.design.bands.find(({ code }) => code === result.grade);
        return {
            score: formatScore(result.score),
            grade: band?.name || "",
            tint: `text-bg-${band?.tint || "light"}`,
        };
    }
}
