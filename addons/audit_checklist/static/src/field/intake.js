import { addToPrint } from "./prints";

const FINAL = new Set(["applied", "already", "conflict", "refused"]);

/** Whether the server has an operation for good, so that the phone may forget it. */
export function isFinal(verdict) {
    return FINAL.has(verdict?.status);
}

/** Forget what arrived, keep what needs attention, take in what is new. */
export async function digest(store, ops, { verdicts, news, now, skew, arrived, plan }) {
    const names = ["outbox", "answer", "visit", "attention", "meta"];
    await store.write(names, async (handle, done) => {
        for (const op of ops) {
            await digestOne(handle, done, op, verdicts[op.uuid]);
        }
        for (const visit of Object.values(news)) {
            await takeIn(handle, done, visit);
        }
        for (const [assessment, there] of Object.entries(arrived)) {
            const visit = await done(handle("visit").get(assessment));
            if (visit) {
                handle("visit").put({ ...visit, arrived: there });
            }
        }
        const taken = await done(handle("meta").get("taken"));
        if (plan && taken?.plan) {
            handle("meta").put({ ...taken, stale: whatChanged(taken.plan, plan) });
        }
        handle("meta").put({ key: "news", now, skew, at: Date.now() });
    });
}

/** Say what is newer in the plan of the server than in the one taken along. */
function whatChanged(taken, { visits, versions }) {
    if (taken.versions !== versions) {
        return "versions";
    }
    return taken.visits === visits ? "" : "visits";
}

/** Forget an operation the server has spoken about, and remember what it said. */
async function digestOne(handle, done, op, verdict) {
    if (!isFinal(verdict)) {
        return;
    }
    handle("outbox").delete(op.uuid);
    const outcome = verdict.outcome || verdict.status;
    if (outcome === "refused" || outcome === "conflict") {
        handle("attention").put({ ...op, outcome, reason: verdict.reason });
    }
    if (verdict.reason === "unknown_visit") {
        await leaveOut(handle, done, op);
    }
    if (op.kind !== "answer") {
        return;
    }
    const answer = await done(handle("answer").get([op.assessment, op.item]));
    if (answer?.op === op.uuid) {
        const revision = verdict.revision || answer.revision;
        handle("answer").put({ ...answer, op: "", revision });
    }
}

/** The journal has it, but not under its visit: no more does the visit's manifest. */
async function leaveOut(handle, done, { assessment, uuid }) {
    const device = await done(handle("meta").get("device"));
    const { counts = {}, prints = {} } = device;
    if (prints[assessment]) {
        handle("meta").put({
            ...device,
            counts: { ...counts, [assessment]: counts[assessment] - 1 },
            prints: { ...prints, [assessment]: addToPrint(prints[assessment], uuid) },
        });
    }
}

/** Write a visit as the server has it, except for what was answered here meanwhile. */
export async function takeIn(handle, done, visit) {
    const known = await done(handle("visit").get(visit.assessment));
    if (!known && !visit.unit) {
        return; // news of a visit that has been put away meanwhile
    }
    handle("visit").put({ ...known, ...visit });
    for (const [item, answer] of Object.entries(visit.answers)) {
        const key = [visit.assessment, item];
        const own = await done(handle("answer").get(key));
        if (!own?.op) {
            handle("answer").put({
                assessment: visit.assessment,
                item,
                ...answer,
                op: "",
            });
        }
    }
}
