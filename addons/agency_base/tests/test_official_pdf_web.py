import json
from unittest.mock import patch

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.agency_base.tests.documents import Document
from odoo.addons.agency_base.tests.test_official_pdf import OfficialPdfCase
from odoo.addons.agency_base.tools import pdf


@tagged("post_install", "-at_install")
class TestOfficialPdfWeb(OfficialPdfCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        new_test_user(cls.env, "pdf_web", groups="base.group_user")

    def setUp(self):
        super().setUp()
        self.authenticate("pdf_web", "pdf_web")

    def _state(self):
        return self.make_jsonrpc_request("/report/check_wkhtmltopdf", {})

    def test_the_client_is_told_that_documents_can_be_made(self):
        own = patch.object(
            type(self.env["ir.actions.report"]),
            "get_wkhtmltopdf_state",
            lambda _self: "install",
        )
        with own:
            self.assertEqual(self._state(), "ok")
            with patch.object(pdf, "engine", return_value=None):
                self.assertEqual(self._state(), "install")

    def test_a_document_is_downloaded_and_shown(self):
        path = f"{self.report.report_name}/{self.short.id}"
        answer = self.url_open(f"/report/pdf/{path}")
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertIn("نشست کوتاه", Document(answer.content).text(0))
        answer = self.url_open(
            "/report/download",
            data={
                "data": json.dumps([f"/report/pdf/{path}", "qweb-pdf"]),
                "csrf_token": http.Request.csrf_token(self),
            },
        )
        self.assertIn("Minutes.pdf", answer.headers["Content-Disposition"])
        self.assertTrue(answer.content.startswith(b"%PDF"))

    def test_the_preview_is_a_whole_page_in_the_documents_language(self):
        answer = self.url_open(
            f"/report/html/{self.report.report_name}/{self.short.id}"
        )
        self.assertTrue(answer.text.lstrip().startswith("<!DOCTYPE html>"))
        self.assertIn('<html lang="fa-IR" dir="rtl">', answer.text)
        self.assertIn("مقرر شد گزارش", answer.text)
        self.assertIn("باسمه تعالی", answer.text)

    def test_a_document_that_is_not_there_or_not_his_is_said_so(self):
        other = self.env["res.company"].create({"name": "Another agency"})
        hidden = self.short.copy({"company_id": other.id})
        name = self.report.report_name
        for path in (
            f"{name}/{hidden.id}",
            f"{name}/{hidden.id + 1000}",
            f"{name}/{10**12}",
            f"agency_base.nothing/{self.short.id}",
        ):
            with self.subTest(path):
                answer = self.url_open(f"/report/pdf/{path}")
                self.assertEqual(answer.status_code, 404)
                self.assertIn("No such document", answer.text)
