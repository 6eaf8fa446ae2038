import { browser } from "@web/core/browser/browser";

const LIFETIME = 14 * 24 * 60 * 60 * 1000;
const DATABASE = "reform.minutes";
const TABLE = "drafts";

/**
 * What was typed and is not on the server yet, kept on this device at every key.
 *
 * Kept twice: local storage answers at once, but reaches the disk only seconds later;
 * IndexedDB hands every key to the system, so it survives a killed browser. Of the two
 * the later one counts.
 */
export class MinutesStore {
    constructor(userId, meetingId) {
        this.name = `reform.minutes.${userId}.${meetingId}`;
        this.database = openDatabase().catch(() => null);
    }

    save(drafts, now = Date.now()) {
        const kept = JSON.stringify({ savedAt: now, drafts });
        this.write(kept);
        try {
            if (Object.keys(drafts).length) {
                browser.localStorage.setItem(this.name, kept);
            } else {
                browser.localStorage.removeItem(this.name);
            }
            return true;
        } catch {
            // Storage that is full or forbidden must not stop a meeting.
            return false;
        }
    }

    async write(kept) {
        const database = await this.database;
        try {
            database
                ?.transaction(TABLE, "readwrite")
                .objectStore(TABLE)
                .put(kept, this.name);
        } catch {
            // As above: the other copy is still there.
        }
    }

    async load(now = Date.now()) {
        const copies = [this.readLocal(), await this.readDatabase()].map(parse);
        const [last] = copies
            .filter((copy) => copy && now - copy.savedAt < LIFETIME)
            .sort((one, other) => other.savedAt - one.savedAt);
        return last?.drafts || {};
    }

    readLocal() {
        try {
            return browser.localStorage.getItem(this.name);
        } catch {
            return null;
        }
    }

    async readDatabase() {
        const database = await this.database;
        if (!database) {
            return null;
        }
        const table = database.transaction(TABLE, "readonly").objectStore(TABLE);
        return answerOf(table.get(this.name)).catch(() => null);
    }
}

function parse(kept) {
    try {
        return JSON.parse(kept || "null");
    } catch {
        // Not ours to read any more.
        return null;
    }
}

async function openDatabase() {
    const request = window.indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
    return answerOf(request);
}

function answerOf(request) {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
        request.onblocked = () => reject(new Error("blocked"));
    });
}
