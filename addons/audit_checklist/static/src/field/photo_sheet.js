import { Component, useState } from "@odoo/owl";

/** A photo over the whole page: with what is noted about it, and the way to remove it. */
export class PhotoSheet extends Component {
    static template = "audit_checklist.FieldPhotoSheet";
    static props = {
        photo: Object,
        isLocked: Boolean,
        onNote: Function,
        onRemove: Function,
        onClose: Function,
    };

    setup() {
        this.state = useState({ note: this.props.photo.note || "" });
    }

    get isMine() {
        return !this.props.photo.isTheirs && !this.props.isLocked;
    }

    async close() {
        const note = this.state.note.trim();
        if (this.isMine && note !== (this.props.photo.note || "")) {
            await this.props.onNote(note);
        }
        this.props.onClose();
    }
}
