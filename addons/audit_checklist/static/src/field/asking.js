const PATIENCE = 60_000;

export class LoginNeeded extends Error {}
export class ServerTrouble extends Error {}

/** Fetch JSON of our own routes; anything else is no answer. */
export async function ask(url, options = {}) {
    const response = await fetch(url, {
        redirect: "manual",
        credentials: "same-origin",
        cache: "no-store",
        signal: AbortSignal.timeout(PATIENCE),
        ...options,
    });
    if (response.type === "opaqueredirect" || response.status === 401) {
        throw new LoginNeeded();
    }
    const type = response.headers.get("Content-Type") || "";
    if (!response.ok || !type.includes("application/json")) {
        throw Object.assign(new ServerTrouble(), { status: response.status });
    }
    return response.json();
}
