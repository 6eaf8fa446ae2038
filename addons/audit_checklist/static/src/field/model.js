import { reactive } from "@odoo/owl";
import { score } from "../scoring/scoring";
import { dayKey } from "./dates";
import { Journal } from "./journal";
import { LoginNeeded, Sender, ask, takeIn } from "./sender";
import { Place } from "./camera";
import { setup } from "./setup";
import { Store } from "./store";

const EVERY = 60_000;
const SENT = ["submitted", "accepted", "closed"];
const WORKABLE = ["in_progress", "returned"];

function asksForPhoto(item, { state, failed }) {
    const counts = state === "scored" || state === "unscored";
    const policy = item.photo_policy;
    return counts && (policy === "always" || (policy === "on_fail" && failed));
}

/** All that the screens show; it changes only after the phone's store has. */
export class FieldModel {
    constructor(user = setup.user.id) {
        this.user = user;
        this.store = new Store(user);
        this.journal = new Journal(this.store, user);
        this.place = new Place();
        this.sender = new Sender(this.store, user, () => this.refresh());
        this.data = reactive({
            visits: [],
            versions: {},
            answers: {},
            photos: [],
            queue: [],
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
    }

    /** Read everything again from the phone's store: there is no other truth. */
    async refresh(tellOthers = true) {
        const names = ["visit", "version", "answer", "photo", "outbox", "attention"];
        const rows = await Promise.all(names.map((name) => this.store.all(name)));
        const [visits, versions, answers, photos, queue, attention] = rows;
        const byVisit = {};
        for (const answer of answers) {
            (byVisit[answer.assessment] ||= {})[answer.item] = answer;
        }
        Object.assign(this.data, {
            visits: visits.sort((a, b) => (a.planned_start < b.planned_start ? -1 : 1)),
            versions: Object.fromEntries(versions.map((row) => [row.id, row.design])),
            answers: byVisit,
            photos: photos.filter((photo) => photo.state !== "removed"),
            queue: queue.sort((a, b) => a.seq - b.seq),
            attention,
            network: navigator.onLine ? this.sender.status : "offline",
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

    /** Fetch the visits and read them back: only then are they with us. */
    async takeAlong() {
        if (this.data.taking) {
            return;
        }
        this.data.taking = true;
        try {
            const package_ = await ask("/audit/field/take");
            await this.keep(package_);
        } catch (error) {
            if (error instanceof LoginNeeded) {
                this.sender.setStatus("login");
            }
        }
        this.data.taking = false;
        await this.refresh();
    }

    async keep(package_) {
        const names = ["visit", "version", "answer", "meta"];
        await this.store.write(names, async (handle, done) => {
            for (const [id, design] of Object.entries(package_.versions)) {
                handle("version").put({ id: Number(id), design });
            }
            const listed = new Set(package_.visits.map((visit) => visit.assessment));
            for (const visit of await done(handle("visit").getAll())) {
                // A visit that is no longer ours is not shown; its answers stay.
                if (!listed.has(visit.assessment) && !visit.local) {
                    handle("visit").put({ ...visit, is_gone: true });
                }
            }
            for (const visit of package_.visits) {
                await takeIn(handle, done, visit);
            }
        });
        const kept = new Set((await this.store.all("visit")).map((v) => v.assessment));
        const whole = package_.visits.every((visit) => kept.has(visit.assessment));
        await this.store.put("meta", {
            key: "taken",
            at: new Date().toISOString(),
            count: package_.visits.length,
            next_on: package_.next_on,
            whole,
        });
    }

    // === Reading ===
    visit(assessment) {
        return this.data.visits.find((visit) => visit.assessment === assessment);
    }

    design(visit) {
        return this.data.versions[visit.version];
    }

    get visits() {
        return this.data.visits.filter((visit) => !visit.is_gone);
    }

    visitsOn(offset) {
        const day = dayKey(Date.now() + offset * 86_400_000);
        return this.visits.filter(
            (visit) =>
                visit.day === day ||
                (offset === 0 && visit.day < day && !SENT.includes(this.stateOf(visit)))
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

    result(visit) {
        return score(this.design(visit), this.valuesOf(visit), visit.context);
    }

    /** The photos of an item: own ones, and those a colleague took. */
    photosOf(visit, code) {
        const own = this.data.photos.filter(
            (photo) => photo.assessment === visit.assessment && photo.item === code
        );
        const known = new Set(this.allPhotoIds);
        const theirs = visit.photos.filter(
            (photo) => photo.item === code && !known.has(photo.uuid)
        );
        return [...own, ...theirs.map((photo) => ({ ...photo, isTheirs: true }))];
    }

    get allPhotoIds() {
        return this.data.photos.map((photo) => photo.uuid);
    }

    waitingPhotos(visit) {
        return this.data.photos.filter(
            (photo) => photo.assessment === visit.assessment && photo.state === "queued"
        ).length;
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
            if (outcome.state === "open" && item.required) {
                const given = this.answersOf(visit)[item.code]?.value.option;
                return [{ item, why: given ? "reason" : "open" }];
            }
            const isMissing =
                asksForPhoto(item, outcome) && !this.photosOf(visit, item.code).length;
            return isMissing ? [{ item, why: "photo" }] : [];
        });
    }

    // === Doing ===
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
            planned_start: new Date().toISOString(),
            planned_stop: new Date().toISOString(),
            day: dayKey(Date.now()),
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

    /** Return all that is on this phone and not surely on the server, as a file. */
    async rescue() {
        const photos = [];
        for (const photo of await this.store.all("photo")) {
            if (photo.state !== "arrived" && photo.blob) {
                const bytes = new Uint8Array(await photo.blob.arrayBuffer());
                let text = "";
                bytes.forEach((byte) => (text += String.fromCharCode(byte)));
                photos.push({ uuid: photo.uuid, data: btoa(text) });
            }
        }
        const content = {
            format: "audit-field-1",
            user: this.user,
            device: this.device,
            saved_at: new Date().toISOString(),
            ops: await this.store.all("outbox"),
            attention: await this.store.all("attention"),
            photos,
        };
        return new Blob([JSON.stringify(content)], { type: "application/json" });
    }
}
