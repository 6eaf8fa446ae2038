/**
 * Keeps what was typed until it is sent, in this tab only: a shared computer keeps
 * nobody's national code. Files are never kept.
 */

import { onPage } from "./desk_page.js";

const PREFIX = "desk-draft ";
const KEPT = "input:not([type=hidden]):not([type=file]), textarea, select";

function read(key) {
    try {
        return JSON.parse(sessionStorage.getItem(key)) || {};
    } catch {
        return {};
    }
}

function keep(form, key) {
    const values = {};
    for (const field of form.querySelectorAll(KEPT)) {
        if (field.type === "checkbox" || field.type === "radio") {
            values[`${field.name} ${field.value}`] = field.checked;
        } else {
            values[field.name] = field.value;
        }
    }
    sessionStorage.setItem(key, JSON.stringify(values));
}

function bringBack(form, key) {
    const values = read(key);
    for (const field of form.querySelectorAll(KEPT)) {
        if (field.type === "checkbox" || field.type === "radio") {
            field.checked = values[`${field.name} ${field.value}`] ?? field.checked;
        } else if (!field.value || field.tagName === "SELECT") {
            field.value = values[field.name] ?? field.value;
        }
    }
}

onPage((root) => {
    for (const form of root.querySelectorAll("[data-draft]")) {
        const key = PREFIX + form.dataset.draft;
        bringBack(form, key);
        form.addEventListener("input", () => keep(form, key));
        const clear = form.querySelector("[data-clear-draft]");
        if (clear) {
            clear.hidden = false;
            clear.addEventListener("click", () => {
                sessionStorage.removeItem(key);
                form.reset();
            });
        }
    }
    if (root.querySelector("[data-forget-draft]")) {
        for (const key of Object.keys(sessionStorage)) {
            if (key.startsWith(PREFIX)) {
                sessionStorage.removeItem(key);
            }
        }
    }
});
