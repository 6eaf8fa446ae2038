import io
import zipfile

from freezegun import freeze_time
from lxml import etree

from odoo.tests import tagged

from odoo.addons.agency_base.tools.upload import sniff

from .common import MeetingCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 05:00:00")
class TestMinutesOffice(MeetingCase):
    def test_the_files_hold_the_text_of_the_minutes(self):
        minutes = self._submitted().minutes_ids
        for kind, part in (("docx", "word/document.xml"), ("odt", "content.xml")):
            with self.subTest(kind):
                content = minutes._office_file(kind)
                self.assertEqual(sniff(content), kind)
                file = zipfile.ZipFile(io.BytesIO(content))
                self.assertFalse(file.testzip())
                text = "".join(etree.fromstring(file.read(part)).itertext())
                self.assertIn("Do it", text)
                self.assertRegex(text, "not approved|تصویب نشده")

    def test_each_row_of_a_table_has_a_cell_in_each_column(self):
        minutes = self._submitted().minutes_ids
        root = self._root(minutes, "docx", "word/document.xml")
        names = {"w": root.nsmap["w"]}
        tables = root.findall(".//w:tbl", names)
        self.assertTrue(tables)
        for table in tables:
            columns = table.findall("w:tblGrid/w:gridCol", names)
            for row in table.iterfind("w:tr", names):
                self.assertEqual(len(row.findall("w:tc", names)), len(columns))
        root = self._root(minutes, "odt", "content.xml")
        names = {"table": root.nsmap["table"]}
        found = root.findall(".//table:table", names)
        self.assertEqual(len(found), len(tables))
        for table in found:
            column = table.find("table:table-column", names)
            count = int(column.get(f"{{{names['table']}}}number-columns-repeated"))
            for row in table.iterfind(".//table:table-row", names):
                self.assertEqual(len(row.findall("table:table-cell", names)), count)

    def test_an_opendocument_says_first_what_it_is(self):
        content = self._submitted().minutes_ids._office_file("odt")
        first = zipfile.ZipFile(io.BytesIO(content)).infolist()[0]
        self.assertEqual(first.filename, "mimetype")
        self.assertEqual(first.compress_type, zipfile.ZIP_STORED)

    def _root(self, minutes, kind, part):
        file = zipfile.ZipFile(io.BytesIO(minutes._office_file(kind)))
        return etree.fromstring(file.read(part))
