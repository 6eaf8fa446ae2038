import { FieldReading } from "@audit_checklist/field/reading";
import { describe, expect, test } from "@odoo/hoot";

describe.current.tags("headless");

test("a photo that was removed here does not come back from the server", () => {
    const visit = {
        assessment: "visit",
        photos: ["own", "gone", "theirs"].map((uuid) => ({ uuid, item: "A1" })),
    };
    const reading = Object.assign(new FieldReading(), {
        data: {
            photos: [{ uuid: "own", assessment: "visit", item: "A1" }],
            removed: [{ uuid: "gone", assessment: "visit", item: "A1" }],
        },
    });
    const seen = reading.photosOf(visit, "A1");
    expect(seen.map(({ uuid }) => uuid)).toEqual(["own", "theirs"]);
    expect(seen.map(({ isTheirs }) => Boolean(isTheirs))).toEqual([false, true]);
});

test("a score is computed once for each reading of the store", () => {
    const response = { kind: "options", options: [{ code: "yes", ratio: 1 }] };
    const items = [{ code: "A1", weight: 1, response, required: true }];
    const visit = { assessment: "visit", version: 1, context: {} };
    const data = {
        turn: 1,
        versions: { 1: { sections: [{ code: "A", weight: 1, items }] } },
        answers: {},
    };
    const reading = Object.assign(new FieldReading(), { data });
    const before = reading.result(visit);
    expect(before.score).toBe(null);
    data.answers = { visit: { A1: { value: { option: "yes" } } } };
    expect(reading.result(visit)).toBe(before);
    data.turn++;
    expect(reading.result(visit).score).toBe(100);
});

test("what a colleague sent waits for one's own name, until it is on its way", () => {
    const data = { queue: [] };
    const reading = Object.assign(new FieldReading(), { data, user: 7 });
    const visit = { assessment: "visit", state: "submitted", signed_by: [5] };
    expect(reading.awaitsMe(visit)).toBe(true);
    expect(reading.awaitsMe({ ...visit, signed_by: [5, 7] })).toBe(false);
    expect(reading.awaitsMe({ ...visit, state: "accepted" })).toBe(false);
    data.queue.push({ assessment: "visit", kind: "confirm" });
    expect(reading.awaitsMe(visit)).toBe(false);
});
