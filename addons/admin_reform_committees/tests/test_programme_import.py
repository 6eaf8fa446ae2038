import base64
import io

import openpyxl

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestProgrammeImport(TransactionCase):
    def _import(self, content, name="programmes.csv"):
        return self.env["reform.programme.import"].create(
            {
                "name": "A later period",
                "year_from": 1401,
                "file": base64.b64encode(content),
                "filename": name,
            }
        )

    def _imported(self, content, **options):
        before = self._count()
        action = self._import(content, **options).action_import()
        self.assertGreater(self._count(), before)
        period = self.env["reform.programme.period"].browse(action["res_id"])
        return [(line.number, line.name) for line in period.programme_ids]

    def _refused(self, content, *words):
        before = self._count()
        with self.assertRaises(UserError) as refusal:
            self._import(content).action_import()
        self.assertEqual(self._count(), before)
        for word in words:
            self.assertIn(word, str(refusal.exception))

    def _count(self):
        return self.env["reform.programme.period"].search_count([])

    def _book(self, *rows):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()

    def test_csv_in_persian(self):
        content = "شماره,عنوان برنامه\n۲,صيانت از حقوق مردم\n1,دولت هوشمند\n".encode()
        expected = [(1, "دولت هوشمند"), (2, "صیانت از حقوق مردم")]
        self.assertEqual(self._imported(content), expected)
        self.assertEqual(self._imported(b"\xef\xbb\xbf" + content), expected)

    def test_csv_of_excel_for_windows(self):
        content = "ردیف;عنوان\n1;دولت\n".encode("cp1256", errors="replace")
        # cp1256 has no Persian yeh: the heading is still found by "title"
        content = content.replace("ردیف".encode("cp1256", errors="replace"), b"no")
        self.assertEqual(self._imported(content), [(1, "دولت")])

    def test_xlsx(self):
        content = self._book(
            ["ردیف", "عنوان"], [1.0, "دولت"], [None, None], [2, "مردم"]
        )
        self.assertEqual(
            self._imported(content, name="a.xlsx"), [(1, "دولت"), (2, "مردم")]
        )

    def test_wrong_rows_are_named_and_nothing_is_saved(self):
        content = self._book(
            ["number", "title"],
            [1, "First"],
            ["x", "Second"],
            [1, "Again"],
            [3, None],
        )
        self._refused(content, "Row 3", "Row 4", "Row 5", "twice", "title is missing")

    def test_files_that_are_no_sheets(self):
        self._refused(b"number,title\n", "nothing to import")
        self._refused(b"PK not a zip", "could not be read")
        self._refused(b"number,title\n1,\0\n", "could not be read")
        self._refused(b"a,b\n1,x\n", "must name these columns")
        self._refused(b"number,title\n" + b"1,x\n" * 5001, "too large")

    def test_shipped_titles_that_are_unsure_say_so(self):
        period = self.env.ref("admin_reform_committees.programme_period_1")
        self.assertEqual(period.programme_count, 8)
        unsure = period.programme_ids.filtered("needs_confirmation")
        self.assertEqual(unsure.mapped("number"), [6, 7, 8])
