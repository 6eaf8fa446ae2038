import { Component, onMounted, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { SIDE_COLUMNS } from "../counter/side_columns";
import { counted, localDigits } from "../counter/texts";

const MODEL = "service.desk.ticket";
const LOOK_EVERY = 15000;

/** The queue beside the counter: who is here, who is next, who was put aside. */
export class QueueColumn extends Component {
    static template = "service_desk.QueueColumn";
    static props = { flow: Object, onOpen: Function };

    setup() {
        this.localDigits = localDigits;
        this.flow = useState(this.props.flow);
        this.state = useState({ queue: null, drawn: null });
        // Not before it is drawn: the head shows the queue too, and would begin anew.
        onMounted(() => this.look());
        this.timer = browser.setInterval(() => this.look(), LOOK_EVERY);
        onWillUnmount(() => browser.clearInterval(this.timer));
    }

    get queue() {
        return this.state.queue;
    }

    get counterId() {
        return this.flow.screen?.counter?.id;
    }

    get nextNumber() {
        return this.queue.next[0];
    }

    async ask(method, ...args) {
        if (!this.counterId) {
            return null;
        }
        const queue = await this.flow.link.orm.silent.call(MODEL, method, [
            this.counterId,
            ...args,
        ]);
        this.announce(queue);
        this.state.queue = queue.has_queue ? queue : null;
        this.flow.queue = queue.has_queue
            ? {
                  nextText: this.nextText(queue),
                  next: queue.line[0],
                  waiting: queue.waiting,
                  call: () => this.ask("queue_call", queue.current?.number ?? 0),
              }
            : null;
        return queue.drawn;
    }

    /** Tells a screen reader who came to the counter, and that nobody is left. */
    announce(queue) {
        const before = this.queue;
        if (!before || !queue.has_queue) {
            return;
        }
        const number = queue.current?.number;
        if (number && number !== before.current?.number) {
            const called = _t("Number %s is called.", localDigits(number));
            const left = queue.waiting
                ? counted(queue.waiting, _t("1 person waits."), _t("%s are waiting."))
                : _t("Nobody is waiting.");
            this.flow.link.say(`${called} ${left}`);
        } else if (!before.waiting && queue.waiting) {
            this.flow.link.say(_t("Somebody is waiting."));
        }
    }

    nextText(queue) {
        return queue.next.length
            ? _t("Next client: %s", localDigits(queue.next[0]))
            : _t("Next client");
    }

    async look() {
        try {
            await this.ask("queue_state");
        } catch {
            // The counter works without the hall; the next look may succeed.
        }
    }

    /** Gives a number to a client at the reception, says which and prints it. */
    async draw(isPriority) {
        this.state.drawn = await this.ask("queue_draw", isPriority);
        this.printDrawn();
    }

    printDrawn() {
        this.flow.print("service_desk.report_ticket", this.state.drawn.id);
    }

    settle(ticket, what) {
        return this.ask("queue_settle", ticket.number, what);
    }
}

SIDE_COLUMNS.add("queue", QueueColumn, { sequence: 10 });
