/**
 * The phone's own store: visits taken along, answers, and the journal not yet sent.
 *
 * One database per user, so that a shared phone keeps people apart. It is only ever
 * added to: an upgrade creates what is missing and deletes nothing. Each write is
 * awaited, with strict durability, before a screen may show it as done.
 */
const PREFIX = "audit_field_";
const VERSION = 2;
// name: [key, indexes]; those of later versions stand at the end.
const STORES = {
    meta: ["key"],
    visit: ["assessment"],
    version: ["id"],
    answer: [["assessment", "item"]],
    outbox: ["uuid"],
    photo: ["uuid"],
    attention: ["uuid"],
};

function done(request) {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

/**
 * Copy what the screens hold: they watch it through proxies, which no store takes.
 * Blobs and the like are handed on as they are.
 */
function plain(value) {
    if (Array.isArray(value)) {
        return value.map(plain);
    }
    if (Object.prototype.toString.call(value) !== "[object Object]") {
        return value;
    }
    return Object.fromEntries(
        Object.entries(value).map(([key, entry]) => [key, plain(entry)])
    );
}

/** A store within a transaction, which takes what the screens hold. */
class Handle {
    constructor(store) {
        this.store = store;
    }

    get(key) {
        return this.store.get(key);
    }

    getAll() {
        return this.store.getAll();
    }

    put(value) {
        return this.store.put(plain(value));
    }

    delete(key) {
        return this.store.delete(key);
    }
}

function open(name) {
    const request = indexedDB.open(name, VERSION);
    request.onupgradeneeded = () => {
        const { result: database } = request;
        for (const [store, [keyPath]] of Object.entries(STORES)) {
            if (!database.objectStoreNames.contains(store)) {
                database.createObjectStore(store, { keyPath });
            }
        }
    };
    return new Promise((resolve, reject) => {
        request.onblocked = () => reject(new Error("blocked"));
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
            // Another tab wants to upgrade: do not stand in its way.
            request.result.onversionchange = () => request.result.close();
            resolve(request.result);
        };
    });
}

export class Store {
    constructor(user) {
        this.name = `${PREFIX}${user}`;
    }

    async start() {
        this.database = await open(this.name);
        await navigator.storage?.persist?.();
    }

    all(store) {
        return done(this.database.transaction(store).objectStore(store).getAll());
    }

    get(store, key) {
        return done(this.database.transaction(store).objectStore(store).get(key));
    }

    /** Do all of `work` or nothing of it; resolve once it is on the disk. */
    write(stores, work) {
        return new Promise((resolve, reject) => {
            const transaction = this.database.transaction(stores, "readwrite", {
                durability: "strict",
            });
            let result;
            transaction.oncomplete = () => resolve(result);
            transaction.onerror = () => reject(transaction.error);
            transaction.onabort = () => reject(transaction.error || new Error("abort"));
            const handle = (name) => new Handle(transaction.objectStore(name));
            Promise.resolve(work(handle, done)).then(
                (value) => {
                    result = value;
                },
                (error) => {
                    reject(error);
                    transaction.abort();
                }
            );
        });
    }

    put(store, value) {
        return this.write([store], (handle) => handle(store).put(value));
    }

    /** How many operations other people left on this phone, without saying which. */
    async countOfOthers() {
        const databases = (await indexedDB.databases?.()) || [];
        let count = 0;
        for (const { name } of databases) {
            if (name.startsWith(PREFIX) && name !== this.name) {
                const other = await open(name);
                if (other.objectStoreNames.contains("outbox")) {
                    count += await done(
                        other.transaction("outbox").objectStore("outbox").count()
                    );
                }
                other.close();
            }
        }
        return count;
    }
}
