import { openForm } from "../common/doors";

const RESOLUTION_KINDS = ["approve", "work", "verify", "extend", "communicate"];

/** Open the record that an entry of the desk is about. */
export function openEntry(action, entry, detail) {
    const { opens } = detail;
    if (opens?.model === "reform.meeting") {
        return action.doActionButton({
            type: "object",
            name: "action_minutes",
            resModel: opens.model,
            resId: opens.id,
        });
    }
    const isResolution = RESOLUTION_KINDS.includes(entry.kind);
    const own = isResolution
        ? { model: "reform.resolution", id: entry.id }
        : { model: "reform.meeting", id: detail.meeting };
    const { model, id } = opens || own;
    return openForm(action, model, id);
}

/** Begin what an empty desk offers: naming members, or the meeting of a body. */
export async function beginStep({ action, orm }, step) {
    return action.doAction(
        step.id
            ? await orm.call("reform.committee", "action_new_meeting", [[step.id]])
            : "admin_reform_committees.reform_committee_action"
    );
}
