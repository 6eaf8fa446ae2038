from base64 import b64encode
from io import BytesIO

from PIL import Image

from odoo.tests import HttpCase, new_test_user, tagged


def picture(color):
    output = BytesIO()
    Image.new("RGB", (8, 8), color).save(output, "PNG")
    return b64encode(output.getvalue())


def color(answer):
    return Image.open(BytesIO(answer.content)).convert("RGB").getpixel((0, 0))


@tagged("post_install", "-at_install")
class TestLogo(HttpCase):
    """Nobody reads “Your logo” where a body stands that has not set one."""

    def setUp(self):
        super().setUp()
        self.company = self.env.ref("base.user_root").company_id
        self.company.write(
            {"logo": False, "official_emblem": False, "name": "فرمانداری <مهرگان>"}
        )

    def _logo(self, **params):
        self.env.flush_all()
        return self.url_open("/web/binary/company_logo", params=params)

    def test_the_name_stands_where_there_is_no_picture(self):
        for path in ("/logo.png", "/web/binary/company_logo", "/logo"):
            answer = self.url_open(path)
            self.assertEqual(
                answer.headers["Content-Type"].split(";")[0], "image/svg+xml"
            )
            self.assertIn("فرمانداری &lt;مهرگان&gt;", answer.text)

    def test_the_emblem_of_the_letterhead_serves(self):
        self.company.official_emblem = picture("red")
        answer = self._logo()
        self.assertEqual(answer.headers["Content-Type"], "image/png")
        self.assertEqual(
            Image.open(BytesIO(answer.content)).getpixel((0, 0)), (255, 0, 0)
        )

    def test_a_logo_of_its_own_is_shown(self):
        self.company.write({"official_emblem": picture("red"), "logo": picture("blue")})
        for params in ({}, {"company": self.company.id}):
            self.assertEqual(color(self._logo(**params)), (0, 0, 255))

    def test_nobody_learns_the_names_of_other_bodies(self):
        other = self.env["res.company"].create({"name": "Elsewhere", "logo": False})
        for asked in (other.id, "x", "0", "-1", "9" * 40):
            with self.subTest(asked):
                answer = self._logo(company=asked)
                self.assertNotIn(b"Elsewhere", answer.content)
        new_test_user(
            self.env, "logo_user", company_id=other.id, company_ids=[(4, other.id)]
        )
        self.authenticate("logo_user", "logo_user")
        self.assertIn("Elsewhere", self._logo(company=other.id).text)
