import { score } from "@audit_checklist/scoring/scoring";
import { describe, expect, getFixture, test } from "@odoo/hoot";

const CASES_URL = "/audit_checklist/static/tests/scoring_cases.json";
// as many as the file held when the two languages were first compared
const CASES_AT_LEAST = 90;

describe.current.tags("headless");

/** Read the cases with the fetch of a frame: that of the page is mocked. */
async function readCases() {
    const frame = document.createElement("iframe");
    getFixture().append(frame);
    const response = await frame.contentWindow.fetch(CASES_URL);
    return response.json();
}

test("scores of all cases are those of the server, to the last bit", async () => {
    const { checklists, cases } = await readCases();
    expect(cases.length >= CASES_AT_LEAST).toBe(true);
    const wrong = [];
    for (const { name, checklist, answers, context, expected, error } of cases) {
        if (error) {
            expect(() => score(checklists[checklist], answers, context)).toThrow(
                /circle/,
                { message: name }
            );
            continue;
        }
        const { items, sections, ...result } = score(
            checklists[checklist],
            answers,
            context
        );
        const flat = {
            ...result,
            sections: sections.map((s) => [s.code, s.score, s.points, s.maximum]),
            states: Object.fromEntries(
                Object.entries(items).map(([code, { state }]) => [code, state])
            ),
        };
        for (const key of new Set([...Object.keys(flat), ...Object.keys(expected)])) {
            if (JSON.stringify(flat[key]) !== JSON.stringify(expected[key])) {
                wrong.push(`${name}: ${key} is ${JSON.stringify(flat[key])}`);
            }
        }
    }
    expect(wrong).toEqual([]);
});

test("answers and checklist stay as they were", () => {
    const response = { kind: "number", min: 0, target: 5 };
    const checklist = {
        sections: [
            { code: "A", weight: 1, items: [{ code: "A1", weight: 1, response }] },
        ],
    };
    const answers = { A1: { number: 9 } };
    const before = JSON.stringify([checklist, answers]);
    score(checklist, answers);
    expect(JSON.stringify([checklist, answers])).toBe(before);
});
