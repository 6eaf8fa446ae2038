import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { initials, localDigits, toneOf } from "../../common/texts";

/** Who signed, when and how; signing for oneself, or adding the scan of a paper. */
export class SignaturesPane extends Component {
    static template = "admin_reform_committees.SignaturesPane";
    static props = { model: Object, signatures: Array, isOpen: Boolean };

    setup() {
        this.initials = initials;
        this.toneOf = toneOf;
        this.state = useState({ password: "" });
    }

    get model() {
        return this.props.model;
    }

    get countText() {
        const signed = this.props.signatures.filter((signature) => signature.at);
        return _t("%(signed)s of %(all)s have signed", {
            signed: localDigits(signed.length),
            all: localDigits(this.props.signatures.length),
        });
    }

    isMine(signature) {
        return this.props.isOpen && signature.mine && !signature.at;
    }

    async sign() {
        const { password } = this.state;
        this.state.password = "";
        if (password) {
            await this.model.review("minutes_sign", password);
        }
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            ev.stopPropagation();
            this.sign();
        }
    }

    async onScan(signature, ev) {
        const [file] = ev.target.files;
        if (file) {
            const content = await base64Of(file);
            ev.target.value = "";
            await this.model.review(
                "minutes_sign_on_paper",
                signature.id,
                file.name,
                content
            );
        }
    }
}

function base64Of(file) {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result.split(",")[1] || "");
        reader.onerror = () => reject(reader.error);
        reader.readAsDataURL(file);
    });
}
