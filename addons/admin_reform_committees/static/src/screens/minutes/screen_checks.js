import { browser } from "@web/core/browser/browser";

const AGAIN_AFTER = 400;

/** What tells one check from another, whatever its words are. */
function keyOf({ level, target, item, row, field, about }) {
    return [level, target, item, row, field, about].join("/");
}

/** The checks before sending: opened, left, followed to a field, and sent. */
export class ScreenChecks {
    constructor(screen) {
        this.screen = screen;
    }

    get state() {
        return this.screen.state;
    }

    get isReadyToSend() {
        const { checks } = this.state;
        return (
            checks && !checks.some((each) => each.level === "fault" && !each.isMended)
        );
    }

    /** The key leads to the panel, and from it back to the place it was left for. */
    async openOrReturn() {
        const panel = this.screen.root.el.querySelector(".o_minutes_checks");
        if (!panel || panel.contains(document.activeElement)) {
            await this.toggle();
            return;
        }
        this.screen.focus.keepCaret();
        await this.refresh();
        panel.focus();
    }

    async toggle() {
        const { model, focus } = this.screen;
        if (this.state.checks) {
            this.state.checks = null;
            focus.backToNotes();
            return;
        }
        await model.flush();
        const checks = await model.act(() => model.call("minutes_checks"));
        if (checks) {
            focus.keepCaret();
            this.state.checks = checks;
            focus.later(".o_minutes_checks");
        }
    }

    async refresh() {
        const { model } = this.screen;
        if (this.state.checks) {
            await model.flush();
            await this.again();
        }
    }

    /** Look again once something was saved: what was mended is ticked off. */
    soonAgain() {
        browser.clearTimeout(this.timer);
        if (this.state.checks) {
            this.timer = browser.setTimeout(() => this.again(), AGAIN_AFTER);
        }
    }

    async again() {
        let now;
        try {
            now = await this.screen.model.call("minutes_checks");
        } catch {
            return; // looked at again with the next save
        }
        if (!this.state.checks) {
            return;
        }
        const open = new Map(now.map((check) => [keyOf(check), check]));
        const known = this.state.checks.map((check) => {
            const still = open.get(keyOf(check));
            open.delete(keyOf(check));
            return still || { ...check, isMended: true };
        });
        this.state.checks = [...known, ...open.values()];
    }

    goTo(check) {
        const { model, focus, view } = this.screen;
        const item = model.itemOf(check.item);
        if (check.target === "people") {
            this.state.tab = "people";
            focus.later(".o_minutes_people [data-person]");
        } else if (item && check.target === "row") {
            this.goToRow(item, check);
        } else if (item) {
            this.state.tab = "notes";
            this.state.itemId = item.id;
            view.outcome = item.id;
            focus.later(`[data-item="${item.id}"] .o_minutes_outcomes button`);
        }
        this.screen.render(true);
    }

    goToRow(item, { row: rowId, field }) {
        this.state.tab = "notes";
        const row = this.screen.model.rowsOf(item).find((each) => each.id === rowId);
        if (field === "vote") {
            this.screen.view.vote = "count";
        }
        const known = ["responsible", "due"].includes(field) ? field : "text";
        this.screen.setCurrent(item, row.storeKey, known);
    }

    async submit() {
        const { model } = this.screen;
        await model.flush();
        const data = await model.act(() => model.call("minutes_submit"));
        if (data) {
            model.take(data);
            this.state.checks = null;
        } else {
            this.refresh();
        }
    }
}
