import base64
import doctest
import socket
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.agency_base.tests.documents import make_report
from odoo.addons.agency_base.tests.test_official_pdf import OfficialPdfCase
from odoo.addons.agency_base.tools import marks, pdf

SVG = "http://www.w3.org/2000/svg"
FORBIDDEN = (
    "http://127.0.0.1:8069/web/login",
    "https://example.com/logo.png",
    "//example.com/logo.png",
    "HTTP://example.com/logo.png",
    "ftp://example.com/logo.png",
    "file:///etc/passwd",
    "file:/etc/hostname",
    "/web/image/res.users/1/password",
    "/web/static/../../../../etc/passwd",
    "/web/static/%2e%2e/models/ir_http.py",
    "/web/static/src/module_loader.js",
    "/web/static/img/there_is_no_such_file.png",
    "../../etc/passwd",
)
WAYS = (
    '<img src="%s" alt=""/>',
    '<link rel="stylesheet" href="%s"/>',
    '<link rel="attachment" href="%s"/>',
    '<style>@import url("%s");</style>',
    '<style>p { background-image: url("%s"); }</style>',
    '<style>p { list-style-image: url("%s"); display: list-item; }</style>',
    '<style>p::before { content: url("%s"); }</style>',
    '<style>@font-face { font-family: F; src: url("%s"); } p {font-family: F}</style>',
    '<object data="%s"/>',
    '<embed src="%s"/>',
    f'<svg xmlns="{SVG}"><image href="%s" width="9" height="9"/></svg>',
)


@tagged("post_install", "-at_install")
class TestOfficialPdfAddresses(OfficialPdfCase):
    """A template, or data in it, reaches nothing but the static files of addons."""

    def setUp(self):
        super().setUp()
        refuse = AssertionError("a document opened a socket")
        self.startPatcher(patch.object(socket.socket, "connect", side_effect=refuse))
        self.startPatcher(patch.object(socket, "create_connection", side_effect=refuse))

    def _refused(self, key, markup):
        report = make_report(self.env, key, f"<p>متن</p>{markup}")
        with self.assertRaises(UserError) as caught, mute_logger("weasyprint"):
            self._print(self.short, report)
        return str(caught.exception)

    def test_the_examples_hold(self):
        for module in (marks, pdf):
            failed, attempted = doctest.testmod(module)
            self.assertFalse(failed, module.__name__)
            self.assertTrue(attempted, module.__name__)

    def test_no_address_outside_is_fetched(self):
        for number, address in enumerate(FORBIDDEN):
            with self.subTest(address=address):
                message = self._refused(f"test_address_{number}", WAYS[0] % address)
                self.assertIn("Minutes", message)
                self.assertIn(address.rsplit("/", 1)[-1].lower(), message.lower())

    def test_no_way_of_naming_an_address_is_open(self):
        for number, way in enumerate(WAYS):
            with self.subTest(way=way):
                message = self._refused(
                    f"test_way_{number}", way % "http://10.0.0.1/secret.png"
                )
                self.assertIn("10.0.0.1", message)

    def test_a_template_cannot_move_the_place_that_addresses_lead_to(self):
        markup = '<base href="http://10.0.0.1/"/><img src="/web/static/img/logo.png"/>'
        self.assertIn("10.0.0.1", self._refused("test_base", markup))

    def test_a_picture_cannot_fetch_for_itself(self):
        svg = f'<svg xmlns="{SVG}"><image href="file:///etc/passwd" width="9"/></svg>'
        address = "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
        message = self._refused("test_svg", f'<img src="{address}" alt=""/>')
        self.assertIn("file:///etc/passwd", message)

    def test_static_files_and_embedded_pictures_are_shown(self):
        pixel = (
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlE"
            "QVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        )
        body = (
            f'<img src="{pixel}" alt="" style="width: 9mm"/>'
            '<img src="/web/static/img/odoo_logo_tiny.png" alt=""/>'
            '<a href="https://example.com/">نشانی</a>'
        )
        report = make_report(self.env, "test_pictures", body)
        images = self._print(self.short, report).pages[0].get_images()
        self.assertEqual(len(images), 2)
