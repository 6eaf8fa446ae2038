import { loadBundle } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

const TAG = "service_desk.board";
const actions = registry.category("actions");

/** Fetches the board on first use, then lets the real action take over. */
export async function loadBoard(env, action) {
    await loadBundle("service_desk.board_screen");
    if (actions.get(TAG) === loadBoard) {
        // The bundle did not replace this action: asking again would never end.
        env.services.notification.add(_t("The board could not be loaded."), {
            type: "danger",
        });
        return;
    }
    return action;
}
loadBoard.displayName = _t("Board");

actions.add(TAG, loadBoard);
