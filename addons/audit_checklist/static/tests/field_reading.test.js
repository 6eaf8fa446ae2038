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
