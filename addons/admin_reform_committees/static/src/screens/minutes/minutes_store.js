import { browser } from "@web/core/browser/browser";

const LIFETIME = 14 * 24 * 60 * 60 * 1000;

/** What was typed and is not on the server yet, kept on this device at every key. */
export class MinutesStore {
    constructor(userId, meetingId) {
        this.name = `reform.minutes.${userId}.${meetingId}`;
    }

    save(drafts, now = Date.now()) {
        try {
            if (Object.keys(drafts).length) {
                browser.localStorage.setItem(
                    this.name,
                    JSON.stringify({ savedAt: now, drafts })
                );
            } else {
                browser.localStorage.removeItem(this.name);
            }
            return true;
        } catch {
            // Storage that is full or forbidden must not stop a meeting.
            return false;
        }
    }

    load(now = Date.now()) {
        try {
            const kept = JSON.parse(browser.localStorage.getItem(this.name));
            if (kept && now - kept.savedAt < LIFETIME) {
                return kept.drafts;
            }
        } catch {
            // Not ours to read any more.
        }
        return {};
    }
}
