const CAMERA = { video: { facingMode: "environment" }, audio: false };

async function stateOf(name) {
    try {
        return (await navigator.permissions.query({ name })).state;
    } catch {
        // Not every browser tells; then it is asked.
        return "prompt";
    }
}

async function askForCamera() {
    try {
        const stream = await navigator.mediaDevices.getUserMedia(CAMERA);
        stream.getTracks().forEach((track) => track.stop());
        return true;
    } catch {
        return false;
    }
}

/**
 * Ask for camera and place while visits are taken along: once, and never in a visit.
 * Tell whether the page may take photos itself.
 */
export async function askOnce(store) {
    const asked = await store.get("meta", "asked");
    const camera = await stateOf("camera");
    if (camera !== "prompt") {
        return camera === "granted";
    }
    if (asked) {
        return asked.camera;
    }
    navigator.geolocation?.getCurrentPosition(
        () => {},
        () => {}
    );
    const isAllowed = await askForCamera();
    await store.put("meta", { key: "asked", camera: isAllowed });
    return isAllowed;
}
