import { loadBundle } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

const NAME = "audit_checklist.heat_map";
const actions = registry.category("actions");

/** Fetches the map on first use, then lets the real action take over. */
export async function loadHeatMap(env, action) {
    await loadBundle("audit_checklist.assets_heat");
    if (actions.get(NAME) === loadHeatMap) {
        // The bundle did not replace this action: asking again would never end.
        env.services.notification.add(_t("The map could not be loaded."), {
            type: "danger",
        });
        return;
    }
    return action;
}
loadHeatMap.displayName = _t("Map of the Items");

actions.add(NAME, loadHeatMap);
