/** Comfort for the public pages: each of them works without scripts too. */

import { onPage, say } from "./desk_page.js";

const DIGITS_ONLY = "input[inputmode=numeric], input[inputmode=tel]";
const LATIN = "0123456789";
const SCRIPTS = ["۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"];

/** Returns the digits of a text in Latin, whatever keyboard they came from. */
export function latinDigits(text) {
    return [...text]
        .map((char) => {
            const script = SCRIPTS.find((digits) => digits.includes(char));
            return script ? LATIN[script.indexOf(char)] : char;
        })
        .filter((char) => LATIN.includes(char))
        .join("");
}

function offerPrinting(root) {
    for (const button of root.querySelectorAll("[data-print]")) {
        button.hidden = false;
        button.addEventListener("click", () => window.print());
    }
}

/** The last digit of a code leads on to the next field. */
function leadOn(root) {
    for (const input of root.querySelectorAll("[data-digits]")) {
        const next = document.getElementById(input.dataset.next);
        input.addEventListener("input", () => {
            const isFull =
                latinDigits(input.value).length === Number(input.dataset.digits);
            if (isFull && document.activeElement === input) {
                next?.focus();
            }
        });
    }
}

/** What is typed with digits is shown in the digits of the page. */
function showDigits(root) {
    if (!document.documentElement.lang.startsWith("fa")) {
        return;
    }
    for (const input of root.querySelectorAll(DIGITS_ONLY)) {
        input.addEventListener("input", () => {
            const shown = input.value.replace(/\d/g, (digit) => SCRIPTS[0][digit]);
            if (shown !== input.value) {
                const caret = input.selectionStart;
                input.value = shown;
                input.setSelectionRange(caret, caret);
            }
        });
    }
}

/** Says at the button that there is no line; the browser's own page would lose all. */
function tellOffline(form) {
    let note = form.querySelector("[data-offline-note]");
    if (!note) {
        note = document.createElement("p");
        note.className = "d-warn";
        note.dataset.offlineNote = "";
        note.setAttribute("role", "alert");
        form.querySelector("button:not([type=button])").after(note);
    }
    note.textContent = say("offline");
}

/** A form is sent once: a second press does nothing until the page is back. */
function sendOnce() {
    document.addEventListener("submit", (event) => {
        const form = event.target;
        if (form.dataset.sent) {
            event.preventDefault();
        } else if (!navigator.onLine && !event.defaultPrevented) {
            event.preventDefault();
            tellOffline(form);
        } else if (form.method === "post" && !event.defaultPrevented) {
            form.dataset.sent = "1";
            form.setAttribute("aria-busy", "true");
        }
    });
    window.addEventListener("pageshow", () => {
        for (const form of document.querySelectorAll("form[data-sent]")) {
            delete form.dataset.sent;
            form.removeAttribute("aria-busy");
        }
    });
}

/** What is left out is said in the language of the page, not of the browser. */
function sayRequired(root) {
    for (const input of root.querySelectorAll("[required]")) {
        const isTick = input.type === "checkbox" || input.type === "radio";
        input.addEventListener("invalid", () => {
            if (input.validity.valueMissing) {
                input.setCustomValidity(say(isTick ? "tick" : "required"));
            }
        });
        const event = isTick ? "change" : "input";
        // Of several choices the browser asks the first one, whichever is taken.
        const group = input.name
            ? root.querySelectorAll(`[required][name="${CSS.escape(input.name)}"]`)
            : [input];
        input.addEventListener(event, () =>
            group.forEach((one) => one.setCustomValidity(""))
        );
    }
}

/** Tells whether a visit would bring a page of ours, not one of the browser. */
async function isAnswered() {
    try {
        return (await fetch("/web/health", { cache: "no-store" })).ok;
    } catch {
        return false;
    }
}

/** A kiosk goes back to its first page; a turn is looked at again and again. */
function goOn() {
    const back = document.querySelector("[data-back]");
    const again = document.querySelector("[data-again]");
    const seconds = back?.dataset.back || again?.dataset.again;
    if (!seconds) {
        return;
    }
    setTimeout(async () => {
        if (await isAnswered()) {
            // A plain visit, not the form once more.
            location.replace(location.href);
        } else {
            // Nobody stands by a kiosk to load it again.
            goOn();
        }
    }, seconds * 1000);
}

onPage(offerPrinting);
onPage(showDigits);
onPage(leadOn);
onPage(sayRequired);
goOn();
sendOnce();
document.querySelector("[autofocus]")?.focus();
