import re

from freezegun import freeze_time

from odoo.tests import HttpCase, tagged

from .common import NOW, DeskCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestKnown(HttpCase, DeskCase):
    """What public pages keep is read anew as soon as it is changed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.env["res.company"].search([]).desk_is_public = False
        cls.company.write({"desk_is_public": True, "website": False})
        cls.company.partner_id.lang = "en_US"
        cls.desk.write({"phone": "02133330000", "sequence": 1})
        cls.request_made = cls._make_request()

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        # Whatever is read now is kept.
        self.before = self._form() + self._answer()

    def _form(self):
        return self.url_open("/desk/track").text

    def _answer(self):
        token = re.search(r'name="csrf_token" value="([^"]+)"', self._form())[1]
        code = self.request_made.tracking_code
        data = {"csrf_token": token, "code": code, "digits": "4318"}
        return self.url_open("/desk/track", data=data).text

    def _assert_news(self, news, page):
        self.assertNotIn(news, self.before)
        self.assertIn(news, page)

    def test_the_agency(self):
        self.company.name = "Agency of Waters"
        self._assert_news("Agency of Waters", self._form())
        self.company.partner_id.name = "Agency of Rivers"
        self.assertIn("Agency of Rivers", self._form())
        self.company.desk_appeal_days = 44
        self._assert_news("44 days", self._answer())
        self.company.partner_id.lang = "fa_IR"
        self._assert_news('dir="rtl"', self._form())
        self.company.desk_is_public = False
        self.assertEqual(self.url_open("/desk/track").status_code, 404)

    def test_a_new_agency(self):
        self.company.desk_is_public = False
        self.assertEqual(self.url_open("/desk/track").status_code, 404)
        self.env["res.company"].create({"name": "Agency of Seas"})
        self._assert_news("Agency of Seas", self._form())

    def test_the_desk(self):
        self.desk.write({"name": "Window of Light", "phone": "02144440000"})
        self._assert_news("021 4444 0000", self._form())
        self._assert_news("Window of Light", self._answer())
        self.other_desk.write({"phone": "02155550000", "sequence": 0})
        self._assert_news("021 5555 0000", self._form())
        self.other_desk.active = False
        self.assertNotIn("021 5555 0000", self._form())
        self.other_desk.active = True
        self.assertIn("021 5555 0000", self._form())
        self.other_desk.unlink()
        self.assertNotIn("021 5555 0000", self._form())

    def test_the_hours(self):
        self.assertIn("7:30", self.before)
        self.calendar.attendance_ids.hour_from = 6.25
        self._assert_news("6:15", self._form())
        self.calendar.attendance_ids.filtered(
            lambda line: line.dayofweek != "0"
        ).unlink()
        self.assertNotIn("Saturday", self._form())
        self.desk.calendar_id = self._make_calendar("Night", hours=(19.75, 23))
        self._assert_news("19:45", self._form())

    def test_the_units(self):
        self.unit.name = "Unit of Songs"
        self._assert_news("Unit of Songs", self._answer())
        self.unit.with_context(lang="fa_IR").name = "واحد سرود"
        self.assertIn("Unit of Songs", self._answer())
        unit = self.env["hr.department"].create({"name": "Unit of Tales"})
        self._assert_news("Unit of Tales", self._answer())
        unit.active = False
        self.assertNotIn("Unit of Tales", self._answer())
        unit.active = True
        self.assertIn("Unit of Tales", self._answer())
        unit.unlink()
        self.assertNotIn("Unit of Tales", self._answer())

    def test_an_answer_reads_the_request_and_what_hangs_on_it(self):
        code = self.request_made.tracking_code
        visitor = self.env.ref("base.public_user")
        requests = self.env["service.desk.request"].with_user(visitor)
        for queries in (99, 5):
            self.env.flush_all()
            self.env.invalidate_all()
            company_sudo, _hosts = self.env["res.company"]._desk_published()
            with self.assertQueryCount(queries):
                found = requests._find_tracked(code, "4318", company_sudo)
                found._tracking_values()
