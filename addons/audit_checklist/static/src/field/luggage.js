import { ask, takeIn } from "./sender";

const WEEK = 7 * 86_400_000;

/** Fetch the user's visits and read them back: only then are they with us. */
export async function takeAlong(store) {
    const luggage = await ask("/audit/field/take");
    const names = ["visit", "version", "answer", "meta"];
    await store.write(names, async (handle, done) => {
        for (const [id, design] of Object.entries(luggage.versions)) {
            handle("version").put({ id: Number(id), design });
        }
        const listed = new Set(luggage.visits.map((visit) => visit.assessment));
        for (const visit of await done(handle("visit").getAll())) {
            // A visit that is no longer ours is not shown; its answers stay.
            if (!listed.has(visit.assessment) && !visit.local) {
                const gone_at = visit.gone_at || Date.now();
                handle("visit").put({ ...visit, is_gone: true, gone_at });
            }
        }
        for (const visit of luggage.visits) {
            await takeIn(handle, done, visit);
        }
    });
    await store.put("meta", {
        key: "taken",
        at: new Date().toISOString(),
        count: luggage.visits.length,
        next_on: luggage.next_on,
        whole: await isWhole(store, luggage),
    });
}

async function isWhole(store, { visits, versions }) {
    const kept = new Set((await store.all("visit")).map((visit) => visit.assessment));
    const designs = new Set((await store.all("version")).map(({ id }) => String(id)));
    return (
        visits.every((visit) => kept.has(visit.assessment)) &&
        Object.keys(versions).every((id) => designs.has(id))
    );
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
