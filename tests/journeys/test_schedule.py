"""The officer's board: a proposal, moved by mouse and by keys, and the rest anew."""

import pytest
from accessibility import assert_no_breach
from browsing import call, log_in
from served import IMAGES

OPEN_PHASE = "SELECT id FROM audit_phase WHERE state = 'open' ORDER BY id LIMIT 1"
# A day nobody works on: no team can keep such a window.
FRIDAY = """
    SELECT day::date
      FROM audit_phase,
           generate_series(current_date + 1, date_end, interval '1 day') AS day
     WHERE audit_phase.state = 'open' AND extract(isodow FROM day) = 5
     LIMIT 1
"""


class Board:
    """The board of one proposal, as the officer sees it and as the server has it."""

    def __init__(self, page, schedule):
        self.page = page
        self.schedule = schedule

    def read(self):
        return call(self.page, "audit.schedule", "get_board", [self.schedule])

    def place(self, unit):
        [line] = [line for line in self.read()["lines"] if line["unit"] == unit]
        return line["team_id"], line["day"]

    def cell(self, place):
        """Return the cell of a team and a day."""
        board = self.read()
        row = [team["id"] for team in board["teams"]].index(place[0])
        rows = self.page.locator(".o_audit_board tbody tr")
        return rows.nth(row).locator("td[tabindex]").nth(board["days"].index(place[1]))

    def cheapest(self, unit):
        """Return the best other place of a unit that no rule forbids."""
        [line] = [line for line in self.read()["lines"] if line["unit"] == unit]
        prices = call(
            self.page, "audit.schedule", "get_prices", [self.schedule], line["id"]
        )
        here = f"{line['team_id']}/{line['day']}"
        free = {
            place: price["cost"]
            for place, price in prices.items()
            if "cost" in price and place != here
        }
        team, day = min(free, key=free.get).split("/")
        return int(team), day

    def steps(self, start, goal):
        """Return the arrow keys that lead from one cell to another, right to left."""
        board = self.read()
        teams = [team["id"] for team in board["teams"]]
        down = teams.index(goal[0]) - teams.index(start[0])
        on = board["days"].index(goal[1]) - board["days"].index(start[1])
        return ["ArrowDown" if down > 0 else "ArrowUp"] * abs(down) + [
            "ArrowLeft" if on > 0 else "ArrowRight"
        ] * abs(on)

    def chip(self, unit, place):
        return self.cell(place).locator(".o_audit_chip", has_text=unit)


@pytest.fixture
def phase(served):
    [[phase]] = served.sql(OPEN_PHASE)
    return int(phase)


def wait_for_proposal(page):
    page.wait_for_selector(".o_audit_schedule .o_audit_chip")


def test_an_officer_proposes_moves_applies_and_plans_the_rest(served, page, phase):
    log_in(page, served, "officer")
    pinned, kept_out, missed = call(
        page,
        "audit.visit",
        "search_read",
        [["phase_id", "=", phase], ["state", "=", "planned"]],
        ["unit_id"],
        order="planned_start desc",
        limit=3,
    )
    call(page, "audit.visit", "write", [pinned["id"]], {"is_pinned": True})
    [[friday]] = served.sql(FRIDAY)
    window = {"window_start": friday, "window_end": friday}
    call(page, "audit.visit", "write", [kept_out["id"]], window)
    schedule = call(page, "audit.phase", "action_schedule", [phase])["res_id"]
    address = f"/odoo/action-audit_checklist.audit_schedule_action/{schedule}"
    page.goto(served.url + address)
    page.click("button[name=action_propose]")
    wait_for_proposal(page)
    board = Board(page, schedule)

    # What is pinned is locked; what found no place says why, and what would help.
    locked = page.locator(".o_audit_fixed", has_text=pinned["unit_id"][1])
    assert locked.first.get_attribute("draggable") != "true"
    waiting = page.locator(".o_audit_waiting .o_audit_card")
    assert kept_out["unit_id"][1] in waiting.first.inner_text()
    assert "واحد در این روزها نمی‌پذیرد" in waiting.first.inner_text()
    assert waiting.first.locator(".o_audit_way").inner_text()
    assert_no_breach(page, ".o_audit_schedule")
    page.screenshot(path=IMAGES / "audit-schedule.jpg", type="jpeg", quality=72)

    # By mouse, and back; nothing scrolls between press and move, as under a hand.
    page.set_viewport_size({"width": 1366, "height": 3000})
    chip = page.locator(".o_audit_chip[draggable=true]").first
    unit = chip.inner_text().strip()
    before, goal = board.place(unit), board.cheapest(unit)
    chip.drag_to(board.cell(goal))
    board.chip(unit, goal).wait_for()
    assert board.place(unit) == goal
    page.click("text=برگردان یک گام")
    board.chip(unit, before).wait_for()
    assert board.place(unit) == before

    # By keys: pick up, walk, put down.
    cell = board.cell(before)
    unit = cell.locator(".o_audit_chip").first.inner_text().strip()
    goal = board.cheapest(unit)
    cell.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".o_audit_possible")
    for key in board.steps(before, goal):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    board.chip(unit, goal).wait_for()
    assert board.place(unit) == goal

    # Applied, it leads to the visits: they are as the board said.
    page.click("button[name=action_apply]")
    page.click(".modal-footer .btn-primary")
    page.wait_for_selector(".o_audit_schedule", state="detached")
    [visit] = call(
        page,
        "audit.visit",
        "search_read",
        [["phase_id", "=", phase], ["unit_id.name", "=", unit]],
        ["team_id", "planned_on"],
    )
    assert (visit["team_id"][0], visit["planned_on"]) == goal

    # A visit is missed: the rest is planned anew, and that unit with it.
    reason = {"no_access_reason": "در بسته بود"}
    call(page, "audit.visit", "write", [missed["id"]], reason)
    call(page, "audit.visit", "action_no_access", [missed["id"]])
    page.goto(served.url + address)
    page.click("button[name=action_replan]")
    page.wait_for_selector(f".o_audit_chip:has-text('{missed['unit_id'][1]}')")
    assert page.locator(".o_audit_fixed", has_text=pinned["unit_id"][1]).count()
