import doctest
import io
import socketserver
import struct
import tempfile
import threading
import zipfile
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from PIL import Image

from odoo.exceptions import UserError
from odoo.tests import BaseCase, TransactionCase, tagged
from odoo.tools import config, mute_logger

from odoo.addons.agency_base.tools import upload
from odoo.addons.agency_base.tools.upload import UploadError, check_upload

PDF = b"%PDF-1.7\n%%EOF"


def picture(form, size=(8, 8)):
    target = io.BytesIO()
    Image.new("RGB", size).save(target, form)
    return target.getvalue()


def archive(**members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return target.getvalue()


WORD = archive(**{"[Content_Types].xml": "x", "word/document.xml": "x"})


@contextmanager
def scanner(answer):
    """Serve one answer as ClamAV's daemon does, and note what was sent to it."""
    seen = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            if self.rfile.read(10) != b"zINSTREAM\0":
                return
            content = b""
            while size := struct.unpack("!L", self.rfile.read(4))[0]:
                content += self.rfile.read(size)
            seen.append(content)
            self.wfile.write(answer)

    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "clamd")
        with socketserver.UnixStreamServer(path, Handler) as server:
            thread = threading.Thread(target=server.serve_forever, args=(0.01,))
            thread.start()
            try:
                with patch.dict(config.options, {"clamd": path}):
                    yield seen
            finally:
                server.shutdown()
                thread.join()


@tagged("post_install", "-at_install")
class TestUpload(BaseCase):
    def assertRefused(self, reason, name, content, **options):  # noqa: N802
        with self.assertRaises(UploadError) as refusal:
            check_upload(name, content, **options)
        self.assertEqual(refusal.exception.reason, reason, name)

    def test_the_examples_hold(self):
        self.assertEqual(doctest.testmod(upload).failed, 0)

    def test_each_kind_passes_under_its_own_name(self):
        sheet = archive(**{"xl/workbook.xml": "x"})
        text = archive(mimetype="application/vnd.oasis.opendocument.text")
        for name, content in (
            ("a.pdf", PDF),
            ("a.jpg", picture("JPEG")),
            ("a.JPEG", picture("JPEG")),
            ("a.png", picture("PNG")),
            ("a.docx", WORD),
            ("a.xlsx", sheet),
            ("a.odt", text),
        ):
            with self.subTest(name):
                self.assertEqual(check_upload(name, content).size, len(content))

    def test_the_bytes_say_what_a_file_is(self):
        for content in (
            b"<html><script>alert(1)</script>",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"MZ\x90\x00",
            b"\x7fELF",
            b"#!/bin/sh",
            b"PK\x03\x04 no archive",
            archive(**{"run.exe": "x"}),
            archive(mimetype="text/html"),
            b" " + PDF,
        ):
            self.assertRefused("kind", "a.exe", content)
            self.assertRefused("mismatch", "a.pdf", content)

    def test_the_name_says_the_same(self):
        for name in ("a.png", "a.html", "a.pdf.exe", "a", "pdf", "a.docx", ""):
            self.assertRefused("mismatch", name, PDF)

    def test_only_kinds_on_the_list(self):
        self.assertRefused("kind", "a.docx", WORD, kinds=upload.SCANS)

    def test_a_name_keeps_no_folder_and_no_hidden_mark(self):
        for name, kept in (
            ("../../etc/cron.d/a.pdf", "a.pdf"),
            ("C:\\a\\گزارش.pdf", "گزارش.pdf"),
            ("invoice\u202efdp.pdf", "invoicefdp.pdf"),
            ("a\0\r\nb.pdf", "ab.pdf"),
            ("می\u200cشود.pdf", "می\u200cشود.pdf"),
            ("x" * 500 + ".pdf", "x" * upload.MAX_NAME + ".pdf"),
        ):
            self.assertEqual(check_upload(name, PDF).name, kept)

    def test_size_counts_packed_unpacked_and_in_pixels(self):
        self.assertRefused("empty", "a.pdf", b"")
        self.assertRefused("large", "a.pdf", PDF, max_bytes=len(PDF) - 1)
        with patch.object(upload, "MAX_UNPACKED", 1000):
            bomb = archive(**{"word/document.xml": "x" * 2000})
            self.assertRefused("large", "a.docx", bomb)
        with patch.object(upload, "MAX_PIXELS", 63):
            self.assertRefused("large", "a.png", picture("PNG"))

    def test_what_runs_when_opened_is_refused(self):
        for member in ("word/vbaProject.bin", "word/embeddings/a.bin"):
            content = archive(**{"word/document.xml": "x", member: "x"})
            self.assertRefused("active", "a.docx", content)

    def test_a_damaged_picture_is_refused(self):
        content = picture("PNG", (64, 64))
        self.assertRefused("broken", "a.png", content[:20] + b"x" * 40)
        self.assertRefused("broken", "a.jpg", b"\xff\xd8\xff no more")

    def test_the_scanner_sees_every_byte(self):
        content = PDF + b"\n" * 200_000
        with scanner(b"stream: OK\0") as seen:
            check_upload("a.pdf", content)
        self.assertEqual(seen, [content])

    @mute_logger("odoo.addons.agency_base.tools.clamd")
    def test_the_scanner_refuses(self):
        with scanner(b"stream: Eicar-Test-Signature FOUND\0"):
            self.assertRefused("infected", "a.pdf", PDF)

    @mute_logger("odoo.addons.agency_base.tools.clamd")
    def test_without_an_answer_nothing_passes(self):
        for answer in (b"", b"INSTREAM size limit exceeded. ERROR\0", b"OK\0"):
            with scanner(answer):
                self.assertRefused("unscanned", "a.pdf", PDF)
        for address in ("/nowhere/clamd", "127.0.0.1:1", "nonsense"):
            with patch.dict(config.options, {"clamd": address}):
                self.assertRefused("unscanned", "a.pdf", PDF)


@tagged("post_install", "-at_install")
class TestTakeIn(TransactionCase):
    def test_a_file_is_kept_private_under_its_own_type(self):
        partner = self.env.user.partner_id
        kept = self.env["ir.attachment"]._take_in(partner, "x/a.PDF", PDF)
        self.assertEqual((kept.name, kept.mimetype), ("a.pdf", "application/pdf"))
        self.assertEqual((kept.res_model, kept.res_id), (partner._name, partner.id))
        self.assertFalse(kept.public or kept.access_token)
        self.assertEqual(kept.raw, PDF)

    def test_every_reason_is_explained(self):
        files = self.env["ir.attachment"]
        for reason in [
            "empty",
            "large",
            "kind",
            "mismatch",
            "broken",
            "active",
            "infected",
            "unscanned",
        ]:
            self.assertTrue(files._explain_upload(reason))
        with self.assertRaisesRegex(UserError, "pdf, jpg, png"):
            files._check_upload("a.exe", b"MZ", upload.SCANS)
        with self.assertRaisesRegex(UserError, "at most 0.5 megabytes"):
            files._check_upload("a.pdf", PDF * 60_000, max_bytes=512 * 1024)
