import polib

from odoo.tests import BaseCase, tagged
from odoo.tools.misc import file_path


@tagged("post_install", "-at_install")
class TestTranslations(BaseCase):
    def test_persian_is_complete(self):
        template = polib.pofile(file_path("service_desk/i18n/service_desk.pot"))
        persian = polib.pofile(file_path("service_desk/i18n/fa.po"))
        translated = {entry.msgid for entry in persian.translated_entries()}
        missing = {entry.msgid for entry in template} - translated
        self.assertFalse(missing, "fa.po lacks these terms")
