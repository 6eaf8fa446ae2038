/**
 * Saves a declaration answer by answer. An answer counts as saved only when the server
 * has said so; what is not saved is sent again when the network is back, and leaving
 * the page warns until then.
 */
import { readAnswer, toPersian } from "./reading.js";
import { Sender } from "./sending.js";

const TYPING_PAUSE = 800;

/** The page of one declaration. */
class Declaration {
    constructor(root) {
        this.root = root;
        this.words = root.dataset;
        this.sender = new Sender(root.dataset.path, root.dataset.token);
        // Items whose answer is being typed, with their timers; and those not saved.
        this.typing = new Map();
        this.unsaved = new Set();
        root.addEventListener("change", (event) => this.onChange(event));
        root.addEventListener("input", (event) => this.onInput(event));
        root.addEventListener("click", (event) => this.onClick(event));
        window.addEventListener("online", () => this.sendAgain());
        window.addEventListener("beforeunload", (event) => {
            if (this.typing.size || this.unsaved.size) {
                event.preventDefault();
            }
        });
        root.dataset.ready = "1";
    }

    // Events

    onChange(event) {
        const item = event.target.closest("[data-item]");
        if (!item) {
            return;
        }
        if (event.target.type === "file") {
            this.addDocuments(item, event.target);
            return;
        }
        const chosen = item.querySelector("input[type=radio]:checked");
        const reason = item.querySelector(".reason");
        if (reason) {
            reason.hidden = !(chosen && chosen.dataset.na);
        }
        this.save(item);
    }

    onInput(event) {
        const item = event.target.closest("[data-item]");
        if (item && event.target.matches("textarea, [name=reason], [name=number]")) {
            window.clearTimeout(this.typing.get(item));
            const timer = window.setTimeout(() => this.save(item), TYPING_PAUSE);
            this.typing.set(item, timer);
        }
    }

    onClick(event) {
        const button = event.target.closest("button[data-document]");
        if (button && window.confirm(this.words.confirm)) {
            this.removeDocument(button.closest("[data-item]"), button);
        }
    }

    // Saving

    async save(item) {
        window.clearTimeout(this.typing.get(item));
        this.typing.delete(item);
        this.unsaved.add(item);
        this.tell(item, this.words.saving);
        const reply = await this.sender.send("answer", {
            answer: JSON.stringify(readAnswer(item)),
            item: item.dataset.item,
        });
        if (this.isRefused(item, reply)) {
            return;
        }
        this.unsaved.delete(item);
        const waits = reply.open.includes(item.dataset.item);
        this.tell(item, waits ? this.words.reason : this.savedNow(), waits);
        this.show(reply);
    }

    async sendAgain() {
        for (const item of this.unsaved) {
            await this.save(item);
        }
    }

    /** Say why something was not kept; tell whether it was not. */
    isRefused(item, reply) {
        if (reply && !reply.problem) {
            return false;
        }
        this.tell(item, reply ? reply.problem : this.words.unsaved, true);
        if (reply) {
            // Said in words: it is not sent again as it is.
            this.unsaved.delete(item);
        } else {
            const place = `${location.pathname}${location.search}#${item.id}`;
            const link = document.createElement("a");
            // By way of the log-out, as the field page does it.
            const form = `/web/login?redirect=${encodeURIComponent(place)}`;
            link.href = `/web/session/logout?redirect=${encodeURIComponent(form)}`;
            link.textContent = this.words.login;
            item.querySelector(".saved").append(" ", link);
        }
        return true;
    }

    // Documents

    async addDocuments(item, field) {
        const files = [...field.files];
        field.value = "";
        for (const file of files) {
            // The server would cut the connection: that is no loss of the network.
            if (file.size > Number(this.words.largest)) {
                this.tell(item, this.words.large, true);
                return;
            }
            const reply = await this.sender.send(
                "document",
                { document: file, item: item.dataset.item },
                (share) => this.tell(item, this.percent(file.name, share))
            );
            if (this.isRefused(item, reply)) {
                return;
            }
            this.addRow(item, reply);
            this.tell(item, this.savedNow());
        }
    }

    addRow(item, kept) {
        const template = this.root.querySelector("template.document-row");
        const row = template.content.cloneNode(true);
        row.querySelector("a").textContent = kept.name;
        row.querySelector("a").href = `${this.words.path}/document/${kept.uuid}`;
        row.querySelector("button").dataset.document = kept.uuid;
        item.querySelector(".documents").append(row);
    }

    async removeDocument(item, button) {
        const path = `document/${button.dataset.document}/remove`;
        if (!this.isRefused(item, await this.sender.send(path, {}))) {
            button.closest(".document").remove();
        }
    }

    // What is shown

    tell(item, text, isFailed = false) {
        const place = item.querySelector(".saved");
        place.textContent = text;
        place.classList.toggle("failed", isFailed);
    }

    /** Follow what the server says is asked, hidden and answered now. */
    show(status) {
        for (const item of this.root.querySelectorAll("[data-item]")) {
            item.hidden = status.hidden.includes(item.dataset.item);
        }
        for (const [code, counts] of Object.entries(status.sections)) {
            const section = CSS.escape(code);
            const place = this.root.querySelector(`[data-section="${section}"] .count`);
            if (place) {
                this.count(place, ...counts);
            }
        }
        const share = status.answered / (status.asked || 1);
        this.root.querySelector(".progress-bar").style.width = `${100 * share}%`;
        const whole = this.root.querySelector(".whole-count");
        this.count(whole, status.answered, status.asked);
    }

    count(place, answered, asked) {
        place.textContent = place.dataset.pattern
            .replace("%a", this.digits(answered))
            .replace("%b", this.digits(asked));
    }

    savedNow() {
        const now = new Date();
        const clock = [now.getHours(), now.getMinutes()]
            .map((part) => String(part).padStart(2, "0"))
            .join(":");
        return `${this.words.saved} ${this.digits(clock)}`;
    }

    percent(name, share) {
        return `${name} ${this.digits(Math.round(100 * share))}%`;
    }

    digits(value) {
        return this.words.persian ? toPersian(String(value)) : String(value);
    }
}

const root = document.querySelector(".audit-declaration[data-path]");
if (root) {
    new Declaration(root);
}
