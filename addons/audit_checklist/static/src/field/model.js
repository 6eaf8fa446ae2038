import { reactive } from "@odoo/owl";
import { LoginNeeded, ServerTrouble } from "./asking";
import { Place, shrink, TooLarge } from "./camera";
import { dayKey } from "./dates";
import { Journal } from "./journal";
import { makeRoom, takeAlong } from "./luggage";
import { askOnce } from "./permissions";
import { FieldReading } from "./reading";
import { saveRescue } from "./rescue";
import { Sender } from "./sender";
import { setup } from "./setup";
import { Store } from "./store";

const EVERY = 60_000;
const NO_NETWORK = new Set(["TypeError", "TimeoutError", "AbortError"]);

/** All that the screens show; it changes only after the phone's store has. */
export class FieldModel extends FieldReading {
    constructor(user = setup.user.id) {
        super();
        this.user = user;
        this.store = new Store(user);
        this.journal = new Journal(this.store, user);
        this.place = new Place();
        this.sender = new Sender(this.store, user, {
            onChange: () => this.refresh(),
            onShare: (photo, share) => this.showShare(photo, share),
        });
        this.data = reactive({
            // counts the readings: what shows more than it reads itself follows it
            turn: 0,
            visits: [],
            versions: {},
            answers: {},
            photos: [],
            // by their own taker: the server may not have heard of it yet
            removed: [],
            // how much of a photo has been sent, in percent
            shares: {},
            queue: [],
            // operations made here ever since, by visit: their number and fingerprint
            counts: {},
            prints: {},
            attention: [],
            network: "quiet",
            news: null,
            taken: null,
            // how many of the visits are read back, while they are taken along
            taking: null,
            hasCamera: true,
            others: 0,
            problem: "",
            // what the page itself did wrong since it was loaded
            fault: "",
        });
    }

    /** Open the store and begin to send: once, whoever asks for it. */
    start() {
        this.started ??= this.open();
        return this.started;
    }

    async open() {
        await this.store.start();
        this.device = await this.journal.device();
        await this.refresh();
        this.channel = new BroadcastChannel(this.store.name);
        this.channel.onmessage = () => this.refresh(false);
        window.addEventListener("online", () => this.send());
        window.addEventListener("offline", () => this.refresh());
        document.addEventListener("visibilitychange", () => {
            if (document.visibilityState === "visible") {
                this.send();
            }
        });
        setInterval(() => this.send(), EVERY);
        this.data.others = await this.store.countOfOthers();
        await this.send();
        await this.takeAlong();
        await makeRoom(this.store);
    }

    /**
     * Show what the phone's store holds: there is no other truth. One reading at a
     * time, for one that began earlier and ends later would show what is past; the
     * promise is kept by a reading that begins after the call.
     */
    refresh(tellOthers = true) {
        if (!this.reading) {
            this.reading = this.read(tellOthers).finally(() => (this.reading = null));
            return this.reading;
        }
        this.next ??= this.reading
            .catch(() => {})
            .then(() => {
                this.next = null;
                return this.refresh(tellOthers);
            });
        return this.next;
    }

    async read(tellOthers) {
        const names = ["visit", "version", "answer", "photo", "outbox", "attention"];
        const rows = await Promise.all(names.map((name) => this.store.all(name)));
        const [visits, versions, answers, photos, queue, attention] = rows;
        const byVisit = {};
        const device = await this.store.get("meta", "device");
        for (const answer of answers) {
            (byVisit[answer.assessment] ||= {})[answer.item] = answer;
        }
        Object.assign(this.data, {
            turn: this.data.turn + 1,
            visits: visits.sort((a, b) => (a.planned_start < b.planned_start ? -1 : 1)),
            versions: Object.fromEntries(versions.map((row) => [row.id, row.design])),
            answers: byVisit,
            photos: photos.filter(({ state }) => state !== "removed"),
            removed: photos.filter(({ state }) => state === "removed"),
            queue: queue.sort((a, b) => a.seq - b.seq),
            attention,
            network: navigator.onLine ? this.sender.status : "offline",
            counts: device?.counts || {},
            prints: device?.prints || {},
            news: await this.store.get("meta", "news"),
            taken: await this.store.get("meta", "taken"),
        });
        if (tellOthers) {
            this.channel?.postMessage("changed");
        }
    }

    send() {
        return this.sender.send();
    }

    async takeAlong() {
        if (this.data.taking) {
            return;
        }
        this.data.taking = { count: 0, all: 0 };
        try {
            await takeAlong(this.store, (count, all) => {
                this.data.taking = { count, all };
            });
        } catch (error) {
            if (error instanceof LoginNeeded) {
                this.sender.setStatus("login");
            } else if (
                !(error instanceof ServerTrouble) &&
                !NO_NETWORK.has(error.name)
            ) {
                console.warn(error);
                this.data.problem = "store";
            }
        }
        this.data.taking = null;
        await this.refresh();
        this.data.hasCamera = await askOnce(this.store);
    }

    showShare(photo, share) {
        if (share === undefined) {
            delete this.data.shares[photo];
        } else {
            this.data.shares[photo] = share;
        }
    }

    /** Let the browser save all that is not surely on the server. */
    save() {
        return saveRescue(this.store, this.user, this.device);
    }

    async act(work) {
        try {
            this.data.problem = "";
            await work();
        } catch (error) {
            console.warn(error);
            this.data.problem = "store";
            return false;
        } finally {
            await this.refresh();
        }
        this.send();
        return true;
    }

    begin(visit) {
        return this.enter(visit, "start", { ...this.place.last });
    }

    enter(visit, kind, payload, item = "", base = 0) {
        const { assessment } = visit;
        return this.act(() =>
            this.journal.enter({ assessment, kind, item, payload, base })
        );
    }

    answer(visit, code, value) {
        const known = this.answersOf(visit)[code];
        return this.act(() =>
            this.journal.answer(visit.assessment, code, value, known)
        );
    }

    /** Keep photos one after another, shrunk; of what is none it is told why. */
    async addPhotos({ assessment }, code, sources) {
        let problem = "";
        const areKept = await this.act(async () => {
            for (const source of sources) {
                const picture = await shrink(source).catch((error) => {
                    problem = error instanceof TooLarge ? "size" : "picture";
                });
                if (picture) {
                    const place = this.place.last;
                    await this.journal.photo(assessment, code, picture, place);
                }
            }
        });
        if (areKept) {
            this.data.problem = problem;
        }
        return areKept && !problem;
    }

    removePhoto(photo) {
        return this.act(() => this.journal.removePhoto(photo));
    }

    notePhoto(photo, note) {
        return this.act(() => this.journal.notePhoto(photo, note));
    }

    /** Send a photo once more that had not arrived. */
    sendAgain({ uuid }) {
        return this.act(async () => {
            const photo = await this.store.get("photo", uuid);
            await this.store.put("photo", { ...photo, state: "queued" });
        });
    }

    submit(visit) {
        const photos = this.data.photos.filter(
            (photo) => photo.assessment === visit.assessment
        ).length;
        const { answered_count: answers } = this.result(visit);
        return this.enter(visit, "submit", { ...this.place.last, answers, photos });
    }

    /** Ask the officer to correct what was refused, and remember having asked. */
    async askCorrection(visit, op, text) {
        if (await this.enter(visit, "feedback", { text })) {
            await this.act(() => this.store.put("attention", { ...op, isAsked: true }));
        }
    }

    async addExtra(beside, name, reason) {
        const assessment = crypto.randomUUID();
        const visit = {
            ...beside,
            assessment,
            kind: "added_on_site",
            state: "planned",
            local: true,
            revision: -1,
            unit: { ...beside.unit, name, parent: beside.unit.name, phone: "" },
            context: { unit_kind: "subordinate", has_earlier_visit: false },
            planned_start: new Date(this.now).toISOString(),
            planned_stop: new Date(this.now).toISOString(),
            day: dayKey(this.now),
            answers: {},
            photos: [],
            conflicts: [],
            earlier: {},
            host: {},
            return_codes: [],
        };
        const payload = { name, reason, beside: beside.assessment };
        await this.act(() =>
            this.journal.enter(
                { assessment, kind: "extra", payload },
                ["visit"],
                (_entry, handle) => handle("visit").put(visit)
            )
        );
        return assessment;
    }
}
