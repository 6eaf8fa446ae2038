import {
    Component,
    onMounted,
    onWillUnmount,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatNumber, localDigits } from "../item_card/numbers";
import { shrink } from "./camera";
import { FieldCard } from "./field_card";
import { Icon } from "./icon";
import { Reach } from "./reach";
import { setup } from "./setup";
import { Viewfinder } from "./viewfinder";
import { VisitSections } from "./visit_sections";

/** One visit: all its items in one list, and what is done to them. */
export class Visit extends Component {
    static template = "audit_checklist.FieldVisit";
    static components = { FieldCard, Icon, Viewfinder, VisitSections };
    static props = { model: Object, go: Function, assessment: String };

    setup() {
        this.data = useState(this.props.model.data);
        this.state = useState({
            section: "",
            unfolded: "",
            camera: "",
            picture: null,
            last: null,
            aside: 0,
        });
        this.reach = new Reach(useRef("list"));
        this.urls = new Map();
        onMounted(() => {
            this.model.place.start();
            this.followScroll();
        });
        onWillUnmount(() => this.urls.forEach((url) => URL.revokeObjectURL(url)));
        useExternalListener(window, "scroll", () => this.followScroll(), {
            passive: true,
        });
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

    itemsOf(section) {
        return section.items.filter((item) => this.isAsked(item));
    }

    isAsked(item) {
        return this.result.items[item.code].state !== "irrelevant";
    }

    isChoice(code) {
        const { response } = this.items.find((item) => item.code === code);
        return response.kind === "options";
    }

    isOpen(item) {
        return this.result.items[item.code].state === "open";
    }

    get items() {
        return this.design.sections.flatMap((section) => section.items);
    }

    /** The next item without an answer: after `code`, or from the shown section on. */
    nextAfter(code) {
        const { items } = this;
        const shown = this.sections.find((s) => s.code === this.state.section);
        const start = code
            ? items.findIndex((item) => item.code === code)
            : items.indexOf(shown?.items[0] || items[0]);
        const order = [...items.slice(start), ...items.slice(0, start)];
        return order.find((item) => this.isOpen(item) && item.required);
    }

    get next() {
        return this.nextAfter();
    }

    get nextText() {
        return this.next
            ? _t("Next unanswered · %(item)s", { item: localDigits(this.next.label) })
            : _t("All answered");
    }

    get capText() {
        const { critical_failed } = this.result;
        const { rule, cap } = this.design.critical;
        return critical_failed.length && rule === "cap"
            ? _t("The score is capped at %(cap)s", { cap: formatNumber(cap) })
            : "";
    }

    get asideText() {
        return _t("%(count)s items stepped aside; their answers are kept.", {
            count: formatNumber(this.state.aside),
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
        const asked = this.answeredCodes;
        this.state.unfolded = "";
        const kept = await this.model.answer(this.visit, code, value);
        if (kept && before.option !== value.option) {
            const still = new Set(this.answeredCodes);
            this.state.last = { code, value: before };
            this.state.aside = asked.filter((c) => c !== code && !still.has(c)).length;
        }
        if (kept && this.isChoice(code)) {
            this.moveOn(code);
        }
    }

    /** Codes of the items that are asked and were answered. */
    get answeredCodes() {
        return Object.keys(this.model.answersOf(this.visit)).filter(
            (code) => this.result.items[code]?.state !== "irrelevant"
        );
    }

    /**
     * After an answer bring the next item within reach of the thumb: in the middle if
     * this one is settled, else below it, as far as both have room.
     */
    moveOn(code) {
        const next = this.nextAfter(code);
        const { isSettled, isComplete } = this.progressOf(code);
        if (next && isSettled) {
            this.reach.show(next.code);
        } else if (next && next.code !== code) {
            this.reach.showBelow(code, next.code, isComplete);
        }
    }

    /** Whether an item needs no more, and whether a failed one has all it asks for. */
    progressOf(code) {
        const { state, failed } = this.result.items[code];
        const { comments, note } = this.answer(code)?.value || {};
        const lacksPhoto = this.lacksPhoto(code, failed);
        return {
            isSettled: state !== "open" && !failed && !lacksPhoto,
            isComplete: !lacksPhoto && Boolean(comments?.length || note),
        };
    }

    lacksPhoto(code, isFailed) {
        const { photo_policy: policy } = this.items.find((item) => item.code === code);
        const isDue = policy === "always" || (policy === "on_fail" && isFailed);
        return isDue && !this.model.photosOf(this.visit, code).length;
    }

    async undo() {
        const { last } = this.state;
        if (last) {
            Object.assign(this.state, { last: null, aside: 0 });
            await this.model.answer(this.visit, last.code, last.value);
            this.reach.show(last.code);
        }
    }

    choose(code) {
        this.reach.showSection(code);
        this.state.section = code;
    }

    goNext() {
        const { next } = this;
        if (next) {
            this.reach.show(next.code);
        } else {
            this.props.go(`visit/${this.props.assessment}/submit`);
        }
    }

    /** The section whose heading has passed under the bar of sections is shown. */
    followScroll() {
        const section = this.reach.shownSection();
        if (section && section !== this.state.section) {
            this.state.section = section;
        }
    }

    openCamera(code) {
        this.state.camera = code;
    }

    async takePicture(source) {
        const code = this.state.camera;
        this.state.camera = "";
        const picture = await shrink(source).catch(() => null);
        if (!picture) {
            this.data.problem = "picture";
        } else if (await this.model.addPhoto(this.visit, code, picture)) {
            this.moveOn(code);
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
