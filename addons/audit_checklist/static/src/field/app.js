import { Component, onMounted, useExternalListener, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatNumber, formatScore } from "../item_card/numbers";
import { Attention } from "./attention";
import { clock, dayName } from "./dates";
import { Queue } from "./queue";
import { setup } from "./setup";
import { Submit } from "./submit";
import { Today } from "./today";
import { Visit } from "./visit";

const SCREENS = { "": Today, attention: Attention, queue: Queue };

/** The page: which screen is open, and the lines above and below it. */
export class FieldApp extends Component {
    static template = "audit_checklist.FieldApp";
    static components = { Today, Visit, Submit, Attention, Queue };
    static props = { model: Object };

    setup() {
        Object.assign(this, { formatNumber, formatScore });
        this.data = useState(this.props.model.data);
        this.state = useState({ path: this.readPath(), isStarted: false });
        useExternalListener(window, "hashchange", () => {
            this.state.path = this.readPath();
            window.scrollTo(0, 0);
        });
        onMounted(async () => {
            try {
                await this.props.model.start();
            } catch (error) {
                console.warn(error);
                this.data.problem = "store";
            }
            this.state.isStarted = true;
        });
    }

    readPath() {
        return decodeURIComponent(location.hash.replace(/^#\/?/, ""));
    }

    go(path, code) {
        location.hash = `/${path}`;
        if (code) {
            setTimeout(() => {
                document
                    .querySelector(`[data-code="${code}"]`)
                    ?.scrollIntoView({ block: "center" });
            }, 100);
        }
    }

    get model() {
        return this.props.model;
    }

    get parts() {
        const [screen, assessment, step] = this.state.path.split("/");
        return { screen, assessment, step };
    }

    get visit() {
        const { screen, assessment } = this.parts;
        return screen === "visit" ? this.model.visit(assessment) : undefined;
    }

    get isVisit() {
        return Boolean(this.visit && this.model.design(this.visit));
    }

    get isSubmit() {
        return this.isVisit && this.parts.step === "submit";
    }

    get screen() {
        return SCREENS[this.parts.screen] || Today;
    }

    get result() {
        return this.model.result(this.visit);
    }

    get title() {
        if (this.isSubmit) {
            return _t("End of the visit");
        }
        if (this.isVisit) {
            return this.visit.unit.name;
        }
        return (
            {
                attention: _t("Needs attention"),
                queue: _t("Waiting to be sent"),
            }[this.parts.screen] || _t("My visits")
        );
    }

    get subtitle() {
        if (this.isSubmit) {
            return this.visit.unit.name;
        }
        if (this.isVisit) {
            const other = this.visit.members.find(({ id }) => id !== setup.user.id);
            const { news } = this.data;
            return [
                other?.name,
                news ? _t("news of %(time)s", { time: clock(news.at) }) : "",
            ]
                .filter(Boolean)
                .join(" · ");
        }
        return `${dayName(Date.now())} · ${setup.user.name}`;
    }

    get back() {
        return this.isSubmit ? `visit/${this.visit.assessment}` : "";
    }

    get isHome() {
        return !this.parts.screen;
    }

    get attentionCount() {
        const { conflicts, refused } = this.model.attentionOf();
        return conflicts.length + refused.length;
    }

    get waiting() {
        const photos = this.data.photos.filter(
            ({ state }) => state === "queued"
        ).length;
        return { ops: this.data.queue.length, photos };
    }

    get networkText() {
        const { ops, photos } = this.waiting;
        const values = { ops: formatNumber(ops), photos: formatNumber(photos) };
        switch (this.data.network) {
            case "offline":
                return _t(
                    "No network · %(ops)s answers and %(photos)s photos are safe on the phone",
                    values
                );
            case "login":
                return _t(
                    "Your session has ended. %(ops)s operations are kept.",
                    values
                );
            case "sending":
                return _t("Sending · %(ops)s answers, %(photos)s photos to go", values);
            case "trouble":
                return _t(
                    "The server does not answer · %(ops)s operations kept",
                    values
                );
            default:
                return ops || photos
                    ? _t("%(ops)s answers and %(photos)s photos to go", values)
                    : _t("All has arrived");
        }
    }

    get loginUrl() {
        const back = `/audit/field${location.hash}`;
        return `/web/login?redirect=${encodeURIComponent(back)}`;
    }
}
