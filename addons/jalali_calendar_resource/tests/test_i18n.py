from odoo.tests import BaseCase, tagged

from odoo.addons.jalali_calendar.tests.common import untranslated


@tagged("post_install", "-at_install")
class TestTranslations(BaseCase):
    def test_persian_is_complete(self):
        self.assertEqual(untranslated("jalali_calendar_resource"), set())
