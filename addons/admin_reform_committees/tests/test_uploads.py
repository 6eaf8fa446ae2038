import json

from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.agency_base.tools.upload import MAX_BYTES

from .year_common import PDF, IndicatorCase


@tagged("post_install", "-at_install")
class TestUploads(IndicatorCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.liaison.write({"password": "a long password", "lang": "en_US"})

    def setUp(self):
        super().setUp()
        self.authenticate(self.liaison.login, "a long password")

    def _upload(self, name, content, model="reform.evidence.call.line"):
        answer = self.url_open(
            "/web/binary/upload_attachment",
            data={"csrf_token": Request.csrf_token(self), "model": model, "id": 0},
            files={"ufile": (name, content)},
        )
        return json.loads(answer.text)

    def test_refused_evidence_is_explained_and_lies_nowhere(self):
        files = self.env["ir.attachment"]
        count = files.search_count([])
        for name, content, why in (
            ("nothing.pdf", b"", "“nothing.pdf” was not taken: The file is empty"),
            ("run.exe", b"MZ", "This kind of file is not accepted"),
            ("figures.pdf", b"MZ", "The file is not what its name says"),
            ("big.pdf", PDF + b" " * MAX_BYTES, "The file is too large: at most 10"),
        ):
            with self.subTest(name), mute_logger("odoo.addons.web.controllers.binary"):
                [answer] = self._upload(name, content)
                self.assertIn(why, answer["error"])
        self.assertEqual(files.search_count([]), count)
        [answer] = self._upload("evidence.pdf", PDF)
        self.assertEqual(files.browse(answer["id"]).raw, PDF)

    def test_files_of_other_forms_are_taken_as_before(self):
        [answer] = self._upload("notes.txt", b"Notes", "res.partner")
        self.assertEqual(answer["filename"], "notes.txt")
