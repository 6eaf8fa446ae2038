/** How fields are called here and on the server. */
export const SERVER_FIELD = {
    notes: "notes",
    name: "name",
    text: "text",
    kind: "kind",
    responsible: "responsible_id",
    partners: "co_responsible_ids",
    due: "due_on",
    programme: "programme_id",
};
export const LOCAL_FIELD = Object.fromEntries(
    Object.entries(SERVER_FIELD).map(([local, server]) => [server, local])
);

const TEXTS = ["notes", "text", "partners"];

/** What the server is asked to change: each field as it was seen and as it should be. */
export function changesOf(fields) {
    const changes = {};
    for (const [name, [seen, wanted]] of Object.entries(fields)) {
        const empty = TEXTS.includes(name) ? "" : false;
        changes[SERVER_FIELD[name]] = [seen || empty, wanted || empty];
    }
    return changes;
}

export function newKey() {
    return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
}
