import { loadBundle } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

const TAG = "service_desk.counter";
const actions = registry.category("actions");

/** Fetches the counter screen on first use, then lets the real action take over. */
export async function loadCounter(env, action) {
    await loadBundle("service_desk.counter_screen");
    if (actions.get(TAG) === loadCounter) {
        // The bundle did not replace this action: asking again would never end.
        env.services.notification.add(_t("The counter screen could not be loaded."), {
            type: "danger",
        });
        return;
    }
    return action;
}
loadCounter.displayName = _t("Counter");

actions.add(TAG, loadCounter);
