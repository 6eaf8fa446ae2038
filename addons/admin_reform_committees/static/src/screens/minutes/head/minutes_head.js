import { Component, onWillUnmount, useEffect, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { initials, localDigits, toneOf } from "../../common/texts";

const SAY_EVERY = 10000;

/** Which meeting this is, how far it is, whether all is saved, and who else is here. */
export class MinutesHead extends Component {
    static template = "admin_reform_committees.MinutesHead";
    static props = {
        model: Object,
        onOpenMeeting: Function,
        onStart: Function,
        onCheck: Function,
        onPreview: Function,
        onProjector: Function,
        onProblem: Function,
        onNextMeeting: Function,
    };

    setup() {
        this.initials = initials;
        this.toneOf = toneOf;
        // what is read out: "saved" not at every field, what failed at once
        this.said = useState({ text: "", fault: "" });
        this.saidAt = 0;
        useEffect(
            () => this.announce(),
            () => [this.status.text]
        );
        onWillUnmount(() => browser.clearTimeout(this.timer));
    }

    get model() {
        return this.props.model;
    }

    get data() {
        return this.model.data;
    }

    get meeting() {
        return this.data.meeting;
    }

    /** What is done next: opening the meeting, looking it over, or printing it. */
    get next() {
        if (["draft", "convened", "adjourned"].includes(this.meeting.state)) {
            return "start";
        }
        return this.meeting.is_open && this.meeting.may_write ? "check" : "preview";
    }

    announce() {
        const { tone, text } = this.status;
        browser.clearTimeout(this.timer);
        const say = () => {
            this.saidAt = Date.now();
            const fault = tone === "bad" ? text : "";
            Object.assign(this.said, { text: fault ? "" : text, fault });
        };
        if (tone === "ok") {
            const wait = Math.max(this.saidAt + SAY_EVERY - Date.now(), 0);
            this.timer = browser.setTimeout(say, wait);
        } else if (tone !== "gray") {
            say();
        }
    }

    get refused() {
        return this.model.refused.length;
    }

    get readerStatus() {
        const { status, seenAt } = this.model.state;
        return status === "offline"
            ? {
                  tone: "warn",
                  icon: "fa-exclamation-triangle",
                  text: _t("Last state at %s", seenAt),
              }
            : { tone: "gray", icon: "fa-eye", text: _t("Read only") };
    }

    get status() {
        const { status, savedAt } = this.model.state;
        if (!this.meeting.may_write) {
            return this.readerStatus;
        }
        if (status === "offline") {
            return {
                tone: "warn",
                icon: "fa-exclamation-triangle",
                text: _t(
                    "Draft on this device, %s waiting",
                    localDigits(this.model.pending)
                ),
            };
        }
        if (this.refused || status === "refused") {
            return {
                tone: "bad",
                icon: "fa-times-circle",
                text: this.refused
                    ? _t("%s not saved", localDigits(this.refused))
                    : _t("Not all was saved"),
            };
        }
        if (status === "saving" || this.model.pending) {
            return { tone: "gray", icon: "fa-refresh", text: _t("Saving…") };
        }
        if (status === "saved") {
            return { tone: "ok", icon: "fa-check", text: _t("Saved %s", savedAt) };
        }
        return { tone: "ok", icon: "fa-check", text: _t("Ready, local draft is on") };
    }
}
