import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { localDigits } from "../../common/texts";
import { letterOf, outcomeOf, OUTCOMES } from "../minutes_keys";

/** What came of an item; one that is referred is given a body and a day. */
export class OutcomeStrip extends Component {
    static template = "admin_reform_committees.OutcomeStrip";
    static props = {
        model: Object,
        item: Object,
        onDone: Function,
        onBack: Function,
    };

    setup() {
        this.letterOf = letterOf;
        this.localDigits = localDigits;
        const known = this.props.item.referral;
        this.state = useState({
            isReferring: this.props.item.outcome === "referred",
            body: known?.body || this.model.data.bodies[0]?.id || 0,
            due: known?.due_text || "",
            note: "",
            isDueOk: true,
        });
    }

    get model() {
        return this.props.model;
    }

    get item() {
        return this.props.item;
    }

    get outcomes() {
        const labels = Object.fromEntries(this.model.data.options.outcome);
        return OUTCOMES.map((outcome) => ({
            ...outcome,
            label: labels[outcome.value],
        }));
    }

    get afterText() {
        return {
            postponed: _t(
                "Once postponed it comes onto the agenda of the next meeting by itself."
            ),
            tabled: _t(
                "Once tabled it comes onto the agenda of the next meeting by itself."
            ),
        }[this.item.outcome];
    }

    async choose(value) {
        if (value === "referred" && this.model.data.bodies.length) {
            this.state.isReferring = true;
            return;
        }
        this.props.onDone();
        await this.model.setOutcome(this.item, value);
    }

    onBody(ev) {
        this.state.body = Number(ev.target.value);
    }

    async refer() {
        const due = await this.readDue();
        if (!this.state.isDueOk || !due.date) {
            this.state.isDueOk = false;
            this.state.note ||= _t("Until when does the report come back?");
            return;
        }
        this.props.onDone();
        await this.model.refer(this.item, this.state.body, due.date);
    }

    async readDue() {
        const due = await this.model.call("minutes_due", this.state.due);
        this.state.note = due.text ? `= ${due.text} · ${due.note}` : due.note;
        this.state.isDueOk = due.ok;
        return due;
    }

    onDueKeydown(ev) {
        ev.stopPropagation();
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.refer();
        } else if (ev.key === "Escape") {
            this.state.isReferring = false;
        }
    }

    onKeydown(ev) {
        const value = !ev.ctrlKey && !ev.altKey && outcomeOf(ev);
        if (value) {
            ev.preventDefault();
            this.choose(value);
            if (value !== "referred") {
                this.props.onBack();
            }
        } else if (ev.key === "Escape") {
            ev.stopPropagation();
            this.props.onDone();
            this.props.onBack();
        }
    }
}
