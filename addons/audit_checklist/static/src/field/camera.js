/** Photos: shrunk before they are kept, so that a day's visits fit into the phone. */
const LONGEST_SIDE = 1600;
const QUALITY = 0.8;
// What is larger than any phone makes may cost the page its memory.
const LARGEST_FILE = 25 * 1024 * 1024;
const PLACE_OPTIONS = { enableHighAccuracy: true, maximumAge: 60_000, timeout: 20_000 };

export class TooLarge extends Error {}

/** Return a picture of at most 1600 px a side as JPEG, with its digest. */
export async function shrink(source) {
    if (source.size > LARGEST_FILE) {
        throw new TooLarge();
    }
    const bitmap = await createImageBitmap(source);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const blob = await new Promise((resolve) =>
        canvas.toBlob(resolve, "image/jpeg", QUALITY)
    );
    return { blob, sha256: await digest(blob) };
}

async function digest(blob) {
    const hash = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
    return [...new Uint8Array(hash)]
        .map((b) => b.toString(16).padStart(2, "0"))
        .join("");
}

/** Watches where the phone is, without ever making anybody wait for it. */
export class Place {
    start() {
        this.watch ??= navigator.geolocation?.watchPosition(
            ({ coords }) => {
                this.last = {
                    latitude: coords.latitude,
                    longitude: coords.longitude,
                };
            },
            () => {},
            PLACE_OPTIONS
        );
    }
}
