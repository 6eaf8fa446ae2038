from io import BytesIO

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_apply import PDF
from .test_track_actions import PublicCase


@tagged("post_install", "-at_install")
class TestUpload(PublicCase):
    def setUp(self):
        super().setUp()
        self.request = self._make_request(complete=False)
        self.document = self.request.document_ids.filtered("is_missing")[0]

    def _upload(self, document, *files, note=None):
        data = {
            "csrf_token": self._csrf(),
            "pass": note or self._pass(self.request),
            "document": str(document.id),
        }
        sent = [("files", (name, BytesIO(content))) for name, content in files]
        return self.url_open("/desk/track/upload", data=data, files=sent)

    def test_a_missing_document_is_sent_and_waits_for_a_clerk(self):
        for _press in range(2):
            page = self._upload(self.document, ("card.pdf", PDF))
        self.assertEqual(page.status_code, 200)
        self.assertEqual(len(self.document.upload_ids), 1, "the same file once")
        self.assertTrue(self.document.uploaded_at)
        self.assertEqual(self.request.state, "incomplete", "a clerk looks at it first")
        self.assertIn("uploaded", self.request.event_ids.mapped("kind"))
        requests = self.env["service.desk.request"].with_user(self.clerk)
        waiting = requests.search([("has_upload", "=", True)])
        self.assertEqual(waiting, self.request)
        self.assertTrue(waiting.has_upload)
        self.document.is_received = True
        self.assertFalse(requests.search([("has_upload", "=", True)]))

    def test_the_files_are_for_who_may_read_the_request(self):
        self._upload(self.document, ("card.pdf", PDF))
        file = self.document.upload_ids
        self.assertTrue(file.with_user(self.clerk).read(["name"]))
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            file.with_user(self.other_clerk).read(["name", "raw"])
        with mute_logger("odoo.http"):
            page = self.url_open(f"/web/content/{file.id}")
        self.assertNotIn(PDF, page.content)

    def test_a_document_of_another_request_is_refused(self):
        other = self._make_request(complete=False)
        theirs = other.document_ids.filtered("is_missing")[0]
        page = self._upload(theirs, ("card.pdf", PDF))
        self.assertIn("d-alert-error", page.text)
        self.assertFalse(theirs.upload_ids)

    def test_what_is_not_a_scan_is_refused_in_words(self):
        for name, content in (("a.exe", b"MZ000"), ("a.pdf", b"<html>"), ("a", b"")):
            page = self._upload(self.document, (name, content))
            self.assertIn("d-alert-error", page.text, name)
        page = self._upload(self.document)
        self.assertIn("d-alert-error", page.text)
        self.assertFalse(self.document.upload_ids)

    def test_without_token_or_pass_nothing_is_kept(self):
        note = self._pass(self.request)
        data = {"pass": note, "document": str(self.document.id)}
        with mute_logger("odoo.http"):
            page = self.url_open(
                "/desk/track/upload",
                data=data,
                files=[("files", ("a.pdf", BytesIO(PDF)))],
            )
        self.assertEqual(page.status_code, 400)
        self._upload(self.document, ("a.pdf", PDF), note="forged")
        self.assertFalse(self.document.upload_ids)

    def test_absurd_sizes_are_refused(self):
        with mute_logger("odoo.http"):
            page = self._upload(self.document, ("a.pdf", b"0" * 17 * 1024 * 1024))
        self.assertEqual(page.status_code, 413)
        page = self._upload(self.document, ("a.pdf", PDF + b"0" * 6 * 1024 * 1024))
        self.assertIn("d-alert-error", page.text)
        self.assertFalse(self.document.upload_ids)
