import { ask, LoginNeeded, ServerTrouble } from "./asking";
import { digest, isFinal } from "./intake";

/**
 * Sends the journal to the server, a few operations at a time, then the photos.
 *
 * An operation is forgotten only when the server has said of that very one that it
 * has it. A reply that is lost, an error, a log-in form: it stays, and is sent again;
 * the server knows it by its uuid.
 */
const BATCH = 40;
const PIECE = 256 * 1024;
const SHOW_EVERY = 1000;
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 300_000;

export class Sender {
    constructor(store, user, { onChange, onShare }) {
        this.store = store;
        this.user = user;
        this.onChange = onChange;
        this.onShare = onShare;
        this.wait = FIRST_WAIT;
        this.status = "quiet";
    }

    /** Send now; several tabs take turns, and one that waits does not queue up. */
    async send() {
        clearTimeout(this.timer);
        await navigator.locks.request(
            `audit-field-${this.user}`,
            { ifAvailable: true },
            async (lock) => {
                if (lock) {
                    await this.sendAll();
                }
            }
        );
    }

    async sendAll() {
        try {
            this.failed = false;
            await this.sendJournal();
            await this.sendPhotos();
            if (this.failed) {
                throw new ServerTrouble();
            }
            this.wait = FIRST_WAIT;
            this.setStatus("arrived");
        } catch (error) {
            if (error instanceof LoginNeeded) {
                this.setStatus("login");
            } else {
                this.setStatus(navigator.onLine ? "trouble" : "offline");
            }
            this.timer = setTimeout(() => this.send(), this.wait);
            this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
        }
    }

    setStatus(status) {
        if (this.status !== status) {
            this.status = status;
            this.onChange();
        }
    }

    async pending() {
        const ops = (await this.store.all("outbox")).filter((op) => !op.isHeld);
        return ops.sort((a, b) => a.seq - b.seq);
    }

    /** Send all that waits; what the server stumbles over is passed by. */
    async sendJournal() {
        const round = { size: BATCH, stuck: new Set() };
        let left;
        do {
            const pending = await this.pending();
            const open = pending.filter((op) => !round.stuck.has(op.uuid));
            const batch = open.slice(0, round.size);
            if (batch.length) {
                this.setStatus("sending");
            }
            const isSent = await this.tryBatch(batch, round);
            left = isSent ? open.length - batch.length : open.length;
        } while (left > 0);
    }

    /** Send a batch; on trouble halve it, down to the one that makes it. */
    async tryBatch(batch, round) {
        try {
            const verdicts = await this.sendBatch(batch);
            for (const op of batch) {
                if (!isFinal(verdicts[op.uuid])) {
                    round.stuck.add(op.uuid);
                }
            }
            await this.onChange();
            return true;
        } catch (error) {
            if (!(error instanceof ServerTrouble) || !batch.length) {
                throw error;
            }
            if (batch.length > 1) {
                round.size = Math.ceil(batch.length / 2);
            } else {
                this.failed = true;
                round.stuck.add(batch[0].uuid);
            }
            return false;
        }
    }

    async sendBatch(ops) {
        const visits = await this.store.all("visit");
        const device = await this.store.get("meta", "device");
        const known = Object.fromEntries(
            visits.map((visit) => [visit.assessment, visit.revision])
        );
        const reply = await ask("/audit/field/sync", {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({
                device: device.id,
                clock: new Date().toISOString(),
                ops,
                known,
            }),
        });
        await digest(this.store, ops, reply);
        return reply.verdicts;
    }

    async sendPhotos() {
        const waiting = new Set(
            (await this.store.all("outbox")).map((op) => op.payload?.photo)
        );
        for (const photo of await this.store.all("photo")) {
            const announced = !waiting.has(photo.uuid);
            if (photo.state === "queued" && announced && photo.blob) {
                await this.sendPhoto(photo);
            }
        }
        await this.onChange();
    }

    /** Show what has arrived: of many photos, not each by itself. */
    showSome() {
        if (Date.now() - (this.shownAt || 0) > SHOW_EVERY) {
            this.shownAt = Date.now();
            this.onChange();
        }
    }

    async sendPhoto(photo) {
        const url = `/audit/field/photo/${photo.uuid}`;
        const bytes = new Uint8Array(await photo.blob.arrayBuffer());
        try {
            // The reply says how much is there: a beginning that is not new costs
            // one piece, and most photos are one piece.
            let [received, done, problem] = [0, false, ""];
            while (!done && !problem) {
                this.setStatus("sending");
                if (bytes.length > PIECE) {
                    const share = Math.round((100 * received) / bytes.length);
                    this.onShare(photo.uuid, share);
                }
                ({ received, done, problem } = await ask(`${url}?start=${received}`, {
                    method: "POST",
                    headers: { "Content-Type": "application/octet-stream" },
                    body: bytes.slice(received, received + PIECE),
                }));
            }
            await this.store.put("photo", {
                ...photo,
                state: done ? "arrived" : "problem",
            });
            this.showSome();
        } catch (error) {
            if (!(error instanceof ServerTrouble) || error.status !== 404) {
                throw error;
            }
            // Announced, but refused: the reason stands with its operation.
            await this.store.put("photo", { ...photo, state: "problem" });
        } finally {
            if (bytes.length > PIECE) {
                this.onShare(photo.uuid);
            }
        }
    }
}
