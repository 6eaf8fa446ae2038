import { browser } from "@web/core/browser/browser";

const LIFETIME = 12 * 60 * 60 * 1000;

/** What was typed, kept on this device so that a reload or a lost line loses nothing. */
export class CounterDraft {
    constructor(userId, counterId) {
        this.name = `service_desk.draft.${userId}.${counterId}`;
    }

    save(visit, now = Date.now()) {
        try {
            browser.localStorage.setItem(
                this.name,
                JSON.stringify({ savedAt: now, visit: visit.toDraft() })
            );
            return true;
        } catch {
            // Storage that is full or forbidden must not stop a visit.
            return false;
        }
    }

    load(now = Date.now()) {
        try {
            const kept = JSON.parse(browser.localStorage.getItem(this.name));
            if (kept && now - kept.savedAt < LIFETIME) {
                return kept;
            }
        } catch {
            // Not ours to read any more.
        }
        this.clear();
        return null;
    }

    clear() {
        browser.localStorage.removeItem(this.name);
    }
}
