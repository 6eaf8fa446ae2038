import { Component } from "@odoo/owl";
import { user } from "@web/core/user";
import { voteText, voteTone } from "../item/vote_texts";

/** What this meeting gave the reader to do, on one page of his phone. */
export class MineList extends Component {
    static template = "admin_reform_committees.MineList";
    static props = { model: Object };

    setup() {
        this.voteText = voteText;
        this.voteTone = voteTone;
    }

    get rows() {
        return rowsOfReader(this.props.model);
    }
}

export function rowsOfReader(model) {
    const isMine = (row) =>
        row.responsible === user.partnerId ||
        row.partners.split(",").includes(String(user.partnerId));
    return model.data.items.flatMap((item) => item.rows).filter(isMine);
}
