import datetime
import io

import openpyxl

from odoo.tests import tagged

from odoo.addons.jalali_calendar.tests.common import JalaliCase
from odoo.addons.jalali_calendar.tools import to_latin_digits

OPTIONS = {"quoting": '"', "separator": ",", "encoding": "utf-8"}


@tagged("post_install", "-at_install")
class TestImport(JalaliCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.currency = cls.env["res.currency"].create({"name": "JAL", "symbol": "J"})
        cls.env.company.currency_id = cls.env.ref("base.EUR")

    def _import(self, user, content, header, mimetype="text/csv", **options):
        importer = self.as_user(self.env["base_import.import"], user).create(
            {
                "res_model": header.pop("model"),
                "file": content.encode() if isinstance(content, str) else content,
                "file_type": mimetype,
            }
        )
        options = {**OPTIONS, "has_headers": True, **options}
        preview = importer.parse_preview(options)
        self.assertNotIn("error", preview)
        result = importer.execute_import(
            header["fields"], header["fields"], {**options, **preview["options"]}
        )
        return preview, result

    def _import_rates(self, user, dates, **options):
        lines = "".join(f'JAL,"{date}",1\n' for date in dates)
        return self._import(
            user,
            f"currency,day,rate\n{lines}",
            {
                "model": "res.currency.rate",
                "fields": ["currency_id", "name", "rate"],
            },
            **options,
        )

    def _rates(self):
        rates = self.env["res.currency.rate"].search(
            [("currency_id", "=", self.currency.id)], order="id"
        )
        return [str(day) for day in rates.mapped("name")]

    def test_jalali_dates_of_a_file_are_converted(self):
        for dates, expected in (
            (["1404/09/01", "1403/12/30"], ["2025-11-22", "2025-03-20"]),
            (["۱۴۰۴/۹/۱", "١٤٠٤/٠٢/٣١"], ["2025-11-22", "2025-05-21"]),
            (["۱ آذر ۱۴۰۴", "30 اسفند 1403"], ["2025-11-22", "2025-03-20"]),
            (["04/9/1"], ["2025-11-22"]),
            (["2025-11-22", "1404-10-11"], ["2025-11-22", "2026-01-01"]),
        ):
            __, result = self._import_rates(self.fa_user, dates)
            self.assertEqual(result["messages"], [], dates)
            self.assertEqual(self._rates(), expected)
            self.env["res.currency.rate"].search(
                [("currency_id", "=", self.currency.id)]
            ).unlink()

    def test_the_chosen_format_gives_the_order(self):
        __, result = self._import_rates(
            self.fa_user, ["09/01/1404", "11/23/2025"], date_format="%m/%d/%Y"
        )
        self.assertEqual(result["messages"], [])
        self.assertEqual(self._rates(), ["2025-11-22", "2025-11-23"])

    def test_days_that_do_not_exist_refuse_the_file_and_name_the_line(self):
        for wrong in ("1404/12/30", "1404/13/01", "1404/07/31", "2026/02/30", "soon"):
            __, result = self._import_rates(self.fa_user, ["1404/09/01", wrong])
            [message] = result["messages"]
            text = to_latin_digits(message["message"])
            self.assertIn(wrong, text)
            self.assertIn("1405/09/01", text)
            self.assertRegex(text, r"\b2: ")
            self.assertEqual(message["field_path"], ["name"])
            self.assertEqual(self._rates(), [])

    def test_english_users_import_as_before_but_no_middle_ages(self):
        __, result = self._import_rates(self.en_user, ["2025/11/22"])
        self.assertEqual(result["messages"], [])
        self.assertEqual(self._rates(), ["2025-11-22"])
        __, result = self._import_rates(self.en_user, ["1404/09/01"])
        [message] = result["messages"]
        self.assertIn("line 1: '1404/09/01' looks like a Jalali", message["message"])
        self.assertEqual(message["field_path"], ["name"])
        self.assertEqual(self._rates(), ["2025-11-22"])

    def test_a_guess_that_is_dropped_leaves_the_format_as_the_screen_sent_it(self):
        for sent in ("", "%d/%m/%Y"):
            preview, result = self._import_rates(
                self.fa_user, ["1404/13/01"], date_format=sent, datetime_format=""
            )
            self.assertEqual(preview["options"]["date_format"], sent)
            self.assertEqual(preview["options"]["datetime_format"], "")
            self.assertIn("1404/13/01", result["messages"][0]["message"])

    def test_moments_are_read_in_the_zone_of_the_user(self):
        model = self.env["ir.cron"]
        partner_model = self.env.ref("base.model_res_partner")
        for text in ("1404/01/01 00:00:00", "۱۴۰۴/۱/۱ ۰:۰۰", "2025-03-21 00:00:00"):
            __, result = self._import(
                self.fa_user,
                f'name,model,next\nJob {text},{partner_model.id},"{text}"\n',
                {"model": "ir.cron", "fields": ["name", "model_id/.id", "nextcall"]},
            )
            self.assertEqual(result["messages"], [], text)
            job = model.browse(result["ids"])
            self.assertEqual(str(job.nextcall), "2025-03-20 20:30:00", text)

    def _sheet(self, *days):
        book = openpyxl.Workbook()
        book.active.append(["currency", "day", "rate"])
        for day in days:
            book.active.append(["JAL", day, 1])
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()

    def _import_sheet(self, *days):
        return self._import(
            self.fa_user,
            self._sheet(*days),
            {
                "model": "res.currency.rate",
                "fields": ["currency_id", "name", "rate"],
            },
            mimetype="application/vnd.openxmlformats-officedocument."
            "spreadsheetml.sheet",
        )

    def test_spreadsheets_carry_texts_and_true_dates(self):
        __, result = self._import_sheet("1404/09/01", datetime.date(2025, 11, 23))
        self.assertEqual(result["messages"], [])
        self.assertEqual(self._rates(), ["2025-11-22", "2025-11-23"])

    def test_a_date_cell_with_a_jalali_year_is_refused(self):
        convert = self.as_user(self.env["ir.fields.converter"], self.fa_user)
        field = self.env["res.currency.rate"]._fields["name"]
        for value in (datetime.date(1404, 9, 1), datetime.datetime(1404, 9, 1, 8)):
            with self.assertRaisesRegex(ValueError, "1404-09-01"):
                convert._str_to_date(self.env["res.currency.rate"], field, value, None)

    def test_programs_that_load_are_held_to_the_same(self):
        def load(user, text):
            return self.as_user(self.env["res.currency.rate"], user).load(
                ["currency_id", "name", "rate"], [["JAL", text, "1"]]
            )

        self.assertTrue(load(self.fa_user, "1404-09-01")["ids"])
        self.assertTrue(load(self.en_user, "2025-11-23")["ids"])
        self.assertEqual(self._rates(), ["2025-11-22", "2025-11-23"])
        for user, text in ((self.fa_user, "1404-12-30"), (self.en_user, "1404-09-01")):
            result = load(user, text)
            self.assertFalse(result["ids"])
            self.assertIn(text, result["messages"][0]["message"])
            self.assertEqual(result["messages"][0]["rows"], {"from": 0, "to": 0})
        self.assertEqual(len(self._rates()), 2)
