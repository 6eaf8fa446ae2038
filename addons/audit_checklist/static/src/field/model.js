import { reactive } from "@odoo/owl";
import { Place } from "./camera";
import { dayKey } from "./dates";
import { Journal } from "./journal";
import { makeRoom, takeAlong } from "./luggage";
import { FieldReading } from "./reading";
import { LoginNeeded, Sender, ServerTrouble } from "./sender";
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
        this.sender = new Sender(this.store, user, () => this.refresh());
        this.data = reactive({
            // counts the readings: what shows more than it reads itself follows it
            turn: 0,
            visits: [],
            versions: {},
            answers: {},
            photos: [],
            queue: [],
            // operations made here, by visit, ever since
            counts: {},
            attention: [],
            network: "quiet",
            news: null,
            taken: null,
            taking: false,
            others: 0,
            problem: "",
        });
    }

    async start() {
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
        for (const answer of answers) {
            (byVisit[answer.assessment] ||= {})[answer.item] = answer;
        }
        Object.assign(this.data, {
            turn: this.data.turn + 1,
            visits: visits.sort((a, b) => (a.planned_start < b.planned_start ? -1 : 1)),
            versions: Object.fromEntries(versions.map((row) => [row.id, row.design])),
            answers: byVisit,
            photos: photos.filter((photo) => photo.state !== "removed"),
            queue: queue.sort((a, b) => a.seq - b.seq),
            attention,
            network: navigator.onLine ? this.sender.status : "offline",
            counts: (await this.store.get("meta", "device"))?.counts || {},
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
        this.data.taking = true;
        try {
            await takeAlong(this.store);
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
        this.data.taking = false;
        await this.refresh();
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

    addPhoto(visit, code, picture) {
        return this.act(() =>
            this.journal.photo(visit.assessment, code, picture, this.place.last)
        );
    }

    removePhoto(photo) {
        return this.act(() => this.journal.removePhoto(photo));
    }

    submit(visit) {
        const photos = this.data.photos.filter(
            (photo) => photo.assessment === visit.assessment
        ).length;
        return this.enter(visit, "submit", { ...this.place.last, photos });
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
