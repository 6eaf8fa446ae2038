import { _t } from "@web/core/l10n/translation";
import { formatNumber, formatScore, localDigits } from "../item_card/numbers";
import { score } from "../scoring/scoring";
import { clock, dayKey } from "./dates";
import { setup } from "./setup";
import { apart, dotted } from "./words";

const DAY = 86_400_000;
const SECOND = 1000;
const SENT = ["submitted", "accepted", "closed"];
const WORKABLE = ["in_progress", "returned"];

/** Whether the policy of an item asks for a photo with such an answer. */
export function isPhotoDue({ photo_policy: policy }, isFailed) {
    return policy === "always" || (policy === "on_fail" && Boolean(isFailed));
}

function asksForPhoto(item, { state, failed }) {
    const counts = state === "scored" || state === "unscored";
    return counts && isPhotoDue(item, failed);
}

/** Fewer values than asked for, such as clients on their way out, need a reason. */
function lacksReason({ response }, value) {
    const given = value?.numbers?.filter((number) => number !== undefined) || [];
    const isShort = given.length > 0 && given.length < response.sample_size;
    return isShort && !value.comments?.length && !value.note;
}

/** What the screens ask about the visits; nothing here changes anything. */
export class FieldReading {
    /** The time by the server's clock, as far as known: a phone's may be wrong. */
    get now() {
        return Date.now() - (this.data.news?.skew || 0) * SECOND;
    }

    /** How wrong this phone's clock is; the server speaks of ten minutes or more. */
    get clockMinutes() {
        return Math.round(Math.abs(this.data.news?.skew || 0) / 60);
    }

    get oldest() {
        return this.data.queue[0];
    }

    /** What has waited for a day wants to be looked after. */
    get isOld() {
        return Boolean(this.oldest && Date.now() - new Date(this.oldest.at) > DAY);
    }

    visit(assessment) {
        return this.data.visits.find((visit) => visit.assessment === assessment);
    }

    design(visit) {
        return this.data.versions[visit.version];
    }

    /** The checklists that are with us, by name and version. */
    get versionNames() {
        const used = new Set(this.visits.map(({ version }) => version));
        return [...used].map((id) => this.data.versions[id]?.name).filter(Boolean);
    }

    get visits() {
        return this.data.visits.filter((visit) => !visit.is_gone);
    }

    visitsOn(offset) {
        const day = dayKey(this.now + offset * DAY);
        return this.visits.filter(
            (visit) =>
                visit.day === day ||
                (offset === 0 && visit.day < day && !this.isSent(visit))
        );
    }

    /** What the state will be once the queue has arrived. */
    stateOf(visit) {
        let { state } = visit;
        for (const op of this.opsOf(visit)) {
            if (op.kind === "start" && state === "planned") {
                state = "in_progress";
            } else if (op.kind === "submit" && WORKABLE.includes(state)) {
                state = "submitted";
            } else if (op.kind === "no_access") {
                state = "no_access";
            }
        }
        return state;
    }

    opsOf(visit) {
        return this.data.queue.filter((op) => op.assessment === visit.assessment);
    }

    isSent(visit) {
        return SENT.includes(this.stateOf(visit));
    }

    /** Whether a visit that was sent waits for the name of who holds this phone. */
    awaitsMe(visit) {
        return (
            visit.state === "submitted" &&
            !visit.signed_by?.includes(this.user) &&
            !this.opsOf(visit).some((op) => op.kind === "confirm")
        );
    }

    isWorkable(visit) {
        return WORKABLE.includes(this.stateOf(visit));
    }

    /** Whether an item may be answered: a returned visit may name those that may. */
    isOpen(visit, code) {
        const listed = visit.return_codes;
        const restricted = visit.state === "returned" && listed.length > 0;
        return this.isWorkable(visit) && (!restricted || listed.includes(code));
    }

    answersOf(visit) {
        return this.data.answers[visit.assessment] || {};
    }

    valuesOf(visit) {
        const answers = Object.entries(this.answersOf(visit));
        return Object.fromEntries(
            answers.map(([code, answer]) => [code, answer.value])
        );
    }

    /**
     * The score and what became of each item: every card of the list asks for it, so it
     * is computed once for each reading of the store, before which nothing changes.
     */
    result(visit) {
        const { turn } = this.data;
        if (this.results?.turn !== turn) {
            this.results = { turn, byVisit: new Map() };
        }
        const { byVisit } = this.results;
        if (!byVisit.has(visit.assessment)) {
            byVisit.set(
                visit.assessment,
                score(this.design(visit), this.valuesOf(visit), visit.context)
            );
        }
        return byVisit.get(visit.assessment);
    }

    /** The photos of an item: own ones, and those a colleague took. */
    photosOf(visit, code) {
        const own = this.data.photos.filter(
            (photo) => photo.assessment === visit.assessment && photo.item === code
        );
        const known = new Set(this.ownPhotoIds);
        const theirs = visit.photos.filter(
            (photo) => photo.item === code && !known.has(photo.uuid)
        );
        return [...own, ...theirs.map((photo) => ({ ...photo, isTheirs: true }))];
    }

    get ownPhotoIds() {
        const { photos, removed } = this.data;
        return [...photos, ...removed].map(({ uuid }) => uuid);
    }

    get photosToSend() {
        return this.data.photos.filter(({ state }) => state === "queued");
    }

    /** Where a photo can be seen that is not on this phone: at the server. */
    photoUrl({ uuid, state }) {
        const isThere = state === "received" && this.data.network !== "offline";
        return isThere ? `/audit/evidence/${uuid}` : "";
    }

    waitingPhotos(visit) {
        return this.data.photos.filter(
            (photo) => photo.assessment === visit.assessment && photo.state === "queued"
        ).length;
    }

    /** How far a section is, and what it scores so far. */
    sectionText({ answered_count, relevant_count, weight, score: sectionScore }) {
        return _t("%(answered)s of %(asked)s · weight %(weight)s · score %(score)s", {
            answered: formatNumber(answered_count),
            asked: formatNumber(relevant_count),
            weight: formatNumber(weight),
            score: formatScore(sectionScore),
        });
    }

    // === Who ===
    colleague(visit) {
        return visit.members.find(({ id }) => id !== setup.user.id);
    }

    /** The code of the section where the colleague answered last, as far as known. */
    colleagueSection(visit) {
        const { id } = this.colleague(visit) || {};
        const theirs = Object.values(this.answersOf(visit)).filter(
            (answer) => answer.by === id && answer.at
        );
        const last = theirs.sort((a, b) => (a.at < b.at ? 1 : -1))[0];
        return this.design(visit).sections.find(({ items }) =>
            items.some(({ code }) => code === last?.item)
        );
    }

    /** Who else is on this visit, where, and how old that news is. */
    colleagueText(visit) {
        const { name } = this.colleague(visit) || {};
        const { news } = this.data;
        const section = this.colleagueSection(visit);
        return dotted([
            section && name
                ? _t("%(name)s in section %(section)s", {
                      name: apart(name),
                      section: section.letter,
                  })
                : name,
            news ? _t("news of %(time)s", { time: clock(news.at) }) : "",
        ]);
    }

    /** The team of today, if it is one: Team 7 with its other inspector. */
    get teamText() {
        const teams = new Map(this.visitsOn(0).map((visit) => [visit.team, visit]));
        if (teams.size !== 1) {
            return "";
        }
        const [[team, visit]] = teams;
        return _t("%(team)s with %(name)s", {
            team: apart(localDigits(team)),
            name: apart(this.colleague(visit)?.name || ""),
        });
    }

    attentionOf() {
        const conflicts = this.visits.flatMap((visit) =>
            visit.conflicts.map((conflict) => ({ visit, ...conflict }))
        );
        const refused = this.data.attention.filter((op) => op.outcome === "refused");
        return { conflicts, refused };
    }

    /** Items that keep a visit from being sent, with the reason of each. */
    obstacles(visit) {
        const result = this.result(visit);
        const items = this.design(visit).sections.flatMap((section) => section.items);
        const conflicts = new Set(visit.conflicts.map(({ item }) => item));
        return items.flatMap((item) => {
            if (conflicts.has(item.code)) {
                return [{ item, why: "conflict" }];
            }
            const outcome = result.items[item.code];
            if (lacksReason(item, this.answersOf(visit)[item.code]?.value)) {
                return [{ item, why: "fewer" }];
            }
            if (outcome.state === "open" && item.required) {
                const given = this.answersOf(visit)[item.code]?.value.option;
                return [{ item, why: given ? "reason" : "open" }];
            }
            const isMissing =
                asksForPhoto(item, outcome) && !this.photosOf(visit, item.code).length;
            return isMissing ? [{ item, why: "photo" }] : [];
        });
    }
}
