import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { localDigits, toLatin } from "../../common/texts";

/** A vote on a resolution or an item: by consensus, by count or by name. */
export class VoteStrip extends Component {
    static template = "admin_reform_committees.VoteStrip";
    static props = {
        model: Object,
        item: Object,
        rowKey: String,
        view: Object,
        onOutcome: Function,
    };

    setup() {
        this.state = useState({ ballot: {}, counts: null });
        this.localDigits = localDigits;
    }

    get model() {
        return this.props.model;
    }

    get item() {
        return this.props.item;
    }

    get rows() {
        return this.model.rowsOf(this.item);
    }

    get quorum() {
        return this.model.quorumOf(this.item);
    }

    get hasVote() {
        return this.item.vote || this.rows.some((row) => row.vote);
    }

    /** What a vote is on now: the row last touched, else the last one, else the item. */
    get target() {
        const rows = this.rows.filter((row) => row.text.trim());
        return (
            rows.find((row) => row.storeKey === this.props.rowKey && !row.vote) ||
            [...rows].reverse().find((row) => !row.vote) ||
            rows.find((row) => row.storeKey === this.props.rowKey) ||
            rows.at(-1) ||
            null
        );
    }

    get targetText() {
        const key = this.target?.storeKey;
        const place = this.rows.findIndex((row) => row.storeKey === key);
        return place >= 0
            ? _t("Vote on %s", localDigits(`${this.item.number}-${place + 1}`))
            : _t("Vote on item %s", localDigits(this.item.number));
    }

    async saved(row) {
        if (!row) {
            return null;
        }
        await this.model.save(row.storeKey);
        return this.rows.find((each) => each.storeKey === row.storeKey && each.id);
    }

    async castVote(vote) {
        const target = this.target;
        const row = await this.saved(target);
        if (target && !row) {
            return;
        }
        if (!(await this.model.vote(this.item, row, vote))) {
            return; // what was counted stands there, to be mended
        }
        this.props.view.vote = "";
        this.state.counts = null;
        this.state.ballot = {};
    }

    consensus() {
        return this.castVote({ mode: "consensus" });
    }

    get counts() {
        const rest = this.quorum.present;
        return this.state.counts || { yes: rest, no: 0, abstain: 0 };
    }

    setCount(name, ev) {
        const value = Number(toLatin(ev.target.value));
        const counts = { ...this.counts, [name]: value || 0 };
        if (name !== "yes") {
            // Whoever is not against and does not abstain is in favour.
            counts.yes = Math.max(this.quorum.present - counts.no - counts.abstain, 0);
        }
        this.state.counts = counts;
    }

    get voters() {
        return this.model.data.people.filter(
            (person) =>
                person.voting && person.here && !person.recused.includes(this.item.id)
        );
    }

    ballotOf(person) {
        return this.state.ballot[person.id] || "yes";
    }

    castBallot() {
        const votes = Object.fromEntries(
            this.voters.map((person) => [person.id, this.ballotOf(person)])
        );
        return this.castVote({ mode: "name", votes });
    }

    takeVoteBack() {
        const voted = this.rows.filter((row) => row.vote);
        const row = voted.find((each) => each.storeKey === this.props.rowKey);
        const last = this.item.vote ? null : voted.at(-1);
        return this.model.vote(this.item, row || last, false);
    }
}
