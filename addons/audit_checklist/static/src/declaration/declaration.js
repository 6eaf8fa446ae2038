/**
 * Saves a declaration answer by answer. An answer counts as saved only when the server
 * has said so; a reply that is no JSON (a log-in page, a proxy's error) is none.
 */
const TYPING_PAUSE = 800;

const root = document.querySelector(".audit-declaration[data-path]");

/** Send a form and return what the server says, or null where it did not answer. */
async function send(path, fields) {
    const form = new FormData();
    form.append("csrf_token", root.dataset.token);
    for (const [name, value] of Object.entries(fields)) {
        form.append(name, value);
    }
    try {
        const reply = await fetch(`${root.dataset.path}/${path}`, {
            body: form,
            method: "POST",
            redirect: "error",
        });
        return await reply.json();
    } catch {
        return null;
    }
}

function tell(item, text, failed) {
    const place = item.querySelector(".saved");
    place.textContent = text;
    place.classList.toggle("failed", failed);
}

/** Read the answer to an item off the page. */
function readAnswer(item) {
    const answer = {};
    const option = item.querySelector("input[type=radio]:checked");
    if (option) {
        answer.option = option.value;
        const reason = item.querySelector("[name=reason]");
        if (option.dataset.na && reason && reason.value.trim()) {
            answer.reason = reason.value.trim();
        }
    }
    const numbers = [...item.querySelectorAll("[name=number]")]
        .map((field) =>
            field.value.trim().replace(/[۰-۹]/g, (d) => "۰۱۲۳۴۵۶۷۸۹".indexOf(d))
        )
        .filter((text) => text !== "")
        .map(Number);
    if (numbers.length) {
        answer.numbers = numbers;
    }
    for (const name of ["text", "note"]) {
        const field = item.querySelector(`[name=${name}]`);
        if (field && field.value.trim()) {
            answer[name] = field.value.trim();
        }
    }
    return answer;
}

function show(status) {
    for (const item of root.querySelectorAll("[data-item]")) {
        item.hidden = status.hidden.includes(item.dataset.item);
    }
    for (const [code, [answered, asked]] of Object.entries(status.sections)) {
        const place = root.querySelector(`[data-section="${code}"] .count`);
        if (place) {
            place.textContent = place.dataset.pattern
                .replace("%a", digits(answered))
                .replace("%b", digits(asked));
        }
    }
    const bar = root.querySelector(".progress-bar");
    bar.style.width = `${(100 * status.answered) / (status.asked || 1)}%`;
    const count = root.querySelector(".whole-count");
    count.textContent = count.dataset.pattern
        .replace("%a", digits(status.answered))
        .replace("%b", digits(status.asked));
}

function digits(number) {
    return root.dataset.persian
        ? String(number).replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit])
        : String(number);
}

async function save(item) {
    tell(item, root.dataset.saving, false);
    const reply = await send("answer", {
        answer: JSON.stringify(readAnswer(item)),
        item: item.dataset.item,
    });
    if (!reply || reply.problem) {
        tell(item, reply ? reply.problem : root.dataset.unsaved, true);
        return;
    }
    const waits = reply.open.includes(item.dataset.item);
    tell(item, waits ? root.dataset.reason : root.dataset.saved, waits);
    show(reply);
}

async function addDocument(item, field) {
    for (const file of field.files) {
        tell(item, root.dataset.saving, false);
        const reply = await send("document", {
            document: file,
            item: item.dataset.item,
        });
        if (!reply || reply.problem) {
            tell(item, reply ? reply.problem : root.dataset.unsaved, true);
            break;
        }
        const row = root.querySelector("template.document-row").content.cloneNode(true);
        row.querySelector("a").textContent = reply.name;
        row.querySelector("a").href = `${root.dataset.path}/document/${reply.uuid}`;
        row.querySelector("button").dataset.document = reply.uuid;
        item.querySelector(".documents").append(row);
        tell(item, root.dataset.saved, false);
    }
    field.value = "";
}

async function removeDocument(item, button) {
    if (!window.confirm(root.dataset.confirm)) {
        return;
    }
    const reply = await send(`document/${button.dataset.document}/remove`, {});
    if (!reply || reply.problem) {
        tell(item, reply ? reply.problem : root.dataset.unsaved, true);
        return;
    }
    button.closest(".document").remove();
}

if (root) {
    const waiting = new Map();
    root.addEventListener("change", (event) => {
        const item = event.target.closest("[data-item]");
        if (!item) {
            return;
        }
        if (event.target.type === "file") {
            addDocument(item, event.target);
            return;
        }
        const chosen = item.querySelector("input[type=radio]:checked");
        const reason = item.querySelector(".reason");
        if (reason) {
            reason.hidden = !(chosen && chosen.dataset.na);
        }
        window.clearTimeout(waiting.get(item));
        waiting.delete(item);
        save(item);
    });
    root.addEventListener("input", (event) => {
        const item = event.target.closest("[data-item]");
        if (item && event.target.matches("textarea, [name=reason], [name=number]")) {
            window.clearTimeout(waiting.get(item));
            waiting.set(
                item,
                window.setTimeout(() => {
                    waiting.delete(item);
                    save(item);
                }, TYPING_PAUSE)
            );
        }
    });
    root.addEventListener("click", (event) => {
        const button = event.target.closest("button[data-document]");
        if (button) {
            removeDocument(button.closest("[data-item]"), button);
        }
    });
    window.addEventListener("beforeunload", (event) => {
        if (waiting.size) {
            event.preventDefault();
        }
    });
}
