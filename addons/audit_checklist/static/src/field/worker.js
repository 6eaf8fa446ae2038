// Answers for the field page where there is no network. It keeps the page as it was
// last received and the files it needs, which carry their content's hash in their
// names; it never keeps answers of other kinds, and never touches what is sent.
const CACHE = "audit-field-1";
const PAGE = "/audit/field";
const PATIENCE = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

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
        if (response.ok && response.headers.get("X-Audit-Field")) {
            await cache.put(PAGE, response.clone());
            return response;
        }
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
    const cache = await caches.open(CACHE);
    const kept = await cache.match(request);
    if (kept) {
        return kept;
    }
    const response = await fetch(request);
    if (response.ok) {
        await cache.put(request, response.clone());
    }
    return response;
}
