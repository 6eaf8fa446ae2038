/**
 * Sends forms with files: shows how far it is, can be stopped, and keeps what was typed
 * and chosen when no answer comes. Without scripts the browser sends them as ever.
 */

import { number, replacePage, say } from "./desk_page.js";

const FILES = "multipart/form-data";
const PATIENCE = 10 * 60 * 1000;

class Sending {
    constructor(form, button) {
        this.form = form;
        this.label = button.querySelector("span") || button;
        this.request = new XMLHttpRequest();
        this.note = form.querySelector("[data-sending-note]") || this.makeNote(button);
        this.stop = this.makeStop();
    }

    makeNote(button) {
        const note = document.createElement("p");
        note.className = "d-warn";
        note.dataset.sendingNote = "";
        note.setAttribute("role", "alert");
        button.after(note);
        return note;
    }

    makeStop() {
        const stop = document.createElement("button");
        stop.type = "button";
        stop.className = "d-button d-button-quiet";
        stop.textContent = say("stop");
        stop.addEventListener("click", () => this.request.abort());
        this.note.after(stop);
        return stop;
    }

    start() {
        const { form, request } = this;
        form.dataset.sent = "1";
        form.setAttribute("aria-busy", "true");
        this.note.textContent = "";
        this.showShare(0);
        request.upload.addEventListener("progress", (event) => {
            if (event.lengthComputable) {
                this.showShare(event.loaded / event.total);
            }
        });
        request.addEventListener("load", () => {
            if (!replacePage(request.responseText)) {
                this.end("again");
            }
        });
        request.addEventListener("error", () => this.end("again"));
        request.addEventListener("timeout", () => this.end("again"));
        request.addEventListener("abort", () => this.end("stopped"));
        request.open("POST", form.action);
        request.timeout = PATIENCE;
        request.send(new FormData(form));
    }

    showShare(share) {
        this.label.textContent = say("sending", {
            percent: number(Math.round(share * 100)),
        });
    }

    /** Leaves the form as it was, to be sent again. */
    end(reason) {
        delete this.form.dataset.sent;
        this.form.removeAttribute("aria-busy");
        this.label.textContent = say("retry");
        this.note.textContent = say(reason);
        this.stop.remove();
    }
}

document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.enctype === FILES && !event.defaultPrevented) {
        event.preventDefault();
        if (!form.dataset.sent) {
            new Sending(form, event.submitter).start();
        }
    }
});
