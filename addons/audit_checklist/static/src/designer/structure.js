import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useSortable } from "@web/core/utils/sortable_owl";
import { counted, formatNumber, localDigits } from "../item_card/numbers";

const STEPS = { ArrowUp: -1, ArrowDown: 1 };
const ROWS = ".o_audit_section_name, .o_audit_items:not(.d-none) .o_audit_item_name";
// What the weights of sections usually sum to; anything else is pointed out.
const USUAL_TOTAL = 100;

function countSections(number) {
    return counted(number, (n) => [
        _t("%(count)s section", n),
        _t("%(count)s sections", n),
    ]);
}

function countItems(number) {
    return counted(number, (n) => [_t("%(count)s item", n), _t("%(count)s items", n)]);
}

/** Sections and items of a version: to choose from, to fold, to drag into order. */
export class Structure extends Component {
    static template = "audit_checklist.Structure";
    static props = {
        design: Object,
        chosenId: { type: Number, optional: true },
        isEditable: Boolean,
        onChoose: Function,
        onAddItem: Function,
        onAddSection: Function,
        onEditSection: Function,
        onReorder: Function,
    };

    setup() {
        this.root = useRef("root");
        this.state = useState({ folded: {} });
        this.formatNumber = formatNumber;
        this.localDigits = localDigits;
        // The button that moved by keys, and the order it is waiting for.
        this.moved = null;
        useEffect(
            () => this.followMoved(),
            () => [this.props.design]
        );
        const enable = () => this.props.isEditable;
        useSortable({
            ref: this.root,
            enable,
            elements: ".o_audit_item",
            groups: ".o_audit_items",
            connectGroups: true,
            handle: ".o_audit_item_handle",
            onDrop: ({ element, previous, parent }) =>
                this.moveItem(
                    Number(element.dataset.id),
                    Number(parent.dataset.sectionId),
                    previous ? Number(previous.dataset.id) : null
                ),
        });
        useSortable({
            ref: this.root,
            enable,
            elements: ".o_audit_section",
            handle: ".o_audit_section_handle",
            onDrop: ({ element, previous }) =>
                this.moveSection(
                    Number(element.dataset.sectionId),
                    previous ? Number(previous.dataset.sectionId) : null
                ),
        });
    }

    get order() {
        return this.props.design.sections.map((section) => ({
            id: section.id,
            items: section.items.map((item) => item.id),
        }));
    }

    get summary() {
        const items = this.props.design.sections.flatMap((section) => section.items);
        return _t("%(sections)s · %(items)s · %(critical)s critical", {
            sections: countSections(this.props.design.sections.length),
            items: countItems(items.length),
            critical: formatNumber(items.filter((item) => item.critical).length),
        });
    }

    get total() {
        return this.props.design.sections.reduce((sum, { weight }) => sum + weight, 0);
    }

    get totalText() {
        return _t("Weights: %s", formatNumber(this.total));
    }

    get isTotalUsual() {
        return Math.abs(this.total - USUAL_TOTAL) < 1e-6;
    }

    countText(section) {
        return countItems(section.items.length);
    }

    weightText(section) {
        return _t("weight %s", formatNumber(section.weight));
    }

    toggle(section) {
        this.state.folded[section.id] = !this.state.folded[section.id];
    }

    moveItem(itemId, sectionId, previousId) {
        const order = this.order;
        for (const section of order) {
            section.items = section.items.filter((id) => id !== itemId);
        }
        const target = order.find((section) => section.id === sectionId);
        target.items.splice(target.items.indexOf(previousId) + 1, 0, itemId);
        this.props.onReorder(order);
    }

    moveSection(sectionId, previousId) {
        const order = this.order;
        const [moved] = order.splice(
            order.findIndex(({ id }) => id === sectionId),
            1
        );
        order.splice(order.findIndex(({ id }) => id === previousId) + 1, 0, moved);
        this.props.onReorder(order);
    }

    /** Bring a new order by keys; the focus goes with what moved. */
    async moveByKeys(order, selector) {
        this.moved = { selector, order: JSON.stringify(order) };
        if (!(await this.props.onReorder(order))) {
            this.moved = null;
        }
    }

    followMoved() {
        if (this.moved?.order === JSON.stringify(this.order)) {
            this.root.el.querySelector(this.moved.selector)?.focus();
            this.moved = null;
        }
    }

    /** Whether a key moves what has the focus; without Alt it only walks on. */
    isMove(ev) {
        if (!STEPS[ev.key]) {
            return false;
        }
        ev.preventDefault();
        if (!ev.altKey) {
            const rows = [...this.root.el.querySelectorAll(ROWS)];
            rows[rows.indexOf(ev.target) + STEPS[ev.key]]?.focus();
        }
        return ev.altKey && this.props.isEditable;
    }

    /** Choose an item: the keys go along, a finger stays where it is. */
    onItemClick(ev, item) {
        this.props.onChoose(item, { withFocus: ev.detail === 0 });
    }

    onItemKeydown(ev, item) {
        if (!this.isMove(ev)) {
            return;
        }
        const order = this.order;
        const index = order.findIndex((section) => section.items.includes(item.id));
        const place = order[index].items.indexOf(item.id) + STEPS[ev.key];
        order[index].items.splice(place - STEPS[ev.key], 1);
        if (place >= 0 && place <= order[index].items.length) {
            order[index].items.splice(place, 0, item.id);
        } else if (order[index + STEPS[ev.key]]) {
            // over the edge of a section, into its neighbour
            const neighbour = order[index + STEPS[ev.key]].items;
            neighbour.splice(place < 0 ? neighbour.length : 0, 0, item.id);
        } else {
            return;
        }
        this.moveByKeys(order, `.o_audit_item[data-id="${item.id}"] .btn`);
    }

    onSectionKeydown(ev, section) {
        if (!this.isMove(ev)) {
            return;
        }
        const order = this.order;
        const index = order.findIndex(({ id }) => id === section.id);
        const place = index + STEPS[ev.key];
        if (place >= 0 && place < order.length) {
            order.splice(place, 0, order.splice(index, 1)[0]);
            this.moveByKeys(
                order,
                `.o_audit_section[data-section-id="${section.id}"] .o_audit_section_name`
            );
        }
    }
}
