import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";

const MODEL = "service.desk.visit";
const RETRY_DELAY = 5000;
const PROBE = "/web/static/img/favicon.ico";

/** The line to the server: whether it is there, and what went wrong in one sentence. */
export class CounterLink {
    /** `focus(place)` moves the cursor to what a problem is about. */
    constructor(orm, focus) {
        this.orm = orm;
        this.focus = focus;
        // What a screen reader hears.
        this.said = "";
        this.isOffline = !browser.navigator.onLine;
        this.problem = "";
        this.problemAt = "";
        this.retryTimer = 0;
        this.onRestore = () => {};
    }

    /** Calls the server; a problem is told at the place it is about, and is no answer. */
    async call(method, args, place) {
        try {
            const answer = await this.orm.silent.call(MODEL, method, args);
            this.restore();
            this.clear();
            return answer;
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                this.lose();
                this.retryLater();
            } else if (place) {
                const sentence = error.data?.message;
                this.fail(place, sentence || _t("No answer came; try again."));
            }
            return null;
        }
    }

    fail(place, sentence) {
        this.problem = sentence;
        this.problemAt = place;
        this.focus(place);
    }

    clear() {
        this.problem = "";
        this.problemAt = "";
    }

    say(sentence) {
        this.said = sentence;
    }

    lose() {
        this.isOffline = true;
        this.say(_t("The connection is lost."));
    }

    restore() {
        if (this.isOffline) {
            this.isOffline = false;
            this.say(_t("The connection is back."));
            this.onRestore();
        }
    }

    retryLater() {
        browser.clearTimeout(this.retryTimer);
        this.retryTimer = browser.setTimeout(async () => {
            const options = { method: "HEAD", cache: "no-store" };
            const answer = await browser.fetch(PROBE, options).catch(() => null);
            if (answer?.ok) {
                this.restore();
            } else {
                this.retryLater();
            }
        }, RETRY_DELAY);
    }

    close() {
        browser.clearTimeout(this.retryTimer);
    }
}
