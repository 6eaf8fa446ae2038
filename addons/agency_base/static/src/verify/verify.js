/** Compares a file with the hashes of the issued document, without sending it. */
const input = document.getElementById("file");
const hashes = input.dataset.hashes.split(" ");

async function sha256(file) {
    const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    return [...new Uint8Array(digest)]
        .map((byte) => byte.toString(16).padStart(2, "0"))
        .join("");
}

async function judge(file) {
    // Browsers hash only on pages that came over a safe connection.
    if (!globalThis.crypto?.subtle) {
        return "unable";
    }
    return hashes.includes(await sha256(file)) ? "same" : "different";
}

input.addEventListener("change", async () => {
    const [file] = input.files;
    document.getElementById("chosen").textContent = file ? file.name : "";
    const verdict = file && (await judge(file));
    for (const id of ["same", "different", "unable"]) {
        document.getElementById(id).hidden = id !== verdict;
    }
});
