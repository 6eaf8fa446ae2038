from babel.messages.pofile import read_po

from odoo.tests import BaseCase, tagged
from odoo.tools.misc import file_open


@tagged("post_install", "-at_install")
class TestTranslation(BaseCase):
    def _terms(self, name):
        with file_open(f"admin_reform_committees/i18n/{name}", "rb") as file:
            return {entry.id: entry.string for entry in read_po(file) if entry.id}

    def test_every_term_has_its_persian(self):
        template = self._terms("admin_reform_committees.pot")
        persian = self._terms("fa.po")
        self.assertFalse(template.keys() ^ persian.keys())
        self.assertFalse([term for term, text in persian.items() if not text])

    def test_placeholders_survive_the_translation(self):
        for term, text in self._terms("fa.po").items():
            for part in term.split("%(")[1:]:
                name = part.split(")")[0]
                self.assertIn(f"%({name})s", text, term)
