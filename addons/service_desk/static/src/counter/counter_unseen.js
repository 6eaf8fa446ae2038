import { _t } from "@web/core/l10n/translation";

/** The fields that go away once the client turns out to be known. */
const WRITING = ["name", "mobile"];

/** Goes on without an answer: the code is looked up when the line is back. */
export function goOnUnseen(flow, identifier) {
    const unseen = { identifier, name: "", partner_id: false, open: [] };
    flow.visit.client = { ...unseen, isUnseen: true };
    flow.stage = "open";
    flow.focus("name");
    flow.touch();
}

/** Looks up the client whom nobody could look up before. */
export async function lookUpUnseen(flow) {
    const { visit } = flow;
    if (!visit?.client?.isUnseen) {
        return;
    }
    const asked = visit.digits;
    const found = await flow.link.call("counter_find_client", [asked, visit.kind]);
    if (found && visit.client?.isUnseen && asked === visit.digits) {
        takeUp(flow, found);
    }
}

function takeUp(flow, found) {
    const isWriting = WRITING.includes(window.document.activeElement?.dataset.focus);
    flow.visit.client = found;
    flow.touch();
    if (!found.partner_id) {
        return;
    }
    flow.say(_t("Found: %s", found.name));
    if (isWriting) {
        flow.focus(flow.firstPlace);
    }
}
