"""Rows of a CSV or XLSX file, with the numbers people see in their spreadsheet."""

import csv
import io
import re
import zipfile

import openpyxl
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import InvalidFileException

from odoo.addons.agency_base.tools import normalize_persian, search_key

MAX_ROWS = 5000
MAX_BYTES = 5 * 1024 * 1024
# An XLSX is a ZIP: what it unpacks to is what costs memory.
MAX_UNPACKED = 50 * 1024 * 1024


class SheetError(ValueError):
    """What is wrong with a file: ``reason`` is a word for the caller to explain."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def read_sheet(content, columns, optional=()):
    r"""Return ``[(row number, {column: text})]`` of the first sheet of a file.

    ``columns`` maps each column to the headings it goes by, in any spelling; those in
    ``optional`` may be missing. Empty rows are left out. Raise `SheetError`: empty,
    large, unreadable or headings.

    >>> read_sheet("شماره;عنوان\n1; دولت  الکترونیک\n".encode(),
    ...            {"number": ["شماره"], "title": ["عنوان"]})
    [(2, {'number': '1', 'title': 'دولت الکترونیک'})]
    """
    if not content:
        raise SheetError("empty")
    if len(content) > MAX_BYTES:
        raise SheetError("large")
    rows = _xlsx_rows(content) if content[:2] == b"PK" else _csv_rows(content)
    rows = [
        (number, [normalize_persian(str(cell)) for cell in cells])
        for number, cells in enumerate(rows, 1)
    ]
    rows = [(number, cells) for number, cells in rows if any(cells)]
    if not rows:
        raise SheetError("empty")
    if len(rows) > MAX_ROWS:
        raise SheetError("large")
    places = _places(rows[0][1], columns, optional)
    return [
        (number, {name: _cell(cells, places.get(name)) for name in columns})
        for number, cells in rows[1:]
    ]


def _places(headings, columns, optional):
    found = {search_key(heading): place for place, heading in enumerate(headings)}
    places = {}
    for name, spellings in columns.items():
        known = [found[key] for key in map(search_key, spellings) if key in found]
        if known:
            places[name] = known[0]
        elif name not in optional:
            raise SheetError("headings")
    return places


def _cell(cells, place):
    return cells[place] if place is not None and place < len(cells) else ""


def write_sheet(title, headings, rows, right_to_left=False):
    """Return the bytes of an XLSX file with one sheet and its headings frozen.

    >>> content = write_sheet("a", ["x", "y"], [[1, "=2"]])
    >>> read_sheet(content, {"x": ["x"], "y": ["y"]})
    [(2, {'x': '1', 'y': '=2'})]
    """
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = re.sub(r"[\[\]:*?/\\]", " ", title)[:31]
    sheet.sheet_view.rightToLeft = right_to_left
    sheet.freeze_panes = "A2"
    for row_number, row in enumerate([headings, *rows], 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(row_number, column, value)
            if isinstance(value, str):
                # A text that begins like a formula stays a text.
                cell.data_type = "s"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        width = max((len(str(row[cell.column - 1])) for row in rows), default=0)
        sheet.column_dimensions[cell.column_letter].width = min(
            max(width, len(str(cell.value)), 8) + 2, 60
        )
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _csv_rows(content):
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # what Excel for Windows writes in Persian
        text = content.decode("cp1256", errors="replace")
    if "\0" in text:
        raise SheetError("unreadable")
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise SheetError("unreadable") from error


def _xlsx_rows(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
                raise SheetError("large")
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True
        )
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(values_only=True, max_row=MAX_ROWS + 2)
        return [["" if cell is None else _text(cell) for cell in row] for row in rows]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError) as error:
        raise SheetError("unreadable") from error


def _text(cell):
    # Spreadsheets keep whole numbers as floats.
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
