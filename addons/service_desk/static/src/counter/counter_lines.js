import { _t } from "@web/core/l10n/translation";
import { localDigits } from "./texts";

/** The services of a visit and their documents; part of what happens at a counter. */
export class CounterLines {
    pick(service) {
        if (service.offer === "link") {
            this.inform(service);
            return;
        }
        this.visit.add(service);
        this.isAdding = false;
        this.link.clear();
        this.say(
            service.promised
                ? _t("%(service)s, promised %(day)s", {
                      service: service.name,
                      day: service.promised,
                  })
                : service.name
        );
        const hasBoxes = this.visit.boxes(this.visit.line).length > 0;
        this.focus(hasBoxes ? this.documentPlace() : "register");
        this.touch();
    }

    addAnother() {
        this.isAdding = true;
        this.focus("service");
    }

    /** What Enter does: to the button, whatever is still missing. */
    next() {
        this.isAdding = !this.visit.lines.length;
        this.focus(this.isAdding ? "service" : "register");
    }

    /** The link instead of help at the counter; counted as such. */
    giveLink(index) {
        const service = this.visit.serviceOf(this.visit.lines[index]);
        this.removeLine(index);
        this.inform(service);
    }

    /** Ticks a document or takes the tick away. */
    toggle(line, document) {
        this.visit.toggle(line, document);
        if (this.visit.missing(line).length) {
            this.say(this.tickedText(line));
            this.touch();
        } else {
            this.allTicked();
        }
    }

    tickedText(line) {
        const boxes = this.visit.boxes(line);
        const ticked = boxes.filter((box) => line.received.includes(box.id));
        if (boxes.length === 1) {
            return _t("%s of 1 document", localDigits(ticked.length));
        }
        return _t("%(ticked)s of %(all)s documents", {
            ticked: localDigits(ticked.length),
            all: localDigits(boxes.length),
        });
    }

    removeLine(index) {
        this.visit.remove(index);
        this.isAdding = !this.visit.lines.length;
        this.focus(this.visit.lines.length ? "register" : "service");
        this.touch();
    }

    allTicked() {
        this.say(_t("All documents are here."));
        this.focus("register");
        this.touch();
    }
}
