import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { listed, localDigits } from "../item_card/numbers";
import { steer } from "../item_card/radios";
import { clock, dayName } from "./dates";
import { Icon } from "./icon";
import { usePhotoUrls } from "./photo_urls";
import { setup } from "./setup";
import { apart, dotted } from "./words";

/** What arrived but could not be applied, and what two inspectors saw differently. */
export class Attention extends Component {
    static template = "audit_checklist.FieldAttention";
    static components = { Icon };
    static props = { model: Object, go: Function };

    setup() {
        Object.assign(this, { localDigits, steer });
        this.data = useState(this.props.model.data);
        this.urls = usePhotoUrls(this.model);
        this.state = useState({ chosen: {}, why: {}, hasOther: {} });
    }

    get model() {
        return this.props.model;
    }

    get list() {
        return this.model.attentionOf();
    }

    get whys() {
        return [_t("We looked again together"), _t("The photo is clear")];
    }

    item(visit, code) {
        const design = this.model.design(visit);
        return design.sections
            .flatMap((s) => s.items)
            .find((item) => item.code === code);
    }

    member(visit, id) {
        const member = visit.members.find((m) => m.id === id);
        const name = member?.name || "";
        return id === setup.user.id
            ? _t("%(name)s (you)", { name: apart(name) })
            : name;
    }

    answerText(item, value) {
        const option = item?.response.options?.find(
            ({ code }) => code === value.option
        );
        return option?.name || localDigits(String(value.number ?? value.text ?? "—"));
    }

    shape(item, value) {
        const option = item?.response.options?.find(
            ({ code }) => code === value.option
        );
        return option?.shape || "plain";
    }

    commentText(value) {
        return listed([...(value.comments || []), value.note]);
    }

    key(conflict) {
        return `${conflict.visit.assessment} ${conflict.item}`;
    }

    choose(conflict, side) {
        this.state.chosen[this.key(conflict)] = side;
    }

    say(conflict, why, isOther = false) {
        this.state.why[this.key(conflict)] = why;
        this.state.hasOther[this.key(conflict)] = isOther;
    }

    /** Where an answer comes from, and when it was given and when it arrived. */
    timesText({ user, at, received }) {
        const phone =
            user === setup.user.id ? _t("your phone") : _t("the colleague’s phone");
        return dotted([
            at ? clock(at) : "",
            phone,
            received ? _t("arrived %(time)s", { time: clock(received) }) : "",
        ]);
    }

    /** The photos one side took of the item, as far as they can be seen from here. */
    photosOf({ visit, item }, { user }) {
        return this.model
            .photosOf(visit, item)
            .filter((photo) => photo.user === user)
            .map((photo) => ({ ...photo, url: this.urls.of(photo) }));
    }

    initial(visit, id) {
        return [...(visit.members.find((m) => m.id === id)?.name || " ")][0];
    }

    standText(conflict, item) {
        const side = conflict.sides[this.state.chosen[this.key(conflict)]];
        return side
            ? _t("Let “%(answer)s” stand; both stay in the history", {
                  answer: this.answerText(item, side.value),
              })
            : _t("Choose an answer; both stay in the history");
    }

    settle(conflict) {
        const key = this.key(conflict);
        const side = conflict.sides[this.state.chosen[key]];
        const why = this.state.why[key]?.trim();
        if (side && why) {
            this.model.enter(
                conflict.visit,
                "resolve",
                { value: side.value, op: side.op, why },
                conflict.item
            );
        }
    }

    isSettling(conflict) {
        return this.model
            .opsOf(conflict.visit)
            .some((op) => op.kind === "resolve" && op.item === conflict.item);
    }

    visitName(op) {
        return this.model.visit(op.assessment)?.unit.name || "";
    }

    momentText({ at }) {
        return [dayName(at), clock(at)].join(" ");
    }

    opText(op) {
        const visit = this.model.visit(op.assessment);
        const item = visit && op.item ? this.item(visit, op.item) : null;
        if (item && op.kind === "answer") {
            return dotted([item.label, this.answerText(item, op.payload)]);
        }
        return item ? item.label : "";
    }

    /** Whether the officer can be asked: about a visit that is ours. */
    canAsk(op) {
        return (
            Boolean(this.model.visit(op.assessment)) && op.reason !== "unknown_visit"
        );
    }

    ask(op) {
        const text = _t("Please have this corrected: %(what)s (%(why)s)", {
            what: [this.momentText(op), this.opText(op)].filter(Boolean).join(" "),
            why: this.reasonText(op),
        });
        return this.model.askCorrection(this.model.visit(op.assessment), op, text);
    }

    get choiceText() {
        return _t("Choose this one");
    }

    get chosenText() {
        return _t("Chosen by the lead");
    }

    reasonText(op) {
        const [code, ...items] = op.reason.split(" ");
        const visit = this.model.visit(op.assessment);
        const labels = items.map(
            (item) => (visit && this.item(visit, item)?.label) || item
        );
        return [setup.reasons[code] || code, listed(labels)].filter(Boolean).join(" ");
    }
}
