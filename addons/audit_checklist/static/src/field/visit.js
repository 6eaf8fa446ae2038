import { onMounted, useExternalListener, useRef, useState } from "@odoo/owl";
import { localDigits } from "../item_card/numbers";
import { FieldCard } from "./field_card";
import { Icon } from "./icon";
import { PhotoSheet } from "./photo_sheet";
import { usePhotoUrls } from "./photo_urls";
import { Reach } from "./reach";
import { Viewfinder } from "./viewfinder";
import { VisitReading } from "./visit_reading";
import { VisitSections } from "./visit_sections";

/** One visit: all its items in one list, and what is done to them. */
export class Visit extends VisitReading {
    static template = "audit_checklist.FieldVisit";
    static components = { FieldCard, Icon, PhotoSheet, Viewfinder, VisitSections };
    static props = { model: Object, go: Function, assessment: String };

    setup() {
        Object.assign(this, { localDigits });
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
        this.urls = usePhotoUrls(this.model);
        onMounted(() => {
            this.model.place.start();
            this.followScroll();
        });
        useExternalListener(window, "scroll", () => this.followScroll(), {
            passive: true,
        });
    }

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

    async takePictures(sources) {
        const code = this.state.camera;
        this.state.camera = "";
        if (await this.model.addPhotos(this.visit, code, sources)) {
            this.moveOn(code);
        }
    }

    /** Show a photo; one that did not arrive is sent again by the same tap. */
    openPhoto(photo) {
        if (photo.state === "problem") {
            this.model.sendAgain(photo);
        } else {
            this.state.picture = photo;
        }
    }

    removePicture() {
        const { picture } = this.state;
        this.state.picture = null;
        return this.model.removePhoto(picture);
    }
}
