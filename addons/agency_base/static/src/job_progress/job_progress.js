import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import {
    Component,
    onWillStart,
    onWillUnmount,
    onWillUpdateProps,
    useState,
} from "@odoo/owl";

const POLL_MS = 2000;
const ACTIVE_STATES = ["pending", "running"];

/**
 * Shows how far a background job has got, and follows it while it runs.
 *
 * On a many2one to agency.job it tells about that job; on a field of the job itself,
 * about the record. When the job ends, the record is loaded again.
 */
export class JobProgressField extends Component {
    static template = "agency_base.JobProgressField";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.job = useState({ state: false, progress: 0, message: false });
        onWillStart(() => this.refresh(this.props));
        onWillUpdateProps((nextProps) => {
            if (this.jobId(nextProps) !== this.jobId(this.props)) {
                return this.refresh(nextProps);
            }
        });
        onWillUnmount(() => browser.clearTimeout(this.timer));
    }

    jobId({ record, name }) {
        return record.fields[name].type === "many2one"
            ? record.data[name]?.id
            : record.resId;
    }

    async refresh(props) {
        browser.clearTimeout(this.timer);
        const id = this.jobId(props);
        const fields = ["state", "progress", "message"];
        // Silent: polling must neither block the screen nor raise dialogs.
        const [job] = id ? await this.orm.silent.read("agency.job", [id], fields) : [];
        Object.assign(this.job, job || { state: false });
        if (this.isActive) {
            this.timer = browser.setTimeout(() => this.follow(), POLL_MS);
        }
    }

    async follow() {
        try {
            await this.refresh(this.props);
        } catch {
            // The server may be restarting; the job goes on when it is back.
            this.timer = browser.setTimeout(() => this.follow(), POLL_MS);
            return;
        }
        if (!this.isActive) {
            await this.props.record.load();
        }
    }

    get isActive() {
        return ACTIVE_STATES.includes(this.job.state);
    }

    get percent() {
        return Math.round(this.job.progress);
    }

    get label() {
        if (this.job.message && this.isActive) {
            return this.job.message;
        }
        return {
            pending: _t("Waiting to be started"),
            running: _t("In progress"),
            done: _t("Done"),
            failed: _t("Failed"),
            cancelled: _t("Cancelled"),
        }[this.job.state];
    }
}

export const jobProgressField = {
    component: JobProgressField,
    displayName: _t("Background Work"),
    supportedTypes: ["many2one", "float"],
};

registry.category("fields").add("agency_job_progress", jobProgressField);
