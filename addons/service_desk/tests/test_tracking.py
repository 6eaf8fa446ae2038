import re
from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..controllers import track
from .common import NOW, DeskCase

TOKEN = re.compile(r'(name="csrf_token" value=")[^"]*')
PRIVATE = ("زهرا امینی", "0076229645", "09121234318", "989121234318", "desk_clerk")


@tagged("post_install", "-at_install")
class TestTracking(HttpCase, DeskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env["res.company"].search([]).desk_is_public = False
        cls.company.write({"desk_is_public": True, "website": False})
        cls.company.partner_id.lang = "fa_IR"
        cls.request_made = cls._make_request(subject="موضوع محرمانه")
        cls.code = cls.request_made.tracking_code

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        self.env.flush_all()

    def _token(self):
        page = self.url_open("/desk/track")
        return re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]

    def _post(self, code, digits, **headers):
        data = {"csrf_token": self._token(), "code": code, "digits": digits}
        return self.url_open("/desk/track", data=data, headers=headers)

    def _body(self, response):
        return TOKEN.sub(r"\1", response.text)

    def test_code_and_mobile_show_the_state(self):
        answer = self._post(self.code, "4318")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("یکشنبه ۸ آذر ۱۴۰۵", answer.text)
        self.assertIn("no-store", answer.headers["Cache-Control"])
        self.assertIn("noindex", answer.headers["X-Robots-Tag"])

    def test_code_and_national_code_in_persian_digits_too(self):
        code = self.code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
        answer = self._post(f"{code[:3]} {code[3:6]}-{code[6:]}", "۹۶۴۵")
        self.assertIn("یکشنبه ۸ آذر ۱۴۰۵", answer.text)

    def test_no_personal_data_is_shown(self):
        for state in ("registered", "cancelled"):
            if state == "cancelled":
                self.request_made.action_cancel()
            text = self._post(self.code, "4318").text
            for secret in (*PRIVATE, "موضوع محرمانه"):
                self.assertNotIn(secret, text)

    def test_wrong_missing_and_foreign_answer_alike(self):
        draft = self._make_request(register=False).tracking_code
        other = self.env["res.company"].create(
            {"name": "Other", "desk_is_public": False}
        )
        theirs = self._make_foreign(other)
        self.env.flush_all()
        answers = {
            "wrong digits": self._post(self.code, "0000"),
            "not there": self._post("0000000000", "0000"),
            "no code at all": self._post("1234567890", "0000"),
            "a draft": self._post(draft, "4318"),
            "another company": self._post(theirs, "4318"),
        }
        bodies = {
            re.sub(r'value="[۰-۹]*"', 'value=""', self._body(answer))
            for answer in answers.values()
        }
        self.assertEqual(len(bodies), 1)
        self.assertEqual({a.status_code for a in answers.values()}, {200})
        sizes = {len(self._body(a)) for a in answers.values()}
        self.assertEqual(len(sizes), 1)

    def test_wrong_and_missing_cost_the_same_queries(self):
        requests = self.env["service.desk.request"]
        other = self.env["res.company"].create({"name": "Other"})
        # Its digits are right: nothing but the company keeps it away.
        theirs = self._make_foreign(other)
        self.env.flush_all()
        counts = set()
        for code, digits in (
            (self.code, "0000"),
            ("0000000000", "0000"),
            (theirs, "4318"),
        ):
            self.env.invalidate_all()
            self.company.id  # noqa: B018
            before = self.env.cr.sql_log_count
            self.assertFalse(requests._find_tracked(code, digits, self.company))
            counts.add(self.env.cr.sql_log_count - before)
        self.assertEqual(counts, {1})

    def test_the_whole_page_costs_the_same_whosever_the_code_is(self):
        other = self.env["res.company"].create(
            {"name": "Other", "desk_is_public": False}
        )
        theirs = self._make_foreign(other)
        draft = self._make_request(register=False).tracking_code
        cases = {
            "wrong digits": (self.code, "0000"),
            "not there": ("0000000000", "0000"),
            "a draft": (draft, "4318"),
            "another company": (theirs, "4318"),
        }
        data = {"csrf_token": self._token()}
        counts = {}
        for case, (code, digits) in cases.items():
            fields = data | {"code": code, "digits": digits}
            # The first answer fills what the server remembers of templates and words.
            for _answer in range(2):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                page = self.url_open("/desk/track", data=fields)
                counts[case] = self.env.cr.sql_log_count - before
            self.assertIn('role="alert"', page.text, case)
        self.assertEqual(len(set(counts.values())), 1, counts)
        self.assertGreater(counts["not there"], 0)

    def _make_foreign(self, company):
        calendar = self.calendar.copy({"company_id": company.id})
        company.resource_calendar_id = calendar
        unit = self.env["hr.department"].create(
            {"name": "Theirs", "company_id": company.id}
        )
        service = self._make_service(
            code="T",
            company_id=company.id,
            department_id=unit.id,
            step_ids=[],
            document_ids=[],
        )
        desk = self.env["service.desk"].create(
            {"name": "Theirs", "company_id": company.id}
        )
        request = self._make_request(
            user=self.env.user,
            service_id=service.id,
            desk_id=desk.id,
            company_id=company.id,
        )
        return request.tracking_code

    def test_an_address_bar_never_holds_the_secrets(self):
        answer = self.url_open(f"/desk/track?code={self.code}&digits=4318")
        self.assertNotIn("آذر", answer.text)

    def test_guessing_is_stopped_for_the_code(self):
        limit = track.CODE_LIMITS[0][0]
        statuses = [self._post(self.code, f"{n:04d}").status_code for n in range(limit)]
        self.assertEqual(set(statuses), {200})
        blocked = self._post(self.code, "4318")
        self.assertEqual(blocked.status_code, 429, "even the right digits wait")
        self.assertNotIn("آذر", blocked.text)
        with freeze_time(NOW.replace(hour=NOW.hour + 1)):
            self.assertEqual(self._post(self.code, "4318").status_code, 200)

    def test_who_goes_on_guessing_waits_longer(self):
        few, many = (limit[0] for limit in track.CODE_LIMITS[:2])
        for n in range(few):
            self._post(self.code, f"{n:04d}")
        with freeze_time(NOW + timedelta(minutes=11)):
            for n in range(many + 1):
                self._post(self.code, f"{n:04d}")
        # Ten minutes would do, had he not gone on.
        with freeze_time(NOW + timedelta(minutes=31)):
            self.assertEqual(self._post(self.code, "4318").status_code, 429)

    def test_a_form_without_its_token_is_refused(self):
        with mute_logger("odoo.http"):
            answer = self.url_open(
                "/desk/track", data={"code": self.code, "digits": "4318"}
            )
        self.assertEqual(answer.status_code, 400)

    def test_absurd_input_is_refused_or_cut(self):
        with mute_logger("odoo.http"):
            answer = self._post("9" * 100000, "4318")
        self.assertEqual(answer.status_code, 413)
        answer = self._post("<script>alert(1)</script>", "'; DROP TABLE x")
        self.assertEqual(answer.status_code, 200)
        self.assertNotIn("<script>", answer.text)

    def test_a_replay_shows_the_same(self):
        token = self._token()
        data = {"csrf_token": token, "code": self.code, "digits": "4318"}
        first, second = (self.url_open("/desk/track", data=data) for _i in range(2))
        self.assertEqual(first.text, second.text)

    def test_persian_for_an_english_browser_without_cookie(self):
        for path in ("/desk", "/desk/track", "/desk/service/13021042"):
            page = self.url_open(path, headers={"Accept-Language": "en-US,en"})
            self.assertIn('lang="fa" dir="rtl"', page.text, path)
            self.assertEqual(page.url.split("?")[0], self.base_url() + path)

    def test_who_asks_for_english_keeps_it(self):
        page = self.url_open("/desk?lang=en_US")
        self.assertIn('lang="en" dir="ltr"', page.text)
        page = self.url_open("/desk/track")
        self.assertIn("Track a request", page.text)
        self.opener.cookies.clear()

    def test_catalogue_finds_by_any_spelling(self):
        page = self.url_open("/desk?q=صدور+پروانة")
        self.assertIn("13021042", page.text)
        page = self.url_open("/desk?q=هیچ‌چیز")
        self.assertNotIn("13021042", page.text)

    def test_only_what_is_published_is_shown(self):
        self._make_service(code="DRAFT1", publish=False)
        self._make_service(code="G2G1", service_type="g2g", desk_offer="none")
        self.service.name = "نام منتشرنشده"
        self.env.flush_all()
        with mute_logger("odoo.http"):
            for code in ("DRAFT1", "G2G1", "0", "x" * 500):
                page = self.url_open(f"/desk/service/{code}")
                self.assertEqual(page.status_code, 404, code)
        page = self.url_open("/desk/service/13021042")
        self.assertIn("صدور پروانه", page.text)
        self.assertNotIn("نام منتشرنشده", page.text)

    def test_an_address_that_is_not_there_leads_back(self):
        for path in ("nowhere", "service/", "apply", "track/upload", "a/b/c"):
            with mute_logger("odoo.http"):
                page = self.url_open(
                    f"/desk/{path}", headers={"Accept-Language": "en-US,en"}
                )
            self.assertEqual(page.status_code, 404, path)
            self.assertIn('lang="fa" dir="rtl"', page.text, path)
            self.assertIn('href="/desk"', page.text, path)

    def test_the_desk_that_is_not_published_is_not_there(self):
        self.company.desk_is_public = False
        self.env.flush_all()
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open("/desk").status_code, 404)

    def test_a_user_of_another_desk_learns_no_more_than_a_visitor(self):
        new_test_user(self.env, "desk_visitor", groups="base.group_portal")
        self.authenticate("desk_visitor", "desk_visitor")
        text = self._post(self.code, "4318").text
        for secret in PRIVATE:
            self.assertNotIn(secret, text)
