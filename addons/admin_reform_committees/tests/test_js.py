from odoo.tests import tagged

from odoo.addons.agency_base.tests.hoot_common import HootCase


@tagged("post_install", "-at_install")
class TestHoot(HootCase):
    def test_hoot(self):
        """Run this addon's browser tests."""
        self._run_hoot("admin_reform_committees")
