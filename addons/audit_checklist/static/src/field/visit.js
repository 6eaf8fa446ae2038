import {
    Component,
    onMounted,
    onWillUnmount,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatNumber, formatScore, localDigits } from "../item_card/numbers";
import { shrink } from "./camera";
import { clock } from "./dates";
import { FieldCard } from "./field_card";
import { setup } from "./setup";
import { Viewfinder } from "./viewfinder";

/** One visit: its sections, and the items of the one that is open. */
export class Visit extends Component {
    static template = "audit_checklist.FieldVisit";
    static components = { FieldCard, Viewfinder };
    static props = { model: Object, go: Function, assessment: String };

    setup() {
        Object.assign(this, { clock, formatNumber, formatScore, localDigits });
        this.data = useState(this.props.model.data);
        this.state = useState({
            section: "",
            unfolded: "",
            camera: "",
            picture: null,
            last: null,
        });
        this.list = useRef("list");
        this.urls = new Map();
        onMounted(() => this.model.place.start());
        onWillUnmount(() => this.urls.forEach((url) => URL.revokeObjectURL(url)));
        useEffect(
            () => this.list.el?.querySelector(".f-jump")?.scrollIntoView(),
            () => [this.state.section]
        );
    }

    get model() {
        return this.props.model;
    }

    get visit() {
        return this.model.visit(this.props.assessment);
    }

    get design() {
        return this.model.design(this.visit);
    }

    get result() {
        return this.model.result(this.visit);
    }

    get isReady() {
        return Boolean(this.visit && this.design);
    }

    get isLocked() {
        return !this.model.isWorkable(this.visit);
    }

    isItemLocked(item) {
        return !this.model.isOpen(this.visit, item.code);
    }

    get sections() {
        const { sections } = this.result;
        return this.design.sections
            .map((section, index) => ({ ...section, ...sections[index] }))
            .filter((section) => section.relevant_count);
    }

    get section() {
        const chosen = this.sections.find(({ code }) => code === this.state.section);
        const unfinished = this.sections.find(
            (s) => s.answered_count < s.relevant_count
        );
        return chosen || unfinished || this.sections[0];
    }

    get items() {
        return this.section.items.filter((item) => this.isAsked(item));
    }

    isAsked(item) {
        return this.result.items[item.code].state !== "irrelevant";
    }

    get allItems() {
        return this.design.sections.flatMap((section) => section.items);
    }

    isOpen(item) {
        return this.result.items[item.code].state === "open";
    }

    /** The next item without an answer, from the open section on. */
    get next() {
        const start = this.allItems.indexOf(this.section.items[0]);
        const order = [...this.allItems.slice(start), ...this.allItems.slice(0, start)];
        return order.find((item) => this.isOpen(item) && item.required);
    }

    get nextText() {
        return this.next
            ? _t("Next unanswered · %(item)s", { item: localDigits(this.next.label) })
            : _t("All answered");
    }

    get progressText() {
        const { answered_count, relevant_count, weight, score } = this.section;
        return _t("%(answered)s of %(asked)s · weight %(weight)s · score %(score)s", {
            answered: formatNumber(answered_count),
            asked: formatNumber(relevant_count),
            weight: formatNumber(weight),
            score: formatScore(score),
        });
    }

    get capText() {
        const { critical_failed } = this.result;
        const { rule, cap } = this.design.critical;
        return critical_failed.length && rule === "cap"
            ? _t("The score is capped at %(cap)s", { cap: formatNumber(cap) })
            : "";
    }

    get scoreName() {
        return this.result.is_provisional ? _t("provisional") : _t("score");
    }

    sectionText(section) {
        return _t("%(answered)s of %(asked)s", {
            answered: formatNumber(section.answered_count),
            asked: formatNumber(section.relevant_count),
        });
    }

    answer(code) {
        return this.model.answersOf(this.visit)[code];
    }

    /** The initial of the colleague who gave the answer. */
    mark(code) {
        const by = this.answer(code)?.by;
        const member = this.visit.members.find(({ id }) => id === by);
        return member && by !== setup.user.id ? [...member.name][0] : "";
    }

    get colleague() {
        return this.visit.members.find(({ id }) => id !== setup.user.id);
    }

    get colleagueText() {
        const { news } = this.data;
        return [
            this.colleague?.name,
            news ? _t("news of %(time)s", { time: clock(news.at) }) : "",
        ]
            .filter(Boolean)
            .join(" · ");
    }

    photos(code) {
        return this.model
            .photosOf(this.visit, code)
            .map((photo) => ({ ...photo, url: this.urlOf(photo) }));
    }

    urlOf(photo) {
        if (!photo.blob) {
            return "";
        }
        if (!this.urls.has(photo.uuid)) {
            this.urls.set(photo.uuid, URL.createObjectURL(photo.blob));
        }
        return this.urls.get(photo.uuid);
    }

    // === Doing ===
    async record(code, value) {
        const before = this.answer(code)?.value || {};
        this.state.unfolded = "";
        const kept = await this.model.answer(this.visit, code, value);
        if (kept && before.option !== value.option) {
            this.state.last = { code, value: before };
            this.moveOn(code);
        }
    }

    /** After an answer that needs no more, bring the next item within reach. */
    moveOn(code) {
        const outcome = this.result.items[code];
        if (outcome.state === "open" || outcome.failed) {
            return;
        }
        const { section } = this;
        const next = section.items.find(
            (item) => this.isOpen(item) && this.isAsked(item)
        );
        if (next) {
            this.show(next.code);
        }
    }

    async undo() {
        const { last } = this.state;
        if (last) {
            this.state.last = null;
            await this.model.answer(this.visit, last.code, last.value);
            this.show(last.code);
        }
    }

    choose(code) {
        this.state.section = code;
        this.list.el?.scrollTo?.(0, 0);
        window.scrollTo(0, 0);
    }

    goNext() {
        const { next } = this;
        if (next) {
            const home = this.design.sections.find(({ items }) => items.includes(next));
            this.state.section = home.code;
            this.show(next.code);
        } else {
            this.props.go(`visit/${this.props.assessment}/submit`);
        }
    }

    show(code) {
        requestAnimationFrame(() => {
            const card = this.list.el?.querySelector(`[data-code="${code}"]`);
            const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
            card?.scrollIntoView({
                block: "center",
                behavior: calm ? "auto" : "smooth",
            });
        });
    }

    unfold(code) {
        this.state.unfolded = code;
    }

    openCamera(code) {
        this.state.camera = code;
    }

    async takePicture(source) {
        const code = this.state.camera;
        this.state.camera = "";
        const picture = await shrink(source).catch(() => null);
        if (picture) {
            await this.model.addPhoto(this.visit, code, picture);
        } else {
            this.data.problem = "picture";
        }
    }

    async removePicture() {
        const { picture } = this.state;
        this.state.picture = null;
        await this.model.removePhoto(
            this.data.photos.find(({ uuid }) => uuid === picture.uuid)
        );
    }
}
