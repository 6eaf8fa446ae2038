import { ask } from "./asking";
import { takeIn } from "./intake";

const WEEK = 7 * 86_400_000;

/**
 * Fetch the user's visits and read each back: only then are they with us. `onStep` is
 * told how many of them are by now.
 */
export async function takeAlong(store, onStep) {
    const luggage = await ask("/audit/field/take");
    const { visits } = luggage;
    onStep(0, visits.length);
    await store.write(["visit", "version"], async (handle, done) => {
        for (const [id, design] of Object.entries(luggage.versions)) {
            handle("version").put({ id: Number(id), design });
        }
        const listed = new Set(visits.map((visit) => visit.assessment));
        for (const visit of await done(handle("visit").getAll())) {
            // A visit that is no longer ours is not shown; its answers stay.
            if (!listed.has(visit.assessment) && !visit.local) {
                const gone_at = visit.gone_at || Date.now();
                handle("visit").put({ ...visit, is_gone: true, gone_at });
            }
        }
    });
    let count = 0;
    for (const visit of visits) {
        await store.write(["visit", "answer"], (handle, done) =>
            takeIn(handle, done, visit)
        );
        count += await isKept(store, visit);
        onStep(count, visits.length);
    }
    await store.put("meta", {
        key: "taken",
        at: new Date().toISOString(),
        count: visits.length,
        next_on: luggage.next_on,
        plan: luggage.plan,
        whole: count === visits.length,
    });
}

/** Return 1 for a visit that is on the phone with its checklist, else 0. */
async function isKept(store, { assessment, version }) {
    const visit = await store.get("visit", assessment);
    const checklist = await store.get("version", version);
    return Number(Boolean(visit && checklist));
}

/**
 * Make room: what was accepted, or given to others, a week ago and has arrived to the
 * last photo. Nothing that waits to be sent is ever touched.
 */
export async function makeRoom(store) {
    const names = ["visit", "answer", "outbox", "photo"];
    await store.write(names, async (handle, done) => {
        const waiting = new Set(
            (await done(handle("outbox").getAll())).map((op) => op.assessment)
        );
        const photos = await done(handle("photo").getAll());
        for (const { state, assessment } of photos) {
            if (state === "queued" || state === "problem") {
                waiting.add(assessment);
            }
        }
        const old = (visit) => visit.is_gone && Date.now() - visit.gone_at > WEEK;
        const visits = await done(handle("visit").getAll());
        const leaving = visits.filter((v) => old(v) && !waiting.has(v.assessment));
        const ids = new Set(leaving.map((visit) => visit.assessment));
        ids.forEach((id) => handle("visit").delete(id));
        for (const { uuid, assessment } of photos) {
            if (ids.has(assessment)) {
                handle("photo").delete(uuid);
            }
        }
        for (const { assessment, item } of await done(handle("answer").getAll())) {
            if (ids.has(assessment)) {
                handle("answer").delete([assessment, item]);
            }
        }
    });
}
