/** What the scripts of the public pages share. */

const REPLACED = "desk-page-replaced";

/** Runs ``setUp(root)`` now, and for each page that takes the place of this one. */
export function onPage(setUp) {
    setUp(document);
    document.addEventListener(REPLACED, () =>
        setUp(document.getElementById("content"))
    );
}

/** A form that was refused keeps its files too; the page says where to choose again. */
function keepFiles(before, after) {
    const sentence = after.querySelector("[data-files-again]");
    if (!sentence) {
        return;
    }
    for (const input of before.querySelectorAll("input[type=file]")) {
        const twin = document.getElementById(input.id);
        if (twin && input.files.length) {
            twin.files = input.files;
            twin.dispatchEvent(new Event("change"));
            sentence.remove();
        }
    }
}

/** Shows the page of an answer in place of this one; tells whether it was a page. */
export function replacePage(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const content = page.getElementById("content");
    if (!content) {
        return false;
    }
    document.title = page.title;
    const before = document.getElementById("content");
    before.replaceWith(document.adoptNode(content));
    document.dispatchEvent(new CustomEvent(REPLACED));
    keepFiles(before, content);
    window.scrollTo(0, 0);
    content.querySelector("[autofocus]")?.focus();
    return true;
}

/** Returns a sentence of the page in the reader's language, with values put in. */
export function say(id, values = {}) {
    const text = document.getElementById(`text-${id}`)?.textContent || "";
    return text.replace(/\[(\w+)\]/g, (_match, name) => values[name]);
}

/** Returns a number in the digits of the page's language. */
export function number(value) {
    return value.toLocaleString(document.documentElement.lang, {
        maximumFractionDigits: 1,
    });
}
