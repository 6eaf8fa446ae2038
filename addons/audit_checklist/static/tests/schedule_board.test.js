import { ScheduleBoard } from "@audit_checklist/schedule/schedule_board";
import { describe, expect, test } from "@odoo/hoot";
import { manuallyDispatchProgrammaticEvent, press, queryOne } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    mockService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
defineMailModels();

const DAY = "2026-11-28";
const NEXT = "2026-11-29";

function line(id, unit, is_fixed = false) {
    return { id, unit, team_id: 1, day: DAY, zone: "North", is_fixed };
}

async function mountBoard(price = { cost: 5 }) {
    const moves = [];
    const board = {
        is_editable: true,
        can_undo: false,
        revision: 3,
        figures: {
            cost: 100,
            first_cost: 0,
            spread: 0,
            done: 0,
            units: 3,
            unplaced: 0,
        },
        past: [],
        days: [DAY, NEXT],
        teams: [{ id: 1, number: 1, names: ["A", "B"], absent: [], shared: [] }],
        causes: { full: "enough visits that day" },
        lines: [line(1, "Pinned office", true), line(2, "Bank"), line(3, "Post")],
    };
    onRpc("audit.schedule", "get_board", () => board);
    onRpc("audit.schedule", "get_prices", () => ({ [`1/${NEXT}`]: price }));
    onRpc("audit.schedule", "move", ({ args }) => {
        moves.push(args);
        return { changed: false };
    });
    await mountWithCleanup(ScheduleBoard, { props: { record: { resId: 7 } } });
    return moves;
}

async function enter() {
    await press("Enter");
    await animationFrame();
    await animationFrame();
}

test("Enter takes the units of a cell in turn, but none that is pinned", async () => {
    const moves = await mountBoard();
    await contains(".o_audit_board td[tabindex]:eq(0)").focus();
    await enter();
    expect(".o_audit_held").toHaveText("Bank");
    await enter();
    expect(".o_audit_held").toHaveText("Post");
    await enter();
    expect(".o_audit_held").toHaveCount(0);
    expect(moves).toEqual([]);
});

test("Enter in another cell puts down the unit that was taken last", async () => {
    const moves = await mountBoard();
    await contains(".o_audit_board td[tabindex]:eq(0)").focus();
    await enter();
    await enter();
    await contains(".o_audit_board td[tabindex]:eq(1)").focus();
    expect(".o_audit_figures").toHaveText(/\+5/);
    await enter();
    expect(moves).toEqual([[7, 3, 1, NEXT, 3]]);
});

test("a unit let go over a forbidden cell says why it sprang back", async () => {
    const sentences = [];
    mockService("notification", { add: (sentence) => sentences.push(sentence) });
    const moves = await mountBoard({ cause: "full" });
    const chip = queryOne(".o_audit_chip:not(.o_audit_fixed):eq(0)");
    const dataTransfer = new DataTransfer();
    await manuallyDispatchProgrammaticEvent(chip, "dragstart", { dataTransfer });
    await animationFrame();
    const cell = queryOne(".o_audit_board td[tabindex]:eq(1)");
    await manuallyDispatchProgrammaticEvent(cell, "dragover", { dataTransfer });
    await manuallyDispatchProgrammaticEvent(chip, "dragend", { dataTransfer });
    expect(sentences).toEqual(["Bank cannot be put there: enough visits that day."]);
    expect(moves).toEqual([]);
});
