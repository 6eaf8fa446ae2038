from odoo.tests import HttpCase, tagged

from .report_common import ReportCase
from .year_common import PDF


@tagged("post_install", "-at_install")
class TestDownloads(ReportCase, HttpCase):
    year = 1404

    def _asked(self, url, user=None):
        if user:
            self.env.cr.flush()
            user.password = "a long password"
            self.authenticate(user.login, "a long password")
        else:
            self.authenticate(None, None)
        return self.url_open(url, allow_redirects=False)

    def test_a_programme_is_exported_to_whoever_reads_it(self):
        plan = self._in_force(lines=[("One", 1)])
        url = f"/reform/plan/{plan.id}/xlsx"
        answer = self._asked(url, self.users["secretary"])
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.content.startswith(b"PK"))
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(self._asked(url, self.outsider).status_code, 404)
        foreign = self._other_company_user("reform_office")
        self.assertEqual(self._asked(url, foreign).status_code, 404)
        self.assertEqual(self._asked(url).status_code, 303)
        guess = f"/reform/plan/{plan.id + 1}/xlsx"
        self.assertEqual(self._asked(guess, self.users["secretary"]).status_code, 404)

    def test_a_sealed_report_is_sent_to_whoever_reads_it(self):
        report = self._accepted()
        url = f"/reform/report/{report.id}/pdf"
        self.assertEqual(self._asked(url, self.users["member"]).status_code, 404)
        report.seal_id._add_file("a.pdf", PDF, "application/pdf")
        self.assertEqual(self._asked(url, self.users["member"]).content, PDF)
        self.assertEqual(self._asked(url, self.outsider).status_code, 404)
        self.assertEqual(self._asked(url).status_code, 303)
