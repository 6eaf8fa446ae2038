/** Comfort for the public pages: each of them works without scripts too. */

import { onPage } from "./desk_page.js";

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

/** A form is sent once: a second press does nothing until the page is back. */
function sendOnce() {
    document.addEventListener("submit", (event) => {
        const form = event.target;
        if (form.dataset.sent) {
            event.preventDefault();
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

/** A kiosk goes back to its first page; a turn is looked at again and again. */
function goOn() {
    const back = document.querySelector("[data-back]");
    const again = document.querySelector("[data-again]");
    const seconds = back?.dataset.back || again?.dataset.again;
    if (seconds) {
        // A plain visit, not the form once more.
        setTimeout(() => location.replace(location.href), seconds * 1000);
    }
}

onPage(offerPrinting);
onPage(leadOn);
goOn();
sendOnce();
document.querySelector("[autofocus]")?.focus();
