from odoo.tests import HttpCase, no_retry, tagged

# What the layer touches of Odoo's client. The whole of Odoo's suite takes half an hour:
# ./dev bench odoo_hoot
WEB_SUITES = (
    "@web/core/components/datetime",
    "@web/core/l10n",
    "@web/search",
    "@web/views/fields/date_field",
    "@web/views/fields/daterange_field",
    "@web/views/fields/datetime_field",
    "@web/views/fields/remaining_days_field",
)
# They measure texts in the fonts of Odoo's own test machines.
FONT_TESTS = (
    "@web/views/fields/daterange_field/list daterange: column widths",
    "@web/views/fields/daterange_field/list daterange: column widths (no record)",
    "@web/views/fields/daterange_field/list daterange: column widths (numeric format)",
    "@web/views/fields/daterange_field/list daterange: column widths (show_time=false)",
    "@web/views/fields/datetime_field/list datetime: column widths (numeric format)",
    "@web/views/fields/datetime_field/list datetime: column widths (show_time=false)",
)
TEST_TIMEOUT_MS = 15000
RUN_TIMEOUT = 600


def job_id(name):
    """Return the id hoot gives a suite or test: a 32-bit hash of its path."""
    value = 0
    for char in name:
        value = ((value << 5) - value + ord(char)) & 0xFFFFFFFF
    return f"{value:08x}"


@tagged("post_install", "-at_install")
class TestHoot(HttpCase):
    def _run_suites(self, *names, lang, but=()):
        """Run hoot suites, but for some tests, in the browser of the administrator."""
        self.env["res.lang"]._activate_lang(lang)
        self.env.ref("base.user_admin").lang = lang
        ids = "".join(f"&id={job_id(name)}" for name in names)
        ids += "".join(f"&id=-{job_id(name)}" for name in but)
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop"
            f"&timeout={TEST_TIMEOUT_MS}{ids}",
            "",
            "",
            login="admin",
            timeout=RUN_TIMEOUT,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message,
        )

    @no_retry
    def test_our_suites_pass_on_an_english_page(self):
        self._run_suites("@jalali_calendar", lang="en_US")

    @no_retry
    def test_our_suites_pass_on_a_persian_page(self):
        self._run_suites("@jalali_calendar", lang="fa_IR")

    @no_retry
    def test_suites_of_odoo_pass_for_a_gregorian_reader(self):
        self._run_suites(*WEB_SUITES, lang="en_US", but=FONT_TESTS)
