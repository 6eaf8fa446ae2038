import { addToPrint, NO_PRINT } from "./prints";

/** Writes down what the inspector does: the answer and its operation at once. */
export class Journal {
    constructor(store, user) {
        this.store = store;
        this.user = user;
    }

    /** The name of this device and its counter, made on first use. */
    async device() {
        return this.store.write(["meta"], async (handle, done) => {
            const known = await done(handle("meta").get("device"));
            if (known) {
                return known.id;
            }
            const id = crypto.randomUUID();
            handle("meta").put({ key: "device", id, seq: 0 });
            return id;
        });
    }

    /**
     * Enter one operation. `also` writes what goes with it in the same transaction; it
     * gets the operation and the stores by name.
     */
    async enter(op, stores = [], also = () => {}) {
        const names = [...new Set(["meta", "outbox", ...stores])];
        return this.store.write(names, async (handle, done) => {
            const device = await done(handle("meta").get("device"));
            const before = device.counts?.[op.assessment] || 0;
            device.seq++;
            const uuid = crypto.randomUUID();
            // What was begun before there were fingerprints goes on without one.
            const print = device.prints?.[op.assessment] || (before ? "" : NO_PRINT);
            device.counts = { ...device.counts, [op.assessment]: before + 1 };
            if (print) {
                const sum = addToPrint(print, uuid);
                device.prints = { ...device.prints, [op.assessment]: sum };
            }
            handle("meta").put(device);
            const entry = {
                uuid,
                user: this.user,
                device: device.id,
                seq: device.seq,
                at: new Date().toISOString(),
                payload: {},
                ...op,
            };
            if (entry.kind === "submit") {
                // The manifest: what must have arrived before this one.
                entry.payload = { ...entry.payload, ops: before };
                if (print) {
                    entry.payload.print = print;
                }
            }
            handle("outbox").put(entry);
            await also(entry, handle, done);
            return entry;
        });
    }

    answer(assessment, item, value, known) {
        const answer = {
            assessment,
            item,
            value,
            revision: known?.revision || 0,
            by: this.user,
            at: new Date().toISOString(),
        };
        return this.enter(
            { assessment, item, kind: "answer", payload: value, base: answer.revision },
            ["answer"],
            (entry, handle) => handle("answer").put({ ...answer, op: entry.uuid })
        );
    }

    photo(assessment, item, picture, place) {
        const photo = crypto.randomUUID();
        const payload = {
            photo,
            sha256: picture.sha256,
            size: picture.blob.size,
            ...(place || {}),
        };
        return this.enter(
            { assessment, item, kind: "photo", payload },
            ["photo"],
            (_entry, handle) =>
                handle("photo").put({
                    uuid: photo,
                    assessment,
                    item,
                    blob: picture.blob,
                    state: "queued",
                    user: this.user,
                })
        );
    }

    removePhoto(photo) {
        return this.changePhoto(photo, "photo_removed", {}, { state: "removed" });
    }

    notePhoto(photo, note) {
        return this.changePhoto(photo, "photo_note", { note }, { note });
    }

    changePhoto({ assessment, item, uuid }, kind, payload, changes) {
        return this.enter(
            { assessment, item, kind, payload: { photo: uuid, ...payload } },
            ["photo"],
            async (_entry, handle, done) => {
                const photo = await done(handle("photo").get(uuid));
                handle("photo").put({ ...photo, ...changes });
            }
        );
    }
}
