import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatNumber, formatScore, localDigits } from "../item_card/numbers";

/** The sections with how far each is: a row on a phone, a column on a tablet. */
export class VisitSections extends Component {
    static template = "audit_checklist.FieldVisitSections";
    static props = {
        model: Object,
        visit: Object,
        sections: Array,
        shown: String,
        onChoose: Function,
        onShow: Function,
    };

    setup() {
        Object.assign(this, { formatScore, localDigits });
    }

    countText({ answered_count, relevant_count }) {
        return _t("%(answered)s of %(asked)s", {
            answered: formatNumber(answered_count),
            asked: formatNumber(relevant_count),
        });
    }

    isFull({ answered_count, relevant_count }) {
        return answered_count === relevant_count;
    }

    share({ answered_count, relevant_count }) {
        return (100 * answered_count) / relevant_count;
    }

    get colleague() {
        return this.props.model.colleague(this.props.visit);
    }

    get colleagueText() {
        return this.props.model.colleagueText(this.props.visit);
    }

    isColleagueAt(section) {
        const at = this.props.model.colleagueSection(this.props.visit);
        return at?.code === section.code;
    }

    get initial() {
        return [...(this.colleague?.name || " ")][0];
    }

    get earlier() {
        const items = this.props.sections.flatMap((section) => section.items);
        return items
            .filter(({ code }) => this.props.visit.earlier[code]?.is_open)
            .map((item) => ({
                ...item,
                condition: this.props.visit.earlier[item.code].condition,
            }));
    }
}
