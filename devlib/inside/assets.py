"""Run in Odoo's shell: compile the bundles once, so that no test and no page waits."""

TEST_BUNDLES = {"web.assets_unit_tests_setup", "web.assets_unit_tests"}

qweb = env["ir.qweb"]
scripts, styles = qweb._get_bundles_to_pregenarate()
for name in sorted(scripts | TEST_BUNDLES):
    qweb._get_asset_bundle(name, css=False, js=True).js()
for name in sorted(styles | TEST_BUNDLES):
    for rtl in (False, True):
        qweb._get_asset_bundle(name, css=True, js=False, rtl=rtl).css()
env.cr.commit()
