import datetime

from odoo.http import request

from odoo.addons.web.controllers.export import (
    CSVExport,
    ExcelExport,
    ExportXlsxWriter,
    GroupExportXlsxWriter,
)

from ..tools import format_jalali, is_gregorian_year

#: What spreadsheets show for true dates: 16 is the Persian calendar of Excel.
XLSX_DATE = "[$-fa-IR,16]yyyy/mm/dd;@"
XLSX_DATETIME = "[$-fa-IR,16]yyyy/mm/dd hh:mm:ss;@"
CSV_DATE = "yyyy/MM/dd"
CSV_DATETIME = "yyyy/MM/dd HH:mm:ss"


def _is_for_jalali_reader(fields, columns_headers):
    """Tell whether a file is read by a person who reads the Jalali calendar.

    A file made to be imported again has the names of the fields as headings; it keeps
    to the format of every language.
    """
    is_for_import = columns_headers == [field["name"] for field in fields]
    lang = request.env["res.lang"]
    return not is_for_import and lang._get_screen_calendar() == "jalali"


def _csv_cell(value):
    """Return a date as Jalali text in Latin digits; other values as they are."""
    if not isinstance(value, datetime.date) or not is_gregorian_year(value.year):
        return value
    is_moment = isinstance(value, datetime.datetime)
    return format_jalali(value, CSV_DATETIME if is_moment else CSV_DATE, "latn")


class JalaliDates:
    """An XLSX file whose dates are true dates, shown in Jalali."""

    def __init__(self, *args):
        super().__init__(*args)
        self.date_style.set_num_format(XLSX_DATE)
        self.datetime_style.set_num_format(XLSX_DATETIME)


class JalaliXlsxWriter(JalaliDates, ExportXlsxWriter):
    pass


class JalaliGroupXlsxWriter(JalaliDates, GroupExportXlsxWriter):
    pass


class JalaliCSVExport(CSVExport):
    def from_data(self, fields, columns_headers, rows):
        if _is_for_jalali_reader(fields, columns_headers):
            rows = [[_csv_cell(value) for value in row] for row in rows]
        return super().from_data(fields, columns_headers, rows)


class JalaliExcelExport(ExcelExport):
    def from_data(self, fields, columns_headers, rows):
        if not _is_for_jalali_reader(fields, columns_headers):
            return super().from_data(fields, columns_headers, rows)
        with JalaliXlsxWriter(fields, columns_headers, len(rows)) as writer:
            for number, row in enumerate(rows, 1):
                for column, value in enumerate(row):
                    writer.write_cell(number, column, value)
        return writer.value

    def from_group_data(self, fields, columns_headers, groups):
        if not _is_for_jalali_reader(fields, columns_headers):
            return super().from_group_data(fields, columns_headers, groups)
        with JalaliGroupXlsxWriter(fields, columns_headers, groups.count) as writer:
            row, column = 1, 0
            for name, group in groups.children.items():
                row, column = writer.write_group(row, column, name, group)
        return writer.value
