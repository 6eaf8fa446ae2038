import csv
import io
import json

from openpyxl import load_workbook

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged

from ..controllers.export import XLSX_DATE, XLSX_DATETIME

FIELDS = [
    {"name": "name", "label": "Name", "type": "char"},
    {"name": "date", "label": "Day", "type": "date"},
    {"name": "create_date", "label": "Made", "type": "datetime"},
    {"name": "year", "label": "Year", "type": "integer"},
]


@tagged("post_install", "-at_install")
class TestExport(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.env["res.lang"]._activate_lang("en_US")
        groups = "base.group_system,base.group_allow_export"
        for login, lang, preference in (
            ("fa", "fa_IR", "language"),
            ("en", "en_US", "language"),
            ("mixed", "fa_IR", "gregorian"),
        ):
            new_test_user(
                cls.env,
                f"{login}_export",
                groups,
                lang=lang,
                tz="Asia/Tehran",
                calendar_preference=preference,
            )
        cls.holiday = cls.env["jalali.holiday"].create(
            {"name": "Exported", "date": "2026-03-20"}
        )
        cls.env.flush_all()
        # The last evening of 1404 in Tehran.
        cls.env.cr.execute(
            "UPDATE jalali_holiday SET create_date = '2026-03-20 20:29:59'"
            " WHERE id = %s",
            [cls.holiday.id],
        )
        cls.env.invalidate_all()

    def export(self, login, file_format, **options):
        """Return the file that a user downloads."""
        self.authenticate(f"{login}_export", f"{login}_export")
        user = self.env["res.users"].search([("login", "=", f"{login}_export")])
        data = {
            "model": "jalali.holiday",
            "fields": FIELDS,
            "ids": self.holiday.ids,
            "domain": [],
            "import_compat": False,
            "context": {"lang": user.lang, "tz": user.tz},
            **options,
        }
        answer = self.url_open(
            f"/web/export/{file_format}",
            data={
                "data": json.dumps(data),
                "csrf_token": http.Request.csrf_token(self),
            },
        )
        answer.raise_for_status()
        return answer.content

    def csv_row(self, login, **options):
        text = self.export(login, "csv", **options).decode()
        return list(csv.reader(io.StringIO(text)))[1][1:]

    def xlsx_rows(self, login, **options):
        content = self.export(login, "xlsx", **options)
        return list(load_workbook(io.BytesIO(content)).active.iter_rows())

    def test_csv_is_jalali_for_the_jalali_reader_alone(self):
        jalali = ["1404/12/29", "1404/12/29 23:59:59", "1404"]
        gregorian = ["2026-03-20", "2026-03-20 23:59:59", "1404"]
        self.assertEqual(self.csv_row("fa"), jalali)
        self.assertEqual(self.csv_row("en"), gregorian)
        self.assertEqual(self.csv_row("mixed"), gregorian)

    def test_a_file_to_be_imported_again_keeps_the_format_of_all_languages(self):
        row = self.csv_row("fa", import_compat=True)
        self.assertEqual(row, ["2026-03-20", "2026-03-20 23:59:59", "1404"])

    def test_xlsx_has_true_dates_and_numbers_shown_in_jalali(self):
        __, [__, day, moment, year] = self.xlsx_rows("fa")
        self.assertTrue(day.is_date)
        self.assertEqual(str(day.value), "2026-03-20 00:00:00")
        self.assertEqual(day.number_format, XLSX_DATE)
        self.assertEqual(str(moment.value), "2026-03-20 23:59:59")
        self.assertEqual(moment.number_format, XLSX_DATETIME)
        self.assertEqual(year.value, 1404)

    def test_xlsx_of_other_readers_is_that_of_odoo(self):
        for login in ("en", "mixed"):
            __, [__, day, moment, __] = self.xlsx_rows(login)
            self.assertEqual(day.number_format, "yyyy-mm-dd")
            self.assertEqual(moment.number_format, "yyyy-mm-dd hh:mm:ss")

    def test_groups_of_a_file_are_those_of_the_screen(self):
        for login, title in (("fa", "اسفند ۱۴۰۴ (1)"), ("en", "March 2026 (1)")):
            __, group, row = self.xlsx_rows(login, groupby=["date:month"])
            self.assertEqual(group[0].value, title)
            self.assertEqual(
                row[1].number_format, XLSX_DATE if login == "fa" else "yyyy-mm-dd"
            )
