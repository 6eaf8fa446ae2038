import json
import uuid

from lxml import html

from odoo import http
from odoo.tests import HttpCase, tagged

from .common_declaration import DeclarationCase
from .common_follow import PDF


@tagged("post_install", "-at_install")
class TestPortalDeclarations(DeclarationCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.path = f"/my/declarations/{cls.declaration.instance_uuid}"

    def _log_in(self, user):
        self.authenticate(user.login, user.login)

    def _post(self, path, files=None, **data):
        data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(path, data=data, files=files, allow_redirects=False)

    def _answer(self, code, **payload):
        return self._post(f"{self.path}/answer", item=code, answer=json.dumps(payload))

    def test_the_whole_way_of_a_declaration(self):
        self._log_in(self.representative)
        self.assertIn("Autumn", self.url_open("/my/declarations").text)
        page = self.url_open(self.path).text
        self.assertIn("Item A1", page)
        self.assertNotIn("Item B1", page)
        self.assertIn('data-largest="10485760"', page)
        self.assertIn("at most 10 megabytes", page)
        for code in ("A1", "A2"):
            reply = self._answer(code, option="yes")
            self.assertEqual(reply.status_code, 200)
        self.assertEqual(reply.json()["missing"], ["B1"])
        reply = self._post(
            f"{self.path}/document",
            files={"document": ("سند.pdf", PDF, "application/pdf")},
            item="A1",
        )
        document = reply.json()
        sent = self.url_open(f"{self.path}/document/{document['uuid']}")
        self.assertEqual(sent.content, PDF)
        self.assertIn("attachment", sent.headers["Content-Disposition"])
        reply = self._post(f"{self.path}/submit")
        self.assertIn("alert-danger", reply.text)
        self._answer("B1", option="part")
        reply = self._post(f"{self.path}/submit")
        self.assertEqual(reply.status_code, 303)
        self.assertEqual(self.declaration.state, "submitted")
        reply = self._answer("B1", option="yes")
        self.assertEqual(reply.status_code, 422)

    def test_what_was_submitted_is_read_locked(self):
        agency = self._fill(A1="yes", A2="yes", B1="yes")
        agency._declare_document("A1", "board.pdf", PDF)
        agency._submit_declaration()
        self._log_in(self.representative)
        section = self.declaration.version_id.section_ids[0].code
        page = html.fromstring(self.url_open(f"{self.path}?section={section}").text)
        item = page.get_element_by_id("item-A1")
        self.assertEqual(item.get("disabled"), "disabled")
        chosen = item.xpath(".//input[@type='radio'][@checked]")
        self.assertEqual([option.get("value") for option in chosen], ["yes"])
        self.assertIn("board.pdf", item.text_content())
        self.assertFalse(item.xpath(".//button | .//input[@type='file']"))
        page = html.fromstring(self.url_open(self.path).text)
        self.assertFalse(page.xpath("//*[@id='item-A1']"))

    def test_others_find_nothing(self):
        kept = self._as_agency()._declare_document("A1", "a.pdf", PDF)
        paths = (
            self.path,
            f"{self.path}/document/{kept.uuid}",
            f"/my/declarations/{uuid.uuid4()}",
            "/my/declarations/nonsense",
            f"/audit/evidence/{kept.uuid}",
        )
        for user in (self.stranger_agency, self.inspector):
            self._log_in(user)
            for path in paths:
                with self.subTest(user=user.login, path=path):
                    reply = self.url_open(path)
                    self.assertIn(reply.status_code, (403, 404))
            self.assertEqual(self._answer("A1", option="no").status_code, 404)
            self.assertEqual(self._post(f"{self.path}/submit").status_code, 404)
        self.assertFalse(self.declaration.answer_ids)
        self.authenticate(None, None)
        reply = self.url_open(self.path, allow_redirects=False)
        self.assertEqual(reply.status_code, 303)

    def test_bad_answers_are_refused_in_words(self):
        self._log_in(self.representative)
        for data in (
            {"item": "A1", "answer": "not json"},
            {"item": "A1", "answer": "[]"},
            {"item": "Z9", "answer": '{"option": "yes"}'},
            {},
        ):
            reply = self._post(f"{self.path}/answer", **data)
            self.assertEqual(reply.status_code, 422)
            self.assertTrue(reply.json()["problem"])
        reply = self._post(f"{self.path}/answer", item="A1", answer="x" * 50_000)
        self.assertEqual(reply.status_code, 413)
        reply = self.url_open(f"{self.path}/answer", data={"item": "A1"})
        self.assertEqual(reply.status_code, 400)
        self.assertFalse(self.declaration.answer_ids)
