import { Component, onMounted, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatNumber, listed, localDigits } from "../item_card/numbers";
import { Icon } from "./icon";
import { setup } from "./setup";
import { dotted } from "./words";

const LINE_WIDTH = 2.5;
// As much of a fingerprint as people compare.
const PRINT_SHOWN = 8;

/** The end of a visit: what will be sent, the host's signature, the sending. */
export class Submit extends Component {
    static template = "audit_checklist.FieldSubmit";
    static components = { Icon };
    static props = { model: Object, go: Function, assessment: String };

    setup() {
        Object.assign(this, { formatNumber, localDigits });
        this.data = useState(this.props.model.data);
        const { host, unit } = this.visit;
        this.state = useState({
            name: host.name || unit.representative || "",
            function: host.function || unit.representative_function || "",
            note: host.note || "",
            refusal: host.refusal || "",
            hasRefused: Boolean(host.refusal),
            hasNote: Boolean(host.note),
            isDrawn: Boolean(host.signed),
            noAccess: "",
        });
        this.canvas = useRef("canvas");
        onMounted(() => this.model.place.start());
    }

    get model() {
        return this.props.model;
    }

    get visit() {
        return this.model.visit(this.props.assessment);
    }

    get result() {
        return this.model.result(this.visit);
    }

    get isWorkable() {
        return this.model.isWorkable(this.visit);
    }

    get obstacles() {
        return this.model.obstacles(this.visit);
    }

    why(obstacle) {
        return {
            open: _t("not answered"),
            reason: _t("not applicable, but why?"),
            photo: _t("a photo is missing"),
            fewer: _t("fewer than asked for, but why?"),
            conflict: _t("two different answers"),
        }[obstacle.why];
    }

    get lines() {
        const { result, visit } = this;
        const queued = this.model.opsOf(visit).length;
        const made = this.data.counts[visit.assessment] || 0;
        const photos = this.data.photos.filter(
            (p) => p.assessment === visit.assessment
        );
        const arrived = photos.filter((p) => p.state === "arrived").length;
        return [
            {
                name: _t("Answers"),
                value: this.ratio(result.answered_count, result.relevant_count),
                isOk: !result.missing.length,
            },
            {
                name: _t("Operations that have arrived"),
                value: this.ratio(made - queued, made),
                isOk: !queued && this.isSame(visit),
                note: this.printText(visit, queued),
            },
            {
                name: _t("Photos"),
                value: this.ratio(arrived, photos.length),
                isOk: arrived === photos.length,
                note:
                    arrived < photos.length
                        ? _t("Those on the way do not hold the visit up.")
                        : "",
            },
            {
                name: _t("Not applicable"),
                ...this.naLine,
                isOk: !result.is_na_excessive,
            },
            {
                name: _t("Findings of this visit"),
                value: formatNumber(result.failed.length),
                isOk: !result.critical_failed.length,
                note: result.critical_failed.length
                    ? _t("Critical: %(items)s", {
                          items: localDigits(this.labels(result.critical_failed)),
                      })
                    : "",
            },
        ];
    }

    /** Whether phone and server have the same operations: by number and fingerprint. */
    isSame({ assessment, arrived }) {
        const { counts, prints } = this.data;
        return (
            !prints[assessment] ||
            (arrived?.count === counts[assessment] &&
                arrived.print === prints[assessment])
        );
    }

    printText(visit, queued) {
        const print = this.data.prints[visit.assessment]?.slice(0, PRINT_SHOWN);
        if (!print) {
            return "";
        }
        return queued || !this.isSame(visit)
            ? _t("Fingerprint on this phone: %(print)s", { print })
            : _t("Number and fingerprint are the same on phone and server: %(print)s", {
                  print,
              });
    }

    /** How many items, and how much of the weight, do not apply. */
    get naLine() {
        const { items, is_na_excessive, na_share } = this.result;
        const na = Object.values(items).filter(({ state }) => state === "na");
        const text = _t("%(share)s percent of the weight", {
            share: formatNumber(Math.round(100 * na_share)),
        });
        return {
            value: formatNumber(na.length),
            note: is_na_excessive
                ? dotted([
                      text,
                      _t("More than usual: the officer will have to confirm it."),
                  ])
                : text,
        };
    }

    ratio(part, whole) {
        return _t("%(answered)s of %(asked)s", {
            answered: formatNumber(part),
            asked: formatNumber(whole),
        });
    }

    labels(codes) {
        const items = this.model.design(this.visit).sections.flatMap((s) => s.items);
        const named = items.filter(({ code }) => codes.includes(code));
        return listed(named.map(({ label }) => label));
    }

    hasSigned(member) {
        return Boolean(this.visit.signed_by?.includes(member.id));
    }

    get hasHost() {
        const { name, isDrawn, hasRefused, refusal } = this.state;
        return Boolean(name.trim() && (hasRefused ? refusal.trim() : isDrawn));
    }

    /** Why it cannot be sent yet, in one sentence; empty when it can. */
    get hint() {
        if (!this.visit.is_lead) {
            return _t("The lead of the team sends the visit.");
        }
        if (this.obstacles.length) {
            return _t("First settle the red lines above.");
        }
        if (!this.state.name.trim()) {
            return _t("Write the name of the host.");
        }
        return this.hasHost ? "" : _t("The host signs, or you say why not.");
    }

    signedText(member) {
        if (this.hasSigned(member)) {
            return _t("signed");
        }
        return member.id === setup.user.id && this.visit.is_lead
            ? _t("by sending it")
            : _t("on his own phone");
    }

    openItem(obstacle) {
        this.props.go(`visit/${this.props.assessment}`, obstacle.item.code);
    }

    // === Signature ===
    point(event) {
        const { left, top, width, height } = this.canvas.el.getBoundingClientRect();
        const { el } = this.canvas;
        return [
            ((event.clientX - left) * el.width) / width,
            ((event.clientY - top) * el.height) / height,
        ];
    }

    beginStroke(event) {
        event.preventDefault();
        this.pen = this.canvas.el.getContext("2d");
        this.pen.lineWidth = LINE_WIDTH;
        this.pen.lineCap = "round";
        this.pen.strokeStyle = "#1d2a6b";
        this.pen.beginPath();
        this.pen.moveTo(...this.point(event));
    }

    drawStroke(event) {
        if (this.pen && event.buttons) {
            this.pen.lineTo(...this.point(event));
            this.pen.stroke();
            this.state.isDrawn = true;
        }
    }

    endStroke() {
        this.pen = null;
    }

    clearSignature() {
        const { el } = this.canvas;
        el.getContext("2d").clearRect(0, 0, el.width, el.height);
        this.state.isDrawn = false;
    }

    async send() {
        if (this.hint) {
            return;
        }
        const { name, note, refusal, hasRefused } = this.state;
        const host = { name, note, function: this.state.function };
        if (hasRefused) {
            host.refusal = refusal;
        } else {
            host.signature = this.canvas.el.toDataURL("image/png");
        }
        const kept = await this.model.enter(this.visit, "host", host);
        if (kept && (await this.model.submit(this.visit))) {
            this.props.go("");
        }
    }

    confirm() {
        return this.model.enter(this.visit, "confirm", {});
    }

    async noAccess() {
        const reason = this.state.noAccess.trim();
        if (reason) {
            await this.model.enter(this.visit, "no_access", { reason });
            this.props.go("");
        }
    }
}
