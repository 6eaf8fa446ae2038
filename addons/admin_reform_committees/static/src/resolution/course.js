import { Component, useRef, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { sendReport, splitPercent } from "./report";
import { localDigits, percentText } from "./texts";

/** What a part of the page of a resolution shows beside its fields. */
class ResolutionPanel extends Component {
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.localDigits = localDigits;
        this.percentText = percentText;
        this.state = useState({ panel: null });
        // a record that is read anew stays the same object: its data are what is new
        useRecordObserver((record) => this.load(record.data && record.resId));
    }

    async load(id) {
        this.state.panel = id
            ? await this.orm.call("reform.resolution", "panel", [[id]])
            : null;
    }

    get panel() {
        return this.state.panel;
    }
}

/** The course of a resolution, newest first; reports are added in its first line. */
export class ResolutionCourse extends ResolutionPanel {
    static template = "admin_reform_committees.ResolutionCourse";

    setup() {
        super.setup();
        this.line = useRef("line");
        this.draft = useState({ text: "", files: [], problem: "", busy: false });
    }

    addFiles(files) {
        this.draft.files.push(...files);
    }

    onPaste(ev) {
        if (ev.clipboardData.files.length) {
            ev.preventDefault();
            this.addFiles(ev.clipboardData.files);
        }
    }

    onPick(ev) {
        this.addFiles(ev.target.files);
        ev.target.value = "";
    }

    onKeydown(ev) {
        if (ev.ctrlKey && ev.key === "Enter") {
            ev.preventDefault();
            ev.stopPropagation();
            this.send();
        }
    }

    /** Text and files stay where they are until the report has arrived. */
    async send() {
        const { text, files } = this.draft;
        if (this.draft.busy || !(text.trim() || files.length)) {
            return;
        }
        this.draft.busy = true;
        this.draft.problem = "";
        try {
            const said = splitPercent(text);
            await sendReport(this.orm, this.props.record.resId, { ...said, files });
            Object.assign(this.draft, { text: "", files: [] });
            await this.props.record.load();
        } catch (error) {
            this.draft.problem = error.data?.message || error.message;
        } finally {
            this.draft.busy = false;
        }
    }
}

const NOTED_AFTER = 1500;

/** The evidence of a resolution, and whether the user has opened it. */
export class ResolutionEvidence extends ResolutionPanel {
    static template = "admin_reform_committees.ResolutionEvidence";

    opened(file) {
        if (!file.seen) {
            file.seen = true;
            file.asked = false;
            // the server notes it when the file is fetched
            setTimeout(() => this.props.record.load(), NOTED_AFTER);
        }
    }
}

/** The day it was resolved, every deadline it ever had, and what was reached when. */
export class ResolutionTimeline extends ResolutionPanel {
    static template = "admin_reform_committees.ResolutionTimeline";
}

/** What the vote on it came to, and who voted how, for those who may know. */
export class ResolutionVotes extends ResolutionPanel {
    static template = "admin_reform_committees.ResolutionVotes";
}

registry.category("view_widgets").add("reform_resolution_course", {
    component: ResolutionCourse,
});
registry.category("view_widgets").add("reform_resolution_evidence", {
    component: ResolutionEvidence,
});
registry.category("view_widgets").add("reform_resolution_timeline", {
    component: ResolutionTimeline,
});
registry.category("view_widgets").add("reform_resolution_votes", {
    component: ResolutionVotes,
});
