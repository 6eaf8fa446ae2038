/** What the keys do, for those who may write and for those who read. */
export class ScreenCommands {
    constructor(screen) {
        this.screen = screen;
    }

    run(command) {
        const { screen } = this;
        const free = {
            nextItem: () => screen.step(1),
            previousItem: () => screen.step(-1),
            nextColumn: () => screen.focus.nextColumn(),
            help: () => screen.toggleKeys(),
            projector: () => screen.doors.openProjector(),
            preview: () => screen.doors.openPreview(),
        };
        if (free[command]) {
            free[command]();
        } else if (screen.canWrite) {
            this.write(command);
        }
    }

    write(command) {
        const { screen } = this;
        const { current, meeting } = screen;
        const acts = {
            allPresent: () => meeting.is_open && screen.allPresent(),
            lateItem: () => screen.focus.on(".o_minutes_new_item input"),
            checks: () => meeting.is_open && screen.checks.openOrReturn(),
            undo: () => screen.model.undo(),
            submit: () => screen.checks.isReadyToSend && screen.checks.submit(),
        };
        if (acts[command]) {
            acts[command]();
        } else if (current && meeting.is_open) {
            this.writeIn(current, command);
        } else if (current && command === "ownNote") {
            screen.goTo(current);
        }
    }

    writeIn(item, command) {
        const { screen } = this;
        const place = `[data-item="${item.id}"]`;
        const acts = {
            newRow: () => screen.setCurrent(item, screen.model.newRow(item), "text"),
            ownNote: () => screen.goTo(item),
            consensus: () =>
                screen.root.el.querySelector(`${place} .o_minutes_consensus`)?.click(),
            vote: () => {
                screen.view.vote = screen.view.vote === "count" ? "name" : "count";
                screen.focus.later(
                    `${place} .o_minutes_ballot input, ${place} .o_minutes_ballot button`
                );
                screen.render(true);
            },
            outcome: () => {
                screen.view.outcome = item.id;
                screen.focus.later(`${place} .o_minutes_outcomes button`);
                screen.render(true);
            },
            dropRow: () => this.dropRow(item),
        };
        acts[command]?.();
    }

    dropRow(item) {
        const { model } = this.screen;
        const field = document.activeElement;
        if (field?.selectionStart !== field?.selectionEnd) {
            return; // a word is being taken out, not the row
        }
        const key = field?.closest("[data-row]")?.dataset.row;
        const row = model.rowsOf(item).find((each) => each.storeKey === key);
        if (row) {
            model.dropRow(item, row);
            this.screen.goTo(item);
        }
    }
}
