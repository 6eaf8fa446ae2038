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
        return checks && !checks.some((check) => check.level === "fault");
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
            this.state.checks = await model.call("minutes_checks");
        }
    }

    goTo(check) {
        const { model, focus, view } = this.screen;
        const item = model.itemOf(check.item);
        if (check.target === "people" || check.target === "chair") {
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
