import datetime
from types import SimpleNamespace

import babel.dates

from odoo.modules.registry import Registry
from odoo.tests import tagged
from odoo.tools import format_date, format_datetime, format_time
from odoo.tools.misc import parse_date

from .common import JalaliCase

DAY = datetime.date(2025, 11, 22)
MOMENT = datetime.datetime(2025, 3, 20, 20, 30)


@tagged("post_install", "-at_install")
class TestBabel(JalaliCase):
    def test_formatters_follow_the_language_of_the_document(self):
        for lang, day, long_day, moment, clock in (
            (
                "fa_IR",
                "۱۴۰۴/۰۹/۰۱",
                "شنبه ۱ آذر ۱۴۰۴",
                "۱۴۰۴/۰۱/۰۱ ۰۰:۰۰:۰۰",
                "۱۲:۳۰:۰۰",
            ),
            (
                "en_US",
                "11/22/2025",
                "Saturday, November 22, 2025",
                "03/21/2025 00:00:00",
                "12:30:00",
            ),
        ):
            self.env["res.lang"]._lang_get("en_US").write(
                {"date_format": "%m/%d/%Y", "time_format": "%H:%M:%S"}
            )
            # The reader of the screen does not matter, only the language.
            env = self.env(user=self.mixed_user, context={"lang": lang})
            self.assertEqual(format_date(env, DAY), day)
            self.assertEqual(format_date(env, DAY, date_format="full"), long_day)
            self.assertEqual(format_date(env, "2025-11-22"), day)
            self.assertEqual(format_datetime(env, MOMENT, "Asia/Tehran"), moment)
            self.assertEqual(format_time(env, datetime.time(12, 30)), clock)
            other = self.env(context={"lang": "en_US"})
            self.assertEqual(format_date(other, DAY, lang_code=lang), day)

    def test_qweb_widgets(self):
        partner = self.env["res.partner"].create({"name": "Partner"})
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = %s WHERE id = %s",
            (MOMENT, partner.id),
        )
        partner.invalidate_recordset()
        view = self.env["ir.ui.view"].create(
            {
                "name": "Dates",
                "type": "qweb",
                "key": "jalali_calendar.test_dates",
                "arch": """<t t-name="jalali_calendar.test_dates">
                    <i t-field="partner.create_date"/>
                    <i t-field="partner.create_date" t-options="{'date_only': True}"/>
                    <i t-out="day" t-options="{'widget': 'date'}"/>
                    <i t-out="day" t-options="{'widget': 'date',
                        'format': 'd MMMM yyyy, QQQQ'}"/>
                    <i t-out="moment" t-options="{'widget': 'datetime',
                        'tz_name': 'Asia/Tehran', 'hide_seconds': True}"/>
                </t>""",
            }
        )
        html = str(
            self.env["ir.qweb"]
            .with_context(lang="fa_IR", tz="Asia/Tehran")
            ._render(
                view.id,
                {
                    "partner": partner.with_context(lang="fa_IR", tz="Asia/Tehran"),
                    "day": DAY,
                    "moment": MOMENT,
                },
            )
        )
        for text in (
            ">۱۴۰۴/۰۱/۰۱ ۰۰:۰۰:۰۰<",
            ">۱۴۰۴/۰۱/۰۱<",
            ">۱۴۰۴/۰۹/۰۱<",
            ">۱ آذر ۱۴۰۴, پاییز<",
            ">۱۴۰۴/۰۱/۰۱ ۰۰:۰۰<",
        ):
            self.assertIn(text, html)

    def test_all_letters_of_a_pattern(self):
        moment = datetime.datetime(2025, 11, 22, 15, 4)
        for pattern, persian, latin in (
            (
                "G y yy yyyy Y u",
                "ه‍.ش. ۱۴۰۴ ۰۴ ۱۴۰۴ ۱۴۰۴ ۱۴۰۴",
                "AP 1404 04 1404 1404 1404",
            ),
            ("M MM LLLL MMMMM", "۹ ۰۹ آذر آ", "9 09 Azar A"),
            ("d dd D F", "۱ ۰۱ ۲۴۷ ۱", "1 01 247 1"),
            ("q QQ QQQQ", "۳ ۰۳ پاییز", "3 03 Q3"),
            ("w EEEE", "۳۷ شنبه", "37 Saturday"),
            ("HH:mm", "۱۵:۰۴", "15:04"),
        ):
            self.env["res.lang"]._lang_get("en_US").calendar = "jalali"
            for locale, expected in (("fa_IR", persian), ("en_US", latin)):
                text = babel.dates.format_datetime(moment, pattern, locale=locale)
                self.assertEqual(text, expected)

    def test_a_language_may_change_its_calendar(self):
        env = self.env(context={"lang": "fa_IR"})
        self.fa_lang.calendar = "gregorian"
        self.assertEqual(format_date(env, DAY), "2025/11/22")
        self.fa_lang.calendar = "jalali"
        self.assertEqual(format_date(env, DAY), "۱۴۰۴/۰۹/۰۱")

    def test_languages_without_the_calendar_use_babel_itself(self):
        for locale in ("en_US", "de_DE", "ar", "fa_AF"):
            date_format = babel.dates.DateTimeFormat(DAY, locale)
            text = date_format["yyyy"] + date_format["MMMM"]
            self.assertIs(date_format._jalali_fields, False)
            self.assertNotIn("1404", text)

    def test_another_database_of_the_process_is_left_alone(self):
        here = self.env.cr.dbname
        with self.database_of_thread(here):
            self.assertEqual(babel.dates.format_date(DAY, "yyyy", "fa_IR"), "۱۴۰۴")
        Registry.registries["jalali_test_other"] = SimpleNamespace()
        self.addCleanup(Registry.registries.pop, "jalali_test_other")
        with self.database_of_thread("jalali_test_other"):
            self.assertEqual(babel.dates.format_date(DAY, "yyyy", "fa_IR"), "2025")
            self.assertEqual(
                babel.dates.parse_date("2025/11/22", "fa_IR", "short"), DAY
            )
        with self.database_of_thread("jalali_test_unknown"):
            self.assertEqual(babel.dates.format_date(DAY, "yyyy", "fa_IR"), "2025")
        with self.database_of_thread(here):
            self.assertEqual(babel.dates.format_date(DAY, "yyyy", "fa_IR"), "۱۴۰۴")

    def test_typed_dates_are_parsed(self):
        env = self.env(context={"lang": "fa_IR"})
        self.assertEqual(parse_date(env, "۱۴۰۴/۹/۱"), DAY)
        self.assertEqual(parse_date(env, "1404/12/30"), "1404/12/30")
        env = self.env(context={"lang": "en_US"})
        self.assertEqual(parse_date(env, "11/22/2025"), DAY)

    def test_intervals_see_a_change_of_the_jalali_month(self):
        # Both days lie in November, but in آبان and آذر.
        text = babel.dates.format_interval(
            datetime.date(2025, 11, 20), DAY, "yMMMd", locale="fa_IR"
        )
        self.assertIn("آبان", text)
        self.assertIn("آذر", text)
