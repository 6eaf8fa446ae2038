from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.agency_base.models import agency_throttle
from odoo.addons.agency_base.tools import localize_digits, to_latin_digits

from ..controllers import suggestions
from .suggestion_common import TEXTS, SuggestionCase


@tagged("post_install", "-at_install")
class TestSuggestionPage(SuggestionCase, HttpCase):
    def _token(self):
        return self._hidden("csrf_token")

    def _hidden(self, name):
        page = self.url_open("/reform/suggest").text
        return page.split(f'name="{name}" value="')[1].split('"')[0]

    def _post(self, url="/reform/suggest", token=None, **data):
        data["csrf_token"] = self._token() if token is None else token
        return self.url_open(url, data=data)

    def _as_page_user(self, group="base.group_portal", **vals):
        new_test_user(self.env, "page_user", groups=group, **vals)
        self.authenticate("page_user", "page_user")

    def test_strangers_log_in_first(self):
        code = self._suggested(is_anonymous=True).sudo().code
        before = self.env["reform.suggestion"].search_count([])
        self.assertIn("/web/login", self.url_open("/reform/suggest").url)
        for url in ("/reform/suggest", "/reform/suggest/follow"):
            answer = self.url_open(url, data=TEXTS | {"code": code})
            self.assertIn("/web/login", answer.url)
            self.assertNotIn("suggestion-followed", answer.text)
        self.assertEqual(self.env["reform.suggestion"].search_count([]), before)

    def test_an_empty_form_has_a_place_for_every_text(self):
        self._as_page_user()
        page = self.url_open("/reform/suggest").text
        for name in ("problem", "proposal", "benefit"):
            self.assertRegex(page, rf'<textarea[^>]*name="{name}"[^>]*></textarea>')

    def test_a_code_is_followed_by_a_form_of_the_page_alone(self):
        self._as_page_user()
        code = self._suggested(name="<script>alert(1)</script>").sudo().code
        url, token = "/reform/suggest/follow", self._token()
        with mute_logger("odoo.http"):
            self.assertEqual(self._post(url, "forged", code=code).status_code, 400)
            self.assertEqual(self.url_open(f"{url}?code={code}").status_code, 405)
            huge = self._post(url, token, code=code, more="x" * 5000)
        self.assertEqual(huge.status_code, 413)
        followed = self._post(url, token, code=code).text
        self.assertIn("&lt;script&gt;alert(1)", followed)
        self.assertNotIn("<script>alert(1)", followed)
        for guess in ("", "%", "_" * 12, code[:-1], "\x00" * 12, "' OR 1=1 --"):
            answer = self._post(url, token, code=guess)
            self.assertEqual(answer.status_code, 200)
            self.assertNotIn("suggestion-followed", answer.text)

    def test_somebody_suggests_without_a_name_and_follows(self):
        self._as_page_user()
        answer = self._post(**TEXTS, is_anonymous="1")
        suggestion = self.env["reform.suggestion"].search([], limit=1)
        self.assertTrue(suggestion.is_anonymous)
        code = suggestion.sudo().code
        self.assertIn(f"{code[:4]}-{code[4:8]}-{code[8:]}", answer.text)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        followed = self._post("/reform/suggest/follow", code=code).text
        self.assertIn(suggestion.number, to_latin_digits(followed))
        wrong = self._post("/reform/suggest/follow", code="A" * 12).text
        self.assertNotIn(suggestion.number, to_latin_digits(wrong))

    def test_its_number_is_in_the_digits_of_the_page(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self._as_page_user(lang="fa_IR")
        answer = self._post(**TEXTS)
        suggestion = self.env["reform.suggestion"].search([], limit=1)
        self.assertIn(localize_digits(suggestion.number, "fa_IR"), answer.text)
        self.assertNotIn(suggestion.number, answer.text)

    def test_codes_cannot_be_guessed(self):
        self._as_page_user()
        suggestion = self._suggested(is_anonymous=True)
        code, token = suggestion.sudo().code, self._token()
        tries = 3
        with (
            patch.object(suggestions, "FOLLOW_LIMIT", (tries, 600)),
            # in the middle of a window, as long as this takes
            patch.object(agency_throttle.time, "time", lambda: 600 * 3_000_000 + 300),
        ):
            followed = self._post("/reform/suggest/follow", token, code=code)
            self.assertIn(suggestion.number, to_latin_digits(followed.text))
            for guess in ("A" * 12, "B" * 12):
                self._post("/reform/suggest/follow", token, code=guess)
            refused = self._post("/reform/suggest/follow", token, code=code)
        self.assertNotIn(suggestion.number, to_latin_digits(refused.text))
        self.assertIn("alert-warning", refused.text)

    def test_bad_input_loses_nothing(self):
        self._as_page_user("base.group_user")
        before = self.env["reform.suggestion"].search_count([])
        answer = self._post(name="Half a suggestion", problem="Kept")
        self.assertIn("alert-danger", answer.text)
        self.assertIn("Kept", answer.text)
        with mute_logger("odoo.http"):
            self.assertEqual(self._post(token="forged", **TEXTS).status_code, 400)
        files = {"files": ("a.pdf", b"<html>", "application/pdf")}
        data = TEXTS | {"csrf_token": self._token()}
        answer = self.url_open("/reform/suggest", data=data, files=files)
        self.assertIn("alert-danger", answer.text)
        self.assertIn("Too many forms", answer.text)
        self.assertEqual(self.env["reform.suggestion"].search_count([]), before)
        many = self._post(**TEXTS | {"proposal": "x" * 100000, "name": "A\0 title"})
        self.assertEqual(many.status_code, 200)
        newest = self.env["reform.suggestion"].search([], limit=1)
        self.assertLess(len(newest.proposal), 10000)
        self.assertEqual(newest.name, "A title")

    def test_a_form_is_handed_in_once(self):
        self._as_page_user()
        key, token = self._hidden("form_key"), self._token()
        before = self.env["reform.suggestion"].search_count([])
        answers = [
            self._post(token=token, **TEXTS, form_key=key, is_anonymous="1").text
            for _ in range(2)
        ]
        self.assertEqual(self.env["reform.suggestion"].search_count([]), before + 1)
        code = self.env["reform.suggestion"].search([], limit=1).sudo().code
        self.assertIn(code[:4], answers[0])
        self.assertNotIn("alert-danger", answers[0])
        self.assertIn("alert-danger", answers[1])
        self.assertNotIn(code[:4], answers[1])
        # another form, opened anew, is another suggestion
        self.assertNotEqual(self._hidden("form_key"), key)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.env["reform.suggestion"].create([TEXTS | {"form_key": key}])
            self.env.flush_all()

    def test_only_units_of_the_agency_can_be_named(self):
        self._as_page_user()
        company = self.env["res.company"].create({"name": "Another Agency"})
        mine, other = self.env["hr.department"].create(
            [
                {"name": "Our Unit"},
                {"name": "Their Unit", "company_id": company.id},
            ]
        )
        page = self.url_open("/reform/suggest").text
        self.assertIn("Our Unit", page)
        self.assertNotIn("Their Unit", page)
        token = self._token()
        guesses = (mine.id, other.id, 0, -1, "x", "", "9" * 5000, f"{mine.id}\0")
        for guess in guesses:
            answer = self._post(token=token, **TEXTS, department_id=guess)
            self.assertEqual(answer.status_code, 200)
            newest = self.env["reform.suggestion"].search([], limit=1)
            wanted = mine if guess == mine.id else mine.browse()
            self.assertEqual(newest.department_id, wanted, guess)
