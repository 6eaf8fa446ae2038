from lxml import html

from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestFrontend(HttpCase):
    def _title(self, path):
        return html.fromstring(self.url_open(path).content).findtext(".//title")

    def test_a_page_without_a_title_bears_the_agencys_name(self):
        new_test_user(self.env, "visitor", groups="base.group_portal")
        agency = self.env.company.name
        self.assertIn(agency, self._title("/web/login"))
        self.authenticate("visitor", "visitor")
        self.assertEqual(self._title("/my"), agency)
