import { Component, onMounted, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { countOps, countPhotos } from "../item_card/counts";

/**
 * What is shown when the page itself has failed. The journal is on the phone and goes on
 * being sent; it asks the model for little, for that may be what fails.
 */
export class Trouble extends Component {
    static template = "audit_checklist.FieldTrouble";
    static props = { model: Object, reason: String };

    setup() {
        this.data = useState(this.props.model.data);
        this.state = useState({ isSaved: false, isUnsaved: false });
        onMounted(() => this.open());
    }

    /** Open the store, if the page had not come so far; return whether it is open. */
    async open() {
        try {
            await this.props.model.start();
        } catch (error) {
            console.warn(error);
        }
        return Boolean(this.props.model.device);
    }

    get keptText() {
        const photos = this.data.photos.filter(({ state }) => state === "queued");
        return _t("%(ops)s and %(photos)s wait on this phone.", {
            ops: countOps(this.data.queue.length),
            photos: countPhotos(photos.length),
        });
    }

    async save() {
        try {
            await this.open();
            await this.props.model.save();
            Object.assign(this.state, { isSaved: true, isUnsaved: false });
        } catch (error) {
            console.warn(error);
            Object.assign(this.state, { isSaved: false, isUnsaved: true });
        }
    }

    reload() {
        location.reload();
    }

    /** Away from the visit or the screen that fails. */
    goHome() {
        location.hash = "/";
        location.reload();
    }
}
