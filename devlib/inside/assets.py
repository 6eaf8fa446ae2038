"""Run in Odoo's shell: compile bundles once, so that no page and no test waits.

BUNDLES says which: those of the pages that people see, or those of the tests.
"""

import os
from pathlib import Path

from odoo.modules import Manifest
from odoo.tools import config

# for each bundle: its scripts, and its styles in one direction or both
PAGES = {
    "web.assets_web": ("js", "ltr", "rtl"),
    "web.assets_web_print": ("ltr", "rtl"),
    "web.assets_backend_lazy": ("js", "ltr", "rtl"),
    "web.fullcalendar_lib": ("js", "ltr", "rtl"),
    "web.chartjs_lib": ("js",),
    "web.assets_frontend": ("ltr", "rtl"),
    "web.assets_frontend_minimal": ("js",),
    "web.assets_frontend_lazy": ("js", "ltr", "rtl"),
    "bus.websocket_worker_assets": ("js",),
}
TESTS = {
    "web.assets_tests": ("js",),
    "web.assets_unit_tests_setup": ("js", "ltr"),
    "web.assets_unit_tests": ("js", "ltr"),
}
# our own, which the client fetches when a screen needs them
for path in Path(config["addons_path"][-1]).glob("*/__manifest__.py"):
    addon = path.parent.name
    for name in Manifest.for_addon(addon)["assets"]:
        if name.startswith(f"{addon}.") and not name.startswith(f"{addon}._"):
            PAGES[name] = ("js", "ltr", "rtl")

chosen = {"pages": PAGES, "tests": TESTS}[os.environ["BUNDLES"]]
for name, parts in chosen.items():
    print("compiling", name, flush=True)
    for part in parts:
        bundle = env["ir.qweb"]._get_asset_bundle(
            name, js=part == "js", css=part != "js", rtl=part == "rtl"
        )
        if bundle.javascripts:
            bundle.js()
        if bundle.stylesheets:
            bundle.css()
env.cr.commit()
