import base64
import doctest
import io
import zipfile
from unittest.mock import patch

import openpyxl

from odoo import models
from odoo.exceptions import UserError
from odoo.tests import BaseCase, TransactionCase, tagged

from odoo.addons.agency_base.tests.common import register_toys
from odoo.addons.agency_base.tools import sheets
from odoo.addons.agency_base.tools.sheets import SheetError, read_sheet, write_sheet

COLUMNS = {"code": ["کد", "code"], "name": ["نام واحد", "name"], "note": ["شرح"]}


@tagged("post_install", "-at_install")
class TestSheets(BaseCase):
    def assertRefused(self, reason, content, columns=COLUMNS):  # noqa: N802
        with self.assertRaises(SheetError) as refusal:
            read_sheet(content, columns)
        self.assertEqual(refusal.exception.reason, reason)
        return refusal.exception

    def test_the_examples_hold(self):
        self.assertEqual(doctest.testmod(sheets).failed, 0)

    def test_headings_in_any_order_and_spelling(self):
        content = write_sheet("a", ["نام  واحد", "كد"], [["الف", "۱"], ["ب", 2]])
        self.assertEqual(
            read_sheet(content, COLUMNS, optional=["note"]),
            [
                (2, {"code": "۱", "name": "الف", "note": ""}),
                (3, {"code": "2", "name": "ب", "note": ""}),
            ],
        )

    def test_missing_columns_are_named(self):
        error = self.assertRefused("headings", write_sheet("a", ["name"], [["x"]]))
        self.assertEqual(error.missing, ["code", "note"])

    def test_what_is_no_spreadsheet_is_refused(self):
        empty = write_sheet("a", [], [])
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as file:
            file.writestr("xl/workbook.xml", "<broken")
        self.assertRefused("empty", b"")
        self.assertRefused("empty", empty)
        self.assertRefused("unreadable", b"PK\x03\x04")
        self.assertRefused("unreadable", archive.getvalue())
        self.assertRefused("unreadable", b"a\0b")
        self.assertRefused("large", b"x" * (sheets.MAX_BYTES + 1))

    def test_an_archive_that_unpacks_to_much_is_not_opened(self):
        content = write_sheet("a", ["code"], [["x"]])
        with patch.object(sheets, "MAX_UNPACKED", 100):
            self.assertRefused("large", content)
        with patch.object(sheets, "MAX_ROWS", 1):
            self.assertRefused("large", write_sheet("a", ["code"], [["x"], ["y"]]))

    def test_excel_for_windows_writes_csv_of_its_own(self):
        for encoding in ("utf-8-sig", "cp1256"):
            content = "code;name;شرح\r\n1;ميز;x\r\n".encode(encoding)
            [(row, cells)] = read_sheet(content, COLUMNS)
            self.assertEqual((row, cells["name"]), (2, "میز"))

    def test_a_formula_is_written_as_the_text_it_is(self):
        content = write_sheet("گزارش 1405/07", ["x"], [["=1+1"], [3]], True)
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        self.assertEqual((sheet["A2"].value, sheet["A2"].data_type), ("=1+1", "s"))
        self.assertEqual((sheet["A3"].value, sheet.title), (3, "گزارش 1405-07"))
        self.assertTrue(sheet.sheet_view.rightToLeft)


class ToySheetImport(models.TransientModel):
    _module = None
    _name = "agency.toy.sheet.import"
    _inherit = ["agency.sheet.import"]
    _description = "Toy Import"

    _sheet_columns = {
        "code": ["کد"],
        "weight": ["وزن"],
        "kind": ["نوع"],
        "open": ["باز"],
    }
    _sheet_optional = ("kind", "open")

    def _row(self, cells, before):
        return (
            self._needed(cells, "code"),
            self._number(cells, "weight", default=1),
            self._choice(cells, "kind", {"a": ["اقدام"], "b": ["بهبود"]}, "a"),
            self._flag(cells, "open"),
        )


@tagged("post_install", "-at_install")
class TestSheetImport(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        register_toys(cls, ToySheetImport)

    def _read(self, *lines):
        content = base64.b64encode("\n".join(lines).encode())
        return self.env["agency.toy.sheet.import"].create({"file": content})._read()

    def test_rows_are_read(self):
        self.assertEqual(
            self._read("کد;وزن;نوع;باز", "A1;۲٫۵;بهبود;بله", "", "A2;;;"),
            [("A1", 2.5, "b", True), ("A2", 1, "a", False)],
        )

    def test_every_wrong_row_is_named_by_its_number(self):
        with self.assertRaises(UserError) as refusal:
            self._read("کد;وزن;نوع;باز", ";1;;", "A2;x;;", "A3;1;y;", "A4;1;;z")
        text = str(refusal.exception)
        for row, word in ((2, "کد"), (3, "“x”"), (4, "اقدام"), (5, "“z”")):
            self.assertRegex(text, f"Row {row}: .*{word}")

    def test_a_long_list_of_complaints_is_cut(self):
        with self.assertRaisesRegex(UserError, "and 5 more"):
            self._read("کد;وزن", *["A;x"] * 20)

    def test_what_is_wrong_with_the_file_is_said(self):
        with self.assertRaisesRegex(UserError, "“وزن”"):
            self._read("کد", "A1")
        with self.assertRaisesRegex(UserError, "nothing to import"):
            self._read("کد;وزن")
