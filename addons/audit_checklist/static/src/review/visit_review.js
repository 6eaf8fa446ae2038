import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatNumber, formatScore, localDigits } from "../item_card/numbers";
import { geoLink } from "../item_card/places";
import { checkText } from "./checks";

const VISIT = "audit.visit";
// A gap from here on is one that the officer looks at.
const WIDE_GAP = 0.01;

/** What stands out: failed, not applicable, critical, or declared otherwise. */
function isChosen({ seen, gap, critical, finding }) {
    return Boolean(
        finding ||
        (critical && seen) ||
        (gap !== null && Math.abs(gap) >= WIDE_GAP) ||
        (seen && (seen.failed || seen.tint !== "yes"))
    );
}

/**
 * A visit as its officer looks through it: each answer beside what the unit declared,
 * the gap between them and the finding that follows; on the side the score, what is
 * to be seen before accepting, and what is known of the item that was clicked.
 */
export class VisitReview extends Component {
    static template = "audit_checklist.VisitReview";
    static props = { record: Object };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.mapLink = geoLink;
        this.state = useState({ review: null, filter: "chosen", code: null });
        onWillStart(() => this.load(this.props.record));
        onWillUpdateProps((next) => this.load(next.record));
    }

    get review() {
        return this.state.review;
    }

    /** The filters, each with the rows it shows. */
    get filters() {
        const { rows } = this.review;
        return [
            { key: "all", label: _t("All"), rows },
            { key: "chosen", label: _t("Chosen"), rows: rows.filter(isChosen) },
            {
                key: "gap",
                label: _t("With a Gap"),
                rows: rows.filter((row) => row.gap && Math.abs(row.gap) >= WIDE_GAP),
            },
        ];
    }

    get rows() {
        return this.filters.find((filter) => filter.key === this.state.filter).rows;
    }

    get current() {
        return this.review.rows.find((row) => row.code === this.state.code);
    }

    async load(record) {
        this.state.review = await this.orm.call(VISIT, "get_review", [record.resId]);
        const { rows } = this.review;
        if (!this.state.code) {
            const first = rows.find((row) => row.finding) || rows.find(isChosen);
            this.state.code = (first || rows[0])?.code;
        }
    }

    // === Words ===

    label(row) {
        return localDigits(row.label);
    }

    number(value) {
        return formatNumber(value);
    }

    score(value) {
        return formatScore(value);
    }

    percent(value) {
        return _t("%(number)s%", { number: formatNumber(Math.round(100 * value)) });
    }

    answerText(answer) {
        return answer.number === undefined || answer.number === null
            ? answer.text
            : formatNumber(answer.number, 1);
    }

    gapText({ gap }) {
        return gap === null ? "—" : formatNumber(gap);
    }

    gapStyle({ gap }) {
        return `inline-size: ${Math.abs(gap) * 3.2}rem`;
    }

    checkText(check) {
        return checkText(check);
    }

    gradeText(row) {
        return this.review.grades[row.finding ? row.finding.grade : row.grade];
    }

    // === What is clicked ===

    choose(row) {
        this.state.code = row.code;
    }

    async addFinding(row, praise) {
        const visit = this.props.record.resId;
        const finding = await this.orm.call(VISIT, "add_finding", [visit, row.code], {
            praise,
        });
        await this.load(this.props.record);
        this.edit(finding);
    }

    edit(finding) {
        this.action.doAction(
            {
                name: _t("Finding"),
                res_id: finding,
                res_model: "audit.finding",
                target: "new",
                type: "ir.actions.act_window",
                views: [[false, "form"]],
            },
            {
                onClose: async () => {
                    await this.props.record.load();
                    await this.load(this.props.record);
                },
            }
        );
    }
}

registry.category("lazy_components").add("audit_checklist.VisitReview", VisitReview);
