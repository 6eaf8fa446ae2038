"""Run in Odoo's shell: our demo story, without the English one of Odoo's modules."""

from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from odoo.modules.loading import load_data
from odoo.modules.module_graph import ModuleGraph
from odoo.tools import config, convert


class TehranDateTime(datetime):
    """What the files call ``DateTime``: their "today" is the day in Tehran.

    Odoo runs in UTC, where that day begins at half past eight in the evening of the
    day before: a story told then would be a day old for everybody in it.
    """

    @classmethod
    def today(cls):
        """Return the midnight that begins the day, as a plain ``datetime``."""
        return datetime.combine(datetime.now(ZoneInfo("Asia/Tehran")), time.min)


ours = {path.parent.name for path in Path(config["addons_path"][-1]).glob("*/__ma*.py")}
modules = env["ir.module.module"].search([("state", "=", "installed")])
convert.datetime = TehranDateTime
graph = ModuleGraph(env.cr)
graph.extend(modules.mapped("name"))
for package in graph:
    if package.name in ours:
        print("Loading module", package.name, flush=True)
        load_data(env(su=True), {}, "init", kind="demo", package=package)
modules.filtered(lambda module: module.name in ours).demo = True


def first_page(menu, seen):
    """Return the first action of a menu or below it, of those a user sees."""
    below = menu.child_id.filtered(lambda child: child.id in seen)
    return menu.action or next((p for m in below if (p := first_page(m, seen))), None)


# Each role begins where its work is, not in a chat with Odoo's robot.
users = env["res.users"].search([("share", "=", False)])
users.write({"odoobot_state": "disabled", "tour_enabled": False})
for user in users:
    addon = user.get_external_id()[user.id].split(".")[0]
    seen = env["ir.ui.menu"].with_user(user)._visible_menu_ids()
    apps = env["ir.ui.menu"].search([("parent_id", "=", False), ("id", "in", [*seen])])
    for app in apps:
        if addon in ours and app.get_external_id()[app.id].startswith(f"{addon}."):
            user.action_id = first_page(app, seen).id
env.cr.commit()
