const PAGE = "/audit/field";

/** Have the worker keep the page with all its files; tell whether it has them. */
export async function keepPage() {
    if (!navigator.serviceWorker) {
        return false;
    }
    await navigator.serviceWorker.register(`${PAGE}/sw.js`, {
        scope: PAGE,
        updateViaCache: "none",
    });
    const { active } = await navigator.serviceWorker.ready;
    return new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => resolve(data);
        active.postMessage("keep", [port2]);
    });
}
