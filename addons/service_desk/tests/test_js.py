from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestCounterScreen(HttpCase):
    def test_pieces_of_the_counter(self):
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop"
            # Exactly ours: a plain word is looked for loosely, and finds strangers.
            "&filter=%2F@service_desk%2F",
            "",
            "",
            login="admin",
            timeout=180,
            success_signal="[HOOT] Test suite succeeded",
        )
