import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { clockText, localDigits, percentText } from "../common/texts";

/** The bodies of the agency side by side: meetings, realisation, what is overdue. */
export class BoardScreen extends Component {
    static template = "admin_reform_committees.BoardScreen";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.localDigits = localDigits;
        this.state = useState({ board: null });
        onWillStart(async () => {
            this.state.board = await this.orm.call("reform.desk", "board_open", []);
        });
    }

    get board() {
        return this.state.board;
    }

    get asOf() {
        const now = new Date(`${this.board.as_of.replace(" ", "T")}Z`);
        return _t("As of %s", clockText(now, false));
    }

    get title() {
        return _t("Board of the Council: year %(year)s until %(day)s", {
            year: localDigits(this.board.year),
            day: this.board.today,
        });
    }

    get heldText() {
        return _t("of %s planned meetings held", localDigits(this.total("planned")));
    }

    get verifiedText() {
        return _t("resolutions; verified: %s", localDigits(this.total("verified")));
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

    percent(card) {
        return percentText(card.share);
    }

    daysText(each) {
        return _t("%s days", localDigits(each.days));
    }

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

    openResolutions(domain) {
        return this.openList(_t("Resolutions"), "reform.resolution", domain);
    }

    openMeetings() {
        return this.openList(_t("Meetings"), "reform.meeting", []);
    }

    openBody(card) {
        return this.openList(card.name, "reform.resolution", [
            ["committee_id", "=", card.id],
        ]);
    }

    openResolution(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "reform.resolution",
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

registry
    .category("actions")
    .add("admin_reform_committees.board", BoardScreen, { force: true });
