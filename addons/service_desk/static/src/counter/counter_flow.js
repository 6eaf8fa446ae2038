import { markRaw } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { CounterDraft } from "./counter_draft";
import { CounterLink } from "./counter_link";
import { CounterLines } from "./counter_lines";
import { lookUpUnseen } from "./counter_unseen";
import { CounterVisit } from "./counter_visit";
import { hourText } from "./texts";

const COUNTER_KEY = "service_desk.counter";
const DRAFT_DELAY = 300;

/**
 * What happens at a counter from the first digit to the receipt; components show it.
 *
 * `stage` is "ready", "open", "registered", "information" or "handover".
 */
export class CounterFlow extends CounterLines {
    /** `focus(place)` moves the cursor, `print(report, id)` prints a paper. */
    constructor(orm, { focus, print }) {
        super();
        Object.assign(this, {
            focus,
            print,
            screen: null,
            visit: null,
            stage: "ready",
            service: null,
            result: null,
            isAdding: true,
            isBusy: false,
            draftedAt: "",
            isRestored: false,
            isPaperMissing: false,
            // The hall's column sets it: {nextText, next, waiting, call()}.
            queue: null,
        });
        this.link = new CounterLink(markRaw(orm), focus);
        this.draftTimer = 0;
    }

    // === Opening ===

    async open(counterId) {
        const wanted = counterId || Number(browser.localStorage.getItem(COUNTER_KEY));
        const screen = await this.link.orm.call("service.desk.visit", "counter_open", [
            wanted || false,
        ]);
        this.screen = screen;
        if (!screen.counter) {
            return;
        }
        browser.localStorage.setItem(COUNTER_KEY, screen.counter.id);
        this.visit = new CounterVisit(screen.services, screen.elsewhere);
        this.draft = markRaw(new CounterDraft(user.userId, screen.counter.id));
        this.restoreDraft();
        this.focus(this.firstPlace);
        this.link.onRestore = () => lookUpUnseen(this);
        await lookUpUnseen(this);
    }

    changeCounter() {
        browser.localStorage.removeItem(COUNTER_KEY);
        this.screen = { ...this.screen, counter: false };
    }

    async refreshReturns() {
        if (!this.screen?.counter || this.link.isOffline) {
            return;
        }
        const returns = await this.link.call("counter_returns", [
            this.screen.counter.id,
        ]);
        if (returns) {
            this.screen.returns = returns;
        }
    }

    // === Stages ===

    get firstPlace() {
        if (this.result) {
            return "next";
        }
        if (!this.visit?.client) {
            return "identifier";
        }
        if (!this.visit.hasClient) {
            return "name";
        }
        if (!this.visit.lines.length) {
            return "service";
        }
        const lacking = this.visit.lines.findIndex(
            (line) => this.visit.missing(line).length
        );
        return lacking < 0 ? "register" : this.documentPlace(lacking);
    }

    /** The first document of a service: each service of a visit has its own. */
    documentPlace(index = this.visit.current) {
        return `document-${index}`;
    }

    get openStage() {
        if (this.result) {
            return "registered";
        }
        return this.visit.client ? "open" : "ready";
    }

    get tiles() {
        const { services, tiles } = this.screen;
        return tiles.map((id) => services.find((service) => service.id === id));
    }

    setClient(found) {
        this.visit.client = found;
        this.stage = "open";
        this.say(found.partner_id ? _t("Found: %s", found.name) : _t("A new client"));
        this.focus(found.partner_id ? this.firstPlace : "name");
        this.touch();
    }

    editClient() {
        this.visit.client = null;
        this.stage = "ready";
        this.focus("identifier");
    }

    inform(service) {
        this.visit.startedAt ||= Date.now();
        this.service = service;
        this.stage = "information";
        this.focus("told");
    }

    /** From information to a request for the same service. */
    registerInstead() {
        const { service } = this;
        this.leaveInformation();
        this.pick(service);
        this.focus(this.visit.client ? this.documentPlace() : "identifier");
    }

    leaveInformation() {
        this.service = null;
        this.stage = this.openStage;
        this.focus(this.firstPlace);
    }

    /** One step back; nothing that was typed is lost. */
    back() {
        if (this.stage === "information") {
            this.leaveInformation();
        } else if (this.stage === "handover") {
            this.stage = this.openStage;
            this.focus(this.firstPlace);
        } else if (this.stage === "open" && !this.isAdding) {
            this.addAnother();
        } else if (this.stage === "open") {
            this.editClient();
        } else if (this.stage === "ready") {
            this.focus("identifier");
        } else {
            return false;
        }
        return true;
    }

    // === Register ===

    get canPress() {
        return !this.link.isOffline && !this.isBusy && this.visit.canRegister;
    }

    /** On the spot the first press starts the clock and the second one delivers. */
    async register() {
        if (!this.canPress) {
            return;
        }
        if (this.visit.isOnTheSpot && !this.visit.onTheSpotAt) {
            this.visit.onTheSpotAt = Date.now();
            this.touch();
            return;
        }
        if (this.refuse()) {
            return;
        }
        this.isBusy = true;
        const payload = this.visit.toPayload(this.screen.counter.id, Date.now());
        const result = await this.link.call("counter_register", [payload], "register");
        this.isBusy = false;
        if (result) {
            this.finish(result);
            this.print("service_desk.report_receipt", result.visit_id);
            this.refreshReturns();
        }
    }

    /** Says what is lacking where it is lacking; nothing is sent. */
    refuse() {
        if (this.visit.lacksSignature) {
            this.link.fail("signature", _t("The recipient signs for the original."));
        } else if (this.visit.lacksRepresentative) {
            this.link.fail(
                "representative",
                _t("Write who came on behalf of the client.")
            );
        } else if (this.visit.lacksDeed) {
            this.link.fail("deed", _t("Write the number of the power of attorney."));
        } else {
            return false;
        }
        return true;
    }

    finish(result) {
        this.forgetDraft();
        this.result = result;
        this.stage = "registered";
        const codes = result.requests.map((request) => [...request.code].join(" "));
        this.say(`${_t("Registered: %s", codes.join(", "))}. ${result.sentence}`);
        this.focus("next");
    }

    nextClient() {
        this.forgetDraft();
        this.visit.reset();
        this.link.clear();
        Object.assign(this, {
            stage: "ready",
            result: null,
            service: null,
            isAdding: true,
        });
        this.focus("identifier");
    }

    say(sentence) {
        this.link.say(sentence);
    }

    // === Draft ===

    /** Keeps what was typed a moment after the last key. */
    touch() {
        browser.clearTimeout(this.draftTimer);
        this.draftTimer = browser.setTimeout(() => this.saveDraft(), DRAFT_DELAY);
    }

    saveDraft() {
        browser.clearTimeout(this.draftTimer);
        const isOpen = this.visit && !this.visit.isEmpty && this.stage !== "registered";
        if (isOpen && this.draft.save(this.visit)) {
            this.draftedAt = hourText(new Date());
        }
    }

    restoreDraft() {
        const kept = this.draft.load();
        if (kept) {
            this.visit.restore(kept.visit);
            this.stage = this.openStage;
            this.isAdding = !this.visit.lines.length;
            this.isRestored = true;
            this.draftedAt = hourText(new Date(kept.savedAt));
        }
    }

    forgetDraft() {
        browser.clearTimeout(this.draftTimer);
        this.draft.clear();
        this.draftedAt = "";
        this.isRestored = false;
    }

    close() {
        this.saveDraft();
        this.link.close();
    }
}
