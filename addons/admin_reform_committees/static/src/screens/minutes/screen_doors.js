import { browser } from "@web/core/browser/browser";
import { openForm } from "../common/doors";

/** The ways out of the minutes: forms of what is mentioned, and other tabs. */
export class ScreenDoors {
    constructor(action, meetingId) {
        this.action = action;
        this.meetingId = meetingId;
    }

    /** As the card of the body does it: its next meeting, prepared. */
    newMeeting(bodyId) {
        return this.action.doActionButton({
            type: "object",
            resModel: "reform.committee",
            resId: bodyId,
            name: "action_new_meeting",
        });
    }

    openMeetings() {
        return this.action.doAction("admin_reform_committees.reform_meeting_action", {
            clearBreadcrumbs: true,
        });
    }

    openMeeting(meetingId) {
        return openForm(this.action, "reform.meeting", meetingId);
    }

    openResolution(resolutionId) {
        return openForm(this.action, "reform.resolution", resolutionId);
    }

    openProjector() {
        browser.open(`/odoo/reform-projector/${this.meetingId}`, "_blank");
    }

    openPreview() {
        browser.open(`/reform/minutes/${this.meetingId}/preview`, "_blank");
    }
}
