import { browser } from "@web/core/browser/browser";

/** The ways out of the minutes: forms of what is mentioned, and other tabs. */
export class ScreenDoors {
    constructor(action, meetingId) {
        this.action = action;
        this.meetingId = meetingId;
    }

    openForm(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openMeetings() {
        return this.action.doAction("admin_reform_committees.reform_meeting_action", {
            clearBreadcrumbs: true,
        });
    }

    openMeeting(meetingId) {
        return this.openForm("reform.meeting", meetingId);
    }

    openResolution(resolutionId) {
        return this.openForm("reform.resolution", resolutionId);
    }

    openProjector() {
        browser.open(`/odoo/reform-projector/${this.meetingId}`, "_blank");
    }

    openPreview() {
        browser.open(`/reform/minutes/${this.meetingId}/preview`, "_blank");
    }
}
