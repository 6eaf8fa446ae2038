import json
import re
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from .common import JalaliCase


@tagged("post_install", "-at_install")
class TestLanguage(JalaliCase):
    def test_persian_is_jalali_and_other_languages_are_not(self):
        langs = self.env["res.lang"].with_context(active_test=False).search([])
        jalali = langs.filtered(lambda lang: lang.calendar == "jalali")
        self.assertEqual(jalali.mapped("code"), ["fa_IR"])
        self.assertTrue(all(langs.mapped("calendar")))

    def test_a_language_added_later_gets_its_calendar(self):
        self.env["res.lang"].create(
            {"name": "Persian", "code": "fa", "url_code": "farsi", "active": True}
        )
        self.assertEqual(self.env["res.lang"]._get_data(code="fa").calendar, "jalali")

    def test_the_choice_of_the_administrator_stays(self):
        kurdish = self.env["res.lang"].create(
            {"name": "Kurdish of Iran", "code": "ckb_IR", "active": False}
        )
        self.assertEqual(kurdish.calendar, "gregorian")
        kurdish.calendar = "jalali"
        self.env["res.lang"]._activate_lang("ckb_IR")
        data = self.env["res.lang"]._get_data(code="ckb_IR")
        self.assertEqual(data.calendar, "jalali")

    def test_screens_follow_the_user_and_then_the_language(self):
        for user, calendar in (
            (self.fa_user, "jalali"),
            (self.mixed_user, "gregorian"),
            (self.en_user, "gregorian"),
        ):
            langs = self.as_user(self.env["res.lang"], user)
            self.assertEqual(langs._get_screen_calendar(), calendar)

    def test_users_choose_for_themselves_but_not_for_others(self):
        plain = self.env["res.users"].create({"name": "Plain", "login": "plain"})
        own = plain.with_user(plain)
        own.write({"calendar_preference": "gregorian"})
        self.assertEqual(
            own.read(["calendar_preference"])[0]["calendar_preference"], "gregorian"
        )
        with self.assertRaises(AccessError):
            self.fa_user.with_user(plain).write({"calendar_preference": "gregorian"})

    def test_other_users_pay_no_query_more(self):
        partners = self.as_user(self.env["res.partner"], self.en_user)
        groupby = ["create_date:month"]
        sets = [["create_date:month"], []]
        bar = {"field": "type", "colors": {"contact": "success"}}

        def screens():
            partners.web_read_group([], groupby)
            partners.formatted_read_group([], groupby, ["__count"])
            partners.formatted_read_grouping_sets([], sets, ["__count"])
            partners.read_progress_bar([], groupby[0], bar)

        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            screens()
            return self.env.cr.sql_log_count - before

        screens()
        with_addon = count()
        mro = self.env.registry["base"].mro()
        [ours] = [
            number
            for number, cls in enumerate(mro)
            if cls.__module__ == "odoo.addons.jalali_calendar.models.base"
        ]
        stock = {}
        for name in vars(mro[ours]):
            inherited = [
                vars(cls)[name] for cls in mro[ours + 1 :] if name in vars(cls)
            ]
            if inherited and callable(inherited[0]):
                stock[name] = inherited[0]
        self.assertIn("_read_group_groupby", stock)
        with patch.multiple(mro[ours], **stock):
            without_addon = count()
        self.assertEqual(with_addon, without_addon)


@tagged("post_install", "-at_install")
class TestSession(HttpCase):
    def _calendar(self, login):
        self.authenticate(login, login)
        info = self.make_jsonrpc_request("/web/session/get_session_info")
        return info["calendar"]

    def test_the_web_client_learns_the_calendar(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.env["res.lang"]._activate_lang("en_US")
        new_test_user(self.env, "reader_fa", lang="fa_IR")
        new_test_user(self.env, "reader_en", lang="en_US")
        new_test_user(
            self.env, "reader_mixed", lang="fa_IR", calendar_preference="gregorian"
        )
        self.assertEqual(self._calendar("reader_fa"), "jalali")
        self.assertEqual(self._calendar("reader_en"), "gregorian")
        self.assertEqual(self._calendar("reader_mixed"), "gregorian")

    def test_public_pages_learn_the_calendar(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.env["res.lang"]._activate_lang("en_US")
        for lang, calendar in (("fa_IR", "jalali"), ("en_US", "gregorian")):
            self.opener.cookies.clear()
            page = self.url_open(
                "/web/login",
                headers={"Accept-Language": lang.replace("_", "-")},
                cookies={"frontend_lang": lang},
            )
            info = json.loads(
                re.search(r"odoo.__session_info__ = ({.*});", page.text).group(1)
            )
            # A website, where there is one, offers languages of its own.
            if "website" not in self.env:
                self.assertEqual(info["bundle_params"]["lang"], lang)
            if info["bundle_params"]["lang"] == lang:
                self.assertEqual(info["calendar"], calendar)
