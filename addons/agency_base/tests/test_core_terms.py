import doctest
import re
import threading
from unittest.mock import patch

import polib

from odoo.exceptions import UserError
from odoo.tests import BaseCase, HttpCase, TransactionCase, tagged
from odoo.tools.translate import get_translation

from odoo.addons.agency_base.tools import core_terms

#: What the program fills in or reads: it must be the same in both languages.
_PLACEHOLDER = re.compile(
    r"%\(\w+\)[sd]|%[sd]|%%|\$\(\w+\)s|\{\{.*?\}\}|\bt-[\w-]+=\"[^\"]*\""
)
_TAG = re.compile(r"</?\w+")


@tagged("post_install", "-at_install")
class TestCoreTermFiles(BaseCase):
    def test_every_term_is_translated(self):
        self.assertTrue(core_terms.FILES)
        for path in core_terms.FILES.values():
            file = polib.pofile(str(path))
            self.assertTrue(file, path.name)
            self.assertFalse(file.untranslated_entries(), path.name)
            self.assertFalse(file.fuzzy_entries(), path.name)

    def test_placeholders_and_tags_survive(self):
        for path in core_terms.FILES.values():
            for entry in polib.pofile(str(path)):
                for pattern in (_PLACEHOLDER, _TAG):
                    self.assertCountEqual(
                        pattern.findall(entry.msgid),
                        pattern.findall(entry.msgstr),
                        f"{path.name}: {entry.msgid}",
                    )

    def test_persian_letters_are_the_persian_ones(self):
        for (lang, _module), path in core_terms.FILES.items():
            if lang == "fa":
                for entry in polib.pofile(str(path)):
                    self.assertNotRegex(entry.msgstr, "[يكى]", entry.msgid)

    def test_the_examples_of_the_docstrings_hold(self):
        failed, attempted = doctest.testmod(core_terms)
        self.assertFalse(failed)
        self.assertTrue(attempted)


@tagged("post_install", "-at_install")
class TestCoreTerms(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        thread = threading.current_thread()
        cls.startClassPatcher(
            patch.object(thread, "dbname", cls.env.cr.dbname, create=True)
        )
        cls.modules = cls.env["ir.module.module"]
        cls.modules._load_module_terms(["base", "mail", "web"], ["fa_IR"])
        cls.role_field = cls.env.ref("mail.field_res_users__role_ids")
        cls.discuss_menu = cls.env.ref("mail.menu_root_discuss")

    def _read(self, record, field_name, lang="fa_IR"):
        return record.with_context(lang=lang)[field_name]

    def _role_label(self, lang="fa_IR"):
        return self._read(self.role_field, "field_description", lang)

    def test_an_error_of_python_code_speaks_persian(self):
        with self.assertRaisesRegex(UserError, "تکثیر شرکت مجاز نیست"):
            self.env.company.with_context(lang="fa_IR").copy()
        with self.assertRaisesRegex(UserError, "Duplicating a company"):
            self.env.company.with_context(lang="en_US").copy()

    def test_a_refusal_of_the_database_reads_as_one_sentence(self):
        said = get_translation(
            "base", "fa_IR", "The operation cannot be completed: %s", ("منفی است.",)
        )
        self.assertEqual(said, "این کار انجام نشد: منفی است.")

    def _python_term(self, lang):
        return get_translation("mail", lang, "New Thread", ())

    def test_python_code_of_mail_speaks_persian(self):
        self.assertEqual(self._python_term("fa_IR"), "رشته جدید")
        self.assertEqual(self._python_term("en_US"), "New Thread")

    def test_what_odoo_has_itself_is_kept(self):
        own = {"Own": "متن اودو", "Wrong": "غلط"}
        rows = [
            {"type": "code", "src": src, "value": "متن ما", "comments": comments}
            for src, comments in (
                ("Own", "odoo-python"),
                ("Wrong", "odoo-python\ninstead of: غلط"),
                ("Other kind", "odoo-javascript"),
                ("Lacking", "odoo-python"),
            )
        ]
        with patch.object(core_terms, "rows", return_value=rows):
            terms = core_terms._complete(own, "mail", "fa_IR", "odoo-python")
        self.assertEqual(
            terms, {"Own": "متن اودو", "Wrong": "متن ما", "Lacking": "متن ما"}
        )

    def test_a_correction_is_void_once_odoo_says_something_else(self):
        row = {
            "type": "code",
            "src": "Wrong",
            "value": "متن ما",
            "comments": "odoo-python\ninstead of: غلط",
        }
        with patch.object(core_terms, "rows", return_value=[row]):
            for own in ({"Wrong": "درست"}, {}):
                terms = core_terms._complete(own, "mail", "fa_IR", "odoo-python")
                self.assertEqual(terms, own)

    def test_a_database_without_the_addon_hears_odoo_only(self):
        thread = threading.current_thread()
        with patch.object(thread, "dbname", "a-database-without-it"):
            self.assertEqual(self._python_term("fa_IR"), "New Thread")

    def test_what_is_made_without_a_language_is_told_in_one(self):
        self.modules._load_module_terms(["agency_base"], ["fa_IR"])
        self.env.user.lang = "fa_IR"
        contacts = self.env(context={})["res.partner"]
        model = self.env["ir.model"]._get("res.partner").with_context(lang="fa_IR")
        said = contacts.create({"name": "زهرا"})._creation_message()
        self.assertIn(model.name, said)
        self.assertNotIn("Contact", said)

    def test_labels_and_views_speak_persian(self):
        self.assertEqual(self._role_label(), "نقش‌های کاربر")
        self.assertEqual(self._role_label("en_US"), "User Roles")
        form = self.env.ref("mail.email_compose_message_wizard_form")
        self.assertIn("افزودن گیرنده…", self._read(form, "arch_db"))
        self.assertIn("Add recipients...", self._read(form, "arch_db", "en_US"))

    def test_a_wrong_word_of_odoo_is_corrected(self):
        self.assertEqual(self._read(self.discuss_menu, "name"), "گفتگو")
        self.assertEqual(self._read(self.discuss_menu, "name", "en_US"), "Discuss")

    def test_what_the_agency_wrote_itself_is_kept(self):
        self.discuss_menu.with_context(lang="fa_IR").name = "پیام‌رسان"
        self.role_field.update_field_translations(
            "field_description", {"fa_IR": "جایگاه"}
        )
        self.modules._load_core_terms(["mail"], ["fa_IR"])
        self.assertEqual(self._read(self.discuss_menu, "name"), "پیام‌رسان")
        self.assertEqual(self._role_label(), "جایگاه")

    def test_a_module_installed_later_is_completed(self):
        self.role_field.update_field_translations("field_description", {"fa_IR": False})
        self.assertEqual(self._role_label(), "User Roles")
        with patch.object(self.registry, "updated_modules", ["mail"]):
            self.modules._register_hook()
        self.assertEqual(self._role_label(), "نقش‌های کاربر")

    def test_a_mail_template_that_is_reset_stays_persian(self):
        template = self.env.ref("auth_totp_mail.mail_template_totp_invite")
        template.reset_template()
        self.assertIn("فعال‌سازی ورود دومرحله‌ای", self._read(template, "body_html"))


@tagged("post_install", "-at_install")
class TestCoreTermsWeb(HttpCase):
    def _messages(self, lang):
        answer = self.url_open(f"/web/webclient/translations?mods=mail,web&lang={lang}")
        return {
            message["id"]: message["string"]
            for module in answer.json()["modules"].values()
            for message in module["messages"]
        }

    def test_the_web_client_gets_the_words_in_persian_and_in_persian_only(self):
        for lang in ("fa_IR", "en_US"):
            self.env["res.lang"]._activate_lang(lang)
        persian = self._messages("fa_IR")
        self.assertEqual(persian["Start Call"], "آغاز تماس")
        self.assertEqual(persian["Custom Filter..."], "فیلتر دلخواه…")
        self.assertEqual(persian["clipboard"], "تخته‌گیره")
        self.assertEqual(len(self._messages("en_US")), 0)
