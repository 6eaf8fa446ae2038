import { isMobile, isNationalCode, onlyDigits, searchKey } from "./texts";

const SHORTEST_SEARCH = 2;
const LONGEST_LIST = 7;
const LENGTHS = { national: 10, legal: 11, foreigner: 12, code: 10 };
const SHORTEST_FOREIGNER = 8;

/** Makes a key under which the server registers this visit once, whatever is resent. */
function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * One client in front of the counter: what was typed and ticked so far.
 *
 * Knows nothing of the screen or the server, so that it can be kept, restored and
 * tested by itself.
 */
export class CounterVisit {
    constructor(services, elsewhere = []) {
        this.services = services;
        // Found by name too, so that the clerk can say where; never chosen.
        this.elsewhere = elsewhere;
        this.reset();
    }

    reset() {
        Object.assign(this, {
            key: newKey(),
            startedAt: 0,
            onTheSpotAt: 0,
            kind: "national",
            identifier: "",
            client: null,
            name: "",
            mobile: "",
            priority: "normal",
            representative: { isShown: false, name: "", kind: "attorney", number: "" },
            fee: { isShown: false, method: "", number: "" },
            signature: "",
            isSignedOnPaper: false,
            lines: [],
            current: -1,
        });
    }

    // === Client ===

    get digits() {
        return onlyDigits(this.identifier);
    }

    get isIdentifierFull() {
        return this.digits.length >= LENGTHS[this.kind];
    }

    get isIdentifierValid() {
        const { length } = this.digits;
        if (this.kind === "national") {
            return isNationalCode(this.identifier);
        }
        return this.kind === "foreigner"
            ? length >= SHORTEST_FOREIGNER && length <= LENGTHS.foreigner
            : length === LENGTHS[this.kind];
    }

    get isKnown() {
        return Boolean(this.client?.partner_id);
    }

    get hasClient() {
        return this.isKnown || Boolean(this.client && this.name.trim());
    }

    get isMobileWrong() {
        return Boolean(this.mobile) && !isMobile(this.mobile);
    }

    get isEmpty() {
        return !this.identifier && !this.client && !this.lines.length;
    }

    // === Services ===

    /** The services that match what was typed: a number, or two letters of any word. */
    find(text) {
        const digits = onlyDigits(text);
        if (digits) {
            const exact = this.services.filter(
                (service) => String(service.number) === digits
            );
            const codes = [...this.services, ...this.elsewhere].filter(
                (service) => digits.length >= 4 && service.code.startsWith(digits)
            );
            return [...exact, ...codes].slice(0, LONGEST_LIST);
        }
        const words = text.trim().split(/\s+/).map(searchKey);
        if (words.join("").length < SHORTEST_SEARCH) {
            return [];
        }
        return [...this.services, ...this.elsewhere]
            .filter((service) => words.every((word) => service.search.includes(word)))
            .sort((a, b) => b.is_open - a.is_open)
            .slice(0, LONGEST_LIST);
    }

    add(service) {
        const known = this.lines.findIndex((line) => line.service_id === service.id);
        if (known >= 0) {
            this.current = known;
            return;
        }
        this.lines.push({
            service_id: service.id,
            received: [],
            needed: [],
            asked: [],
        });
        this.current = this.lines.length - 1;
    }

    remove(index) {
        this.lines.splice(index, 1);
        this.current = this.lines.length - 1;
    }

    serviceOf(line) {
        return this.services.find((service) => service.id === line.service_id);
    }

    get line() {
        return this.lines[this.current];
    }

    // === Documents ===

    /** The documents that have a box: not ours to obtain, and their condition holds. */
    boxes(line) {
        return this.serviceOf(line).documents.filter(
            (document) =>
                document.form !== "agency" &&
                (!document.condition || line.needed.includes(document.id))
        );
    }

    /** The conditions nobody has answered yet, or that were answered with no. */
    questions(line) {
        return this.serviceOf(line).documents.filter(
            (document) => document.condition && !line.needed.includes(document.id)
        );
    }

    answer(line, document, applies) {
        line.asked = [...new Set([...line.asked, document.id])];
        line.needed = line.needed.filter((id) => id !== document.id);
        if (applies) {
            line.needed.push(document.id);
        }
    }

    toggle(line, document) {
        line.received = line.received.includes(document.id)
            ? line.received.filter((id) => id !== document.id)
            : [...line.received, document.id];
    }

    tickAll(line) {
        line.received = this.boxes(line).map((document) => document.id);
    }

    missing(line) {
        return this.boxes(line).filter(
            (document) => document.mandatory && !line.received.includes(document.id)
        );
    }

    get missingCount() {
        return this.lines.reduce((total, line) => total + this.missing(line).length, 0);
    }

    // === Register ===

    get isOnTheSpot() {
        return (
            this.lines.length > 0 &&
            this.missingCount === 0 &&
            this.lines.every((line) => this.serviceOf(line).mode === "on_the_spot")
        );
    }

    /** Whether an original is handed over at once and nobody has signed for it. */
    get lacksSignature() {
        const isOriginal = this.lines.some(
            (line) => this.serviceOf(line).hands_original
        );
        return (
            this.isOnTheSpot && isOriginal && !this.signature && !this.isSignedOnPaper
        );
    }

    get lacksRepresentative() {
        const { isShown, name } = this.representative;
        return isShown && !name.trim();
    }

    get lacksDeed() {
        const { isShown, kind, number } = this.representative;
        return isShown && kind === "attorney" && !number.trim();
    }

    get asksSignature() {
        return this.lacksSignature || Boolean(this.signature) || this.isSignedOnPaper;
    }

    get canRegister() {
        return this.hasClient && !this.isMobileWrong && this.lines.length > 0;
    }

    get cost() {
        return this.lines.reduce((total, line) => total + this.serviceOf(line).cost, 0);
    }

    /** What the server needs to register the visit. */
    toPayload(counterId, now) {
        return {
            key: this.key,
            counter_id: counterId,
            seconds: this.startedAt ? Math.round((now - this.startedAt) / 1000) : 0,
            kind: this.kind,
            identifier: this.digits,
            name: this.name,
            mobile: this.mobile,
            priority: this.priority,
            deliver: this.isOnTheSpot,
            handling_seconds: this.onTheSpotAt
                ? Math.round((now - this.onTheSpotAt) / 1000)
                : 0,
            signature: this.signature,
            signed_on_paper: this.isSignedOnPaper,
            representative: this.representative.isShown
                ? {
                      name: this.representative.name,
                      kind: this.representative.kind,
                      number: this.representative.number,
                  }
                : false,
            fee: { method: this.fee.method, number: this.fee.number },
            lines: this.lines.map((line) => ({
                service_id: line.service_id,
                received: line.received,
                needed: line.needed,
                promised: this.serviceOf(line).promised_on,
            })),
        };
    }

    // === Draft ===

    toDraft() {
        const typed = { ...this };
        delete typed.services;
        delete typed.elsewhere;
        return typed;
    }

    /** Takes over a draft; services that are no longer offered are left out. */
    restore(draft) {
        const offered = new Set(this.services.map((service) => service.id));
        const lines = (draft.lines || []).filter((line) =>
            offered.has(line.service_id)
        );
        // A draft of an earlier version of the screen has less in it.
        const { representative, fee } = this;
        Object.assign(this, draft, {
            lines,
            current: lines.length - 1,
            representative: { ...representative, ...draft.representative },
            fee: { ...fee, ...draft.fee },
        });
    }
}
