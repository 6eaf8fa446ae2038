"""Run in Odoo's shell: compile the bundles once, so that no test and no page waits."""

# for each bundle: its scripts, and its styles in one direction or both
BUNDLES = {
    "web.assets_web": ("js", "ltr", "rtl"),
    "web.assets_web_print": ("ltr", "rtl"),
    "web.assets_frontend": ("ltr", "rtl"),
    "web.assets_frontend_minimal": ("js",),
    "web.assets_frontend_lazy": ("js", "ltr", "rtl"),
    "bus.websocket_worker_assets": ("js",),
    "web.assets_tests": ("js",),
    "web.assets_unit_tests_setup": ("js", "ltr"),
    "web.assets_unit_tests": ("js", "ltr"),
}

for name, parts in BUNDLES.items():
    print("compiling", name, flush=True)
    for part in parts:
        bundle = env["ir.qweb"]._get_asset_bundle(
            name, js=part == "js", css=part != "js", rtl=part == "rtl"
        )
        bundle.js() if part == "js" else bundle.css()
env.cr.commit()
