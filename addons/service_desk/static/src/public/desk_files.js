/** Says whether a file fits before it is sent; the server judges by itself. */

import { number, onPage, say } from "./desk_page.js";

const MEGABYTE = 1024 * 1024;
const KINDS = /\.(pdf|jpe?g|png)$/i;

/** Returns what is wrong with the chosen files, or null. */
export function judge(files, maxBytes, maxFiles) {
    if (files.length > maxFiles) {
        return ["many", { limit: number(maxFiles) }];
    }
    const wrong = files.find((file) => !KINDS.test(file.name));
    if (wrong) {
        return ["kind", {}];
    }
    if (files.some((file) => !file.size)) {
        return ["empty", {}];
    }
    const large = files.find((file) => file.size > maxBytes);
    if (large) {
        const [size, limit] = [large.size, maxBytes].map((b) => number(b / MEGABYTE));
        return ["large", { size, limit }];
    }
    return null;
}

function prepare(input) {
    // The browser's own button speaks the browser's language, not the page's.
    const label = document.querySelector(`label[for="${input.id}"]`);
    label.classList.replace("d-hidden", "d-button");
    input.classList.replace("d-file", "d-hidden");
    const chosen = document.createElement("p");
    chosen.className = "d-hint";
    input.after(chosen);
    const note = document.createElement("p");
    note.className = "d-warn";
    note.setAttribute("role", "alert");
    chosen.after(note);
    input.addEventListener("change", () => {
        const { maxBytes, maxFiles } = input.dataset;
        const wrong = judge([...input.files], Number(maxBytes), Number(maxFiles));
        chosen.textContent = [...input.files].map((file) => file.name).join(" · ");
        note.textContent = wrong ? say(...wrong) : "";
        // The form is not sent while something does not fit.
        input.setCustomValidity(note.textContent);
    });
}

onPage((root) => {
    for (const input of root.querySelectorAll("input[type=file]")) {
        prepare(input);
    }
});
