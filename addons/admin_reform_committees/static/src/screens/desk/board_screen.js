import { Component, onMounted, useRef, useState } from "@odoo/owl";
import {
    clockText,
    counted,
    listed,
    localDigits,
    percentText,
} from "@admin_reform_committees/resolution/texts";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { openForm } from "../common/doors";
import { BoardCourse } from "./board_course";
import { boardKey } from "./board_keys";

const RING = 26;
const NAMED = 2;

/** The bodies of the agency side by side: meetings, realisation, what is overdue. */
export class BoardScreen extends Component {
    static template = "admin_reform_committees.BoardScreen";
    static components = { BoardCourse };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        Object.assign(this, { localDigits, percentText, RING });
        this.ring = 2 * Math.PI * RING;
        this.state = useState({
            board: null,
            whose: "council",
            year: false,
            fault: "",
        });
        // the cards stand at once; the figures come when they are here
        onMounted(() => this.load());
    }

    async load() {
        const { year, whose } = this.state;
        this.state.fault = "";
        try {
            const asked = [year, whose];
            this.state.board = await this.orm.call("reform.board", "board_open", asked);
        } catch (error) {
            this.state.fault =
                error.data?.message || _t("The server cannot be reached.");
        }
    }

    get board() {
        return this.state.board;
    }

    get tabs() {
        return [
            { whose: "council", label: _t("Council") },
            { whose: "mine", label: _t("My bodies") },
            { whose: "approved", label: _t("I approve") },
        ];
    }

    show(whose) {
        this.state.whose = whose;
        return this.load();
    }

    turn(years) {
        this.state.year = this.board.year + years;
        return this.load();
    }

    // === Texts ===

    get asOf() {
        const now = new Date(`${this.board.as_of.replace(" ", "T")}Z`);
        return _t("As of %s", clockText(now, false));
    }

    get title() {
        const year = localDigits(this.board.year);
        if (this.board.year !== this.board.this_year) {
            return _t("Board of the year %s", year);
        }
        return _t("Board of the year %(year)s, until %(day)s", {
            year,
            day: this.board.today,
        });
    }

    get realisedText() {
        if (this.board.realised === null) {
            return _t("No programme of this year is approved.");
        }
        return _t("Realisation of the year: %(done)s of %(due)s due until now", {
            done: percentText(this.board.realised),
            due: percentText(this.board.planned),
        });
    }

    get behindText() {
        const behind = this.board.cards.filter((card) => card.behind);
        if (!behind.length) {
            return _t("No body is below its threshold.");
        }
        return _t(
            "Below the threshold: %s",
            behind.length > NAMED
                ? localDigits(behind.length)
                : listed(behind.map((card) => card.name))
        );
    }

    /** How to read the cards: what the lines are, and the threshold if all have one. */
    get legendText() {
        const planned = this.board.cards.filter((card) => card.share !== null);
        if (!planned.length) {
            return "";
        }
        const lines = _t("dashed line: programme, solid line: realised");
        const thresholds = new Set(planned.map((card) => card.threshold));
        if (thresholds.size > 1) {
            return lines;
        }
        const [threshold] = thresholds;
        return _t("threshold: %(threshold)s · %(lines)s", {
            threshold: percentText(Math.round(threshold)),
            lines,
        });
    }

    get heldText() {
        return _t("meetings held, of %s planned", localDigits(this.total("planned")));
    }

    get verifiedText() {
        return _t("resolutions; verified: %s", localDigits(this.total("verified")));
    }

    /** How many of the overdue wait for the reader; the list is cut where it is long. */
    get asksText() {
        const { overdue } = this.board;
        const asking = overdue.filter((each) => each.asks).length;
        if (asking && asking === overdue.length && asking < this.total("late")) {
            return _t("At least %s of them need your opinion", localDigits(asking));
        }
        return (
            asking &&
            counted(
                asking,
                _t("1 of them needs your opinion"),
                _t("%s of them need your opinion")
            )
        );
    }

    partText(part, whole) {
        return _t("%(part)s of %(whole)s", {
            part: localDigits(part),
            whole: localDigits(whole),
        });
    }

    secretaryText(card) {
        return card.secretary && _t("Secretary: %s", card.secretary);
    }

    total(name) {
        return this.board.cards.reduce((sum, card) => sum + card[name], 0);
    }

    shareText(card) {
        return card.share === null ? "–" : percentText(card.share);
    }

    daysText(each) {
        return counted(each.days, _t("1 day"), _t("%s days"));
    }

    quarterText(state) {
        return {
            draft: _t("Draft"),
            submitted: _t("Submitted"),
            accepted: _t("Accepted"),
            returned: _t("Returned"),
            missing: _t("Missing"),
            running: _t("Running"),
            ahead: _t("Not yet"),
        }[state];
    }

    quarterTone(state) {
        return {
            accepted: "ok",
            submitted: "info",
            draft: "info",
            returned: "warn",
            missing: "bad",
        }[state];
    }

    squares(card) {
        return Array.from(
            { length: card.planned },
            (_each, index) => index < card.held
        );
    }

    // === Where figures lead ===

    openList(name, model, domain) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: model,
            domain,
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
    }

    get bodies() {
        return this.board.cards.map((card) => card.id);
    }

    openResolutions(domain) {
        return this.openList(_t("Resolutions"), "reform.resolution", [
            ["committee_id", "in", this.bodies],
            ...domain,
        ]);
    }

    openMeetings(card) {
        const bodies = card ? [card.id] : this.bodies;
        return this.openList(_t("Meetings"), "reform.meeting", [
            ["committee_id", "in", bodies],
            ["jalali_year", "=", this.board.year],
        ]);
    }

    openForm(model, id) {
        return openForm(this.action, model, id);
    }

    openQuarter(card, each) {
        if (each.id) {
            return this.openForm("reform.quarter.report", each.id);
        }
        return this.openList(_t("Quarterly Reports"), "reform.quarter.report", [
            ["committee_id", "=", card.id],
        ]);
    }

    print() {
        return this.action.doAction("admin_reform_committees.reform_bulletin_action");
    }

    onKeydown(ev) {
        const open = (id) => this.openForm("reform.committee", id);
        if (boardKey(ev, this.root.el, open)) {
            ev.preventDefault();
        }
    }
}

registry
    .category("actions")
    .add("admin_reform_committees.board", BoardScreen, { force: true });
