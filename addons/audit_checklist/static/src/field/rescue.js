const FORMAT = "audit-field-1";
const PATIENCE = 60_000;

/** Return all that is on this phone and not surely on the server, as a file. */
async function rescueFile(store, user, device) {
    const photos = [];
    for (const photo of await store.all("photo")) {
        if (photo.state !== "arrived" && photo.blob) {
            photos.push({ uuid: photo.uuid, data: await inBase64(photo.blob) });
        }
    }
    const content = {
        format: FORMAT,
        user,
        device,
        saved_at: new Date().toISOString(),
        ops: await store.all("outbox"),
        attention: await store.all("attention"),
        photos,
    };
    return new Blob([JSON.stringify(content)], { type: "application/json" });
}

async function inBase64(blob) {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let text = "";
    bytes.forEach((byte) => (text += String.fromCharCode(byte)));
    return btoa(text);
}

/** Let the browser save the file. */
export async function saveRescue(store, user, device) {
    const blob = await rescueFile(store, user, device);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `visits-${Date.now()}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), PATIENCE);
}
