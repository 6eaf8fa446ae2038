// Answers for the field page where there is no network. It keeps the page as it was
// last received whole: with the files it needs, which carry their content's hash in
// their names. It keeps nothing else, and never touches what is sent.
const CACHE = "audit-field-1";
const PAGE = "/audit/field";
const PATIENCE = 4000;
const FILES = /(?:src|href)="(\/[^"]+)"/g;
const FONTS = /url\(["']?(\/[^"')]+\.woff2)/g;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", ({ data, ports: [port] }) => {
    if (data === "keep") {
        fetch(PAGE, { redirect: "manual" })
            .then(keepPage)
            .then(
                (isKept) => port.postMessage(isKept),
                () => port.postMessage(false)
            );
    }
});

self.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== self.location.origin) {
        return;
    }
    if (request.mode === "navigate" && url.pathname === PAGE) {
        event.respondWith(openPage(request));
    } else if (isFile(url.pathname)) {
        event.respondWith(openFile(request));
    }
});

function isFile(path) {
    return path.startsWith("/web/assets/") || path.includes("/static/");
}

/** The server's page if it comes soon, else the one that is kept. */
async function openPage(request) {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(PAGE);
    try {
        const response = await (kept ? withPatience(fetch(request)) : fetch(request));
        // A log-in form is shown; a server in trouble is not.
        return response.status >= 500 && kept ? kept : response;
    } catch {
        return kept || Response.error();
    }
}

function withPatience(promise) {
    const timeout = new Promise((_resolve, reject) => {
        setTimeout(() => reject(new Error("too slow")), PATIENCE);
    });
    return Promise.race([promise, timeout]);
}

async function openFile(request) {
    const kept = await (await caches.open(CACHE)).match(request);
    return kept || fetch(request);
}

/**
 * Keep a page once all its files are kept, and only then let the earlier one go: a
 * new version that arrived by half would not open where there is no network.
 */
async function keepPage(page) {
    if (!page.ok || !page.headers.get("X-Audit-Field")) {
        return false;
    }
    const cache = await caches.open(CACHE);
    const files = found(await page.clone().text(), FILES).filter(isFile);
    for (const file of files) {
        await keepFile(cache, file);
    }
    const styles = files.filter((file) => file.endsWith(".css"));
    const fonts = [];
    for (const style of styles) {
        fonts.push(...found(await (await cache.match(style)).text(), FONTS));
    }
    for (const font of fonts) {
        await keepFile(cache, font);
    }
    await cache.put(PAGE, page);
    const wanted = new Set([PAGE, ...files, ...fonts]);
    for (const { url } of await cache.keys()) {
        if (!wanted.has(new URL(url).pathname)) {
            await cache.delete(url);
        }
    }
    return true;
}

async function keepFile(cache, file) {
    if (!(await cache.match(file))) {
        await cache.add(file);
    }
}

function found(text, pattern) {
    return [...new Set([...text.matchAll(pattern)].map(([, path]) => path))];
}
