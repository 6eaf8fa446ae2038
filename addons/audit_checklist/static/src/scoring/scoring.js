/**
 * The score of a visit, computed here exactly as `tools/scoring.py` does.
 *
 * The two are held together by `static/tests/scoring_cases.json`; what checklist,
 * answers and context look like is told there and in the Python module. Sums run in the
 * order of the checklist: another order could round otherwise.
 */

// Below this two numbers are the same one, reached by additions in another order.
const TOLERANCE = 1e-9;
const DEFAULT_NA_LIMIT = 0.3;
const OPEN = { state: "open", ratio: null, failed: false };
const IRRELEVANT = { state: "irrelevant", ratio: null, failed: false };

/** Return score, grade and all that is said about them. */
export function score(checklist, answers, context = {}) {
    const items = new Items(checklist, answers, context);
    const sections = checklist.sections.map((section) => scoreSection(section, items));
    const uncapped = totalOf(checklist.sections, sections);
    const codes = [...items.byCode.keys()];
    const outcomeOf = (code) => items.outcomes[code];
    const criticalFailed = codes.filter(
        (code) => items.byCode.get(code).critical && outcomeOf(code).ratio === 0
    );
    const missing = codes.filter(
        (code) => outcomeOf(code).state === "open" && items.byCode.get(code).required
    );
    const capped = capScore(uncapped, criticalFailed, checklist.critical ?? {});
    const naShare = shareOfNa(checklist.sections, sections);
    return {
        score: capped,
        uncapped,
        grade: gradeOf(capped, checklist.bands ?? []),
        is_provisional: missing.length > 0,
        critical_failed: criticalFailed,
        missing,
        failed: codes.filter((code) => outcomeOf(code).failed),
        relevant_count: count(sections, "relevant_count"),
        answered_count: count(sections, "answered_count"),
        na_share: naShare,
        is_na_excessive: naShare > (checklist.na_limit ?? DEFAULT_NA_LIMIT) + TOLERANCE,
        sections,
        items: items.outcomes,
    };
}

/** The items of a checklist by code, with what became of each. */
class Items {
    constructor(checklist, answers, context) {
        this.answers = answers;
        this.context = context;
        this.byCode = new Map();
        for (const section of checklist.sections) {
            for (const item of section.items) {
                this.byCode.set(item.code, item);
            }
        }
        this.relevant = new Map();
        this.outcomes = {};
        for (const code of this.byCode.keys()) {
            this.outcomes[code] = this.findOutcome(code);
        }
    }

    /** Tell whether the item is asked of this unit, given the other answers. */
    isRelevant(code) {
        if (!this.relevant.has(code)) {
            this.relevant.set(code, null);
            this.relevant.set(code, this.findRelevance(this.byCode.get(code)));
        } else if (this.relevant.get(code) === null) {
            throw new Error(`The relevance of item ${code} runs in a circle.`);
        }
        return this.relevant.get(code);
    }

    findRelevance(item) {
        if (!fitsUnit(item, this.context)) {
            return false;
        }
        const terms = item.conditions?.terms ?? [];
        if (!terms.length) {
            return true;
        }
        // every term is looked at, so that no circle stays hidden
        const met = terms.map((term) => this.isMet(term));
        return item.conditions.mode === "any" ? met.some(Boolean) : met.every(Boolean);
    }

    /** An item that is not asked has no answer, whatever was entered before. */
    isMet(term) {
        const parent = this.byCode.get(term.item);
        if (!parent || !this.isRelevant(term.item)) {
            return false;
        }
        const answer = this.answers[term.item];
        if (outcomeOfAnswer(parent, answer).state === "open") {
            return false;
        }
        return !term.options?.length || term.options.includes(answer.option);
    }

    findOutcome(code) {
        return this.isRelevant(code)
            ? outcomeOfAnswer(this.byCode.get(code), this.answers[code])
            : { ...IRRELEVANT };
    }
}

function fitsUnit(item, context) {
    if (item.needs_earlier_visit && !context.has_earlier_visit) {
        return false;
    }
    const listed = (item.kinds?.codes ?? []).includes(context.unit_kind);
    if (item.kinds?.rule === "only") {
        return listed;
    }
    return !(item.kinds?.rule === "except" && listed);
}

/** Return what an answer means: open, na, unscored or scored, and its ratio. */
function outcomeOfAnswer(item, answer) {
    const read = { options: readOption, number: readNumber, text: readText };
    return (answer && read[item.response.kind](item, answer)) || { ...OPEN };
}

function readOption(item, answer) {
    const option = item.response.options.find((o) => o.code === answer.option);
    if (!option) {
        return null;
    }
    if (option.is_na) {
        const explained =
            item.na_policy === "free" || (item.na_policy === "reason" && answer.reason);
        return explained ? { state: "na", ratio: null, failed: false } : null;
    }
    const ratio = option.ratio ?? null;
    return {
        state: ratio === null ? "unscored" : "scored",
        ratio,
        failed: Boolean(option.is_fail),
    };
}

function readNumber({ response }, { number }) {
    if (typeof number !== "number" || !Number.isFinite(number)) {
        return null;
    }
    const share = (number - response.min) / (response.target - response.min);
    const ratio = share < 0 ? 0 : share > 1 ? 1 : share;
    return { state: "scored", ratio, failed: ratio === 0 };
}

function readText(item, { text }) {
    const given = typeof text === "string" && text.trim();
    return given ? { state: "unscored", ratio: null, failed: false } : null;
}

/** Return the section's score with the fraction it comes from. */
function scoreSection(section, items) {
    let [points, maximum, relevantWeight, naWeight] = [0, 0, 0, 0];
    let [relevant, answered] = [0, 0];
    for (const item of section.items) {
        const { state, ratio } = items.outcomes[item.code];
        if (state === "irrelevant") {
            continue;
        }
        relevant++;
        answered += state === "open" ? 0 : 1;
        const isScorable = item.response.kind !== "text" && state !== "unscored";
        relevantWeight += isScorable ? item.weight : 0;
        naWeight += state === "na" ? item.weight : 0;
        if (state === "scored") {
            points += item.weight * ratio;
            maximum += item.weight;
        }
    }
    return {
        code: section.code,
        score: maximum > 0 ? (100 * points) / maximum : null,
        points,
        maximum,
        relevant_count: relevant,
        answered_count: answered,
        na_share: relevantWeight > 0 ? naWeight / relevantWeight : 0,
    };
}

function totalOf(sections, results) {
    let [gained, weight] = [0, 0];
    sections.forEach((section, index) => {
        const { points, maximum } = results[index];
        if (maximum > 0) {
            gained += section.weight * (points / maximum);
            weight += section.weight;
        }
    });
    return weight > 0 ? (100 * gained) / weight : null;
}

function shareOfNa(sections, results) {
    let [share, weight] = [0, 0];
    sections.forEach((section, index) => {
        if (results[index].relevant_count) {
            share += section.weight * results[index].na_share;
            weight += section.weight;
        }
    });
    return weight > 0 ? share / weight : 0;
}

function count(results, key) {
    return results.reduce((total, result) => total + result[key], 0);
}

function capScore(uncapped, criticalFailed, critical) {
    if (uncapped === null || !criticalFailed.length || critical.rule !== "cap") {
        return uncapped;
    }
    return Math.min(uncapped, critical.cap);
}

/** Return the code of the highest band reached, null below all of them. */
function gradeOf(value, bands) {
    if (value === null) {
        return null;
    }
    let best = null;
    for (const band of bands) {
        const reached = value + TOLERANCE >= band.minimum;
        if (reached && (best === null || band.minimum > best.minimum)) {
            best = band;
        }
    }
    return best?.code ?? null;
}
