import { loadBundle } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

const BUNDLE = "admin_reform_committees.screens";
const TAGS = {
    "admin_reform_committees.minutes": _t("Minutes"),
    "admin_reform_committees.projector": _t("Projector"),
    "admin_reform_committees.desk": _t("My Desk"),
    "admin_reform_committees.board": _t("Board of the Council"),
};
const actions = registry.category("actions");

/** Fetches the screens on first use, then lets the real action take over. */
async function loadScreens(env, action) {
    await loadBundle(BUNDLE);
    if (actions.get(action.tag).isReformLoader) {
        // The bundle did not replace this action: asking again would never end.
        env.services.notification.add(_t("The screen could not be loaded."), {
            type: "danger",
        });
        return;
    }
    return action;
}

for (const [tag, name] of Object.entries(TAGS)) {
    const loader = (env, action) => loadScreens(env, action);
    loader.isReformLoader = true;
    loader.displayName = name;
    actions.add(tag, loader);
}
