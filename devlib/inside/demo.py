"""Run in Odoo's shell: our demo story, without the English one of Odoo's modules."""

from pathlib import Path

from odoo.modules.loading import load_data
from odoo.modules.module_graph import ModuleGraph
from odoo.tools import config

ours = {path.parent.name for path in Path(config["addons_path"][-1]).glob("*/__ma*.py")}
modules = env["ir.module.module"].search([("state", "=", "installed")])
graph = ModuleGraph(env.cr)
graph.extend(modules.mapped("name"))
for package in graph:
    if package.name in ours:
        load_data(env(su=True), {}, "init", kind="demo", package=package)
modules.filtered(lambda module: module.name in ours).demo = True
env.cr.commit()
