import threading
from contextlib import contextmanager

import polib

from odoo.tests import TransactionCase, new_test_user
from odoo.tools.misc import file_path


def untranslated(addon):
    """Return the terms of an addon that have no Persian."""
    template = polib.pofile(file_path(f"{addon}/i18n/{addon}.pot"))
    persian = polib.pofile(file_path(f"{addon}/i18n/fa.po"))
    translated = {entry.msgid for entry in persian.translated_entries()}
    return {entry.msgid for entry in template} - translated


class JalaliCase(TransactionCase):
    """One reader for each calendar: Persian, English, Persian but Gregorian."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.env["res.lang"]._activate_lang("en_US")
        cls.fa_lang = cls.env["res.lang"]._lang_get("fa_IR")
        groups = "base.group_user,base.group_partner_manager,base.group_system"
        cls.fa_user = new_test_user(
            cls.env, "fa", groups, lang="fa_IR", tz="Asia/Tehran"
        )
        cls.en_user = new_test_user(
            cls.env, "en", groups, lang="en_US", tz="Asia/Tehran"
        )
        cls.mixed_user = new_test_user(
            cls.env,
            "mixed",
            groups,
            lang="fa_IR",
            tz="Asia/Tehran",
            calendar_preference="gregorian",
        )

    def setUp(self):
        super().setUp()
        # What Babel knows is as old as the last reading of the languages, and a test
        # before this one may have changed a language and been rolled back.
        self.env["res.lang"]._get_active_by("code")

    def as_user(self, records, user, **context):
        """Return records as the web client of a user sends them."""
        return records.with_user(user).with_context(
            lang=user.lang, tz=user.tz, **context
        )

    @contextmanager
    def database_of_thread(self, name):
        """Let the thread work for another database, as the server does."""
        thread = threading.current_thread()
        before = getattr(thread, "dbname", None)
        thread.dbname = name
        try:
            yield
        finally:
            thread.dbname = before
