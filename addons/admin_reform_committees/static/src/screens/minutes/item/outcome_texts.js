const GOOD = ["approved", "approved_amended", "noted", "discussed"];
const TONES = { rejected: "bad", pending: "gray" };

/** The colour of what came of an item; its name always stands beside it. */
export function outcomeTone({ outcome }) {
    return GOOD.includes(outcome) ? "ok" : TONES[outcome] || "warn";
}
