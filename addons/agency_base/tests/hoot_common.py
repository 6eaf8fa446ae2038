"""Running an addon's own browser tests."""

from odoo.tests import HttpCase

from odoo.addons.web.tests.test_js import unit_test_error_checker


class HootCase(HttpCase):
    def _run_hoot(self, addon, timeout=300):
        """Run the browser tests of ``addon``, for at most ``timeout`` seconds."""
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            # Exactly ours: a plain word is looked for loosely, and finds strangers.
            f"&filter=%2F@{addon}%2F",
            "",
            "",
            login="admin",
            timeout=timeout,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=unit_test_error_checker,
        )
