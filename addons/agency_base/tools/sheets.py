"""Spreadsheets as people write them: any order of columns, any of our keyboards."""

import csv
import io
import math
import re
import zipfile

import openpyxl
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from .digits import to_latin_digits
from .text import normalize_persian, search_key

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_BYTES = 5 * 1024 * 1024
# An XLSX is a ZIP: what it unpacks to is what costs memory.
MAX_UNPACKED = 60 * 1024 * 1024
MAX_ROWS = 5000
MAX_COLUMNS = 200
YES = ("1", "yes", "true", "x", "بله", "بلی", "آری", "دارد", "هست", "✓")
NO = ("", "0", "no", "false", "خیر", "نه", "ندارد", "نیست", "-")
_NARROW, _WIDE = 10, 60


class SheetError(ValueError):
    """What is wrong with a file: ``reason`` is a word for the caller to explain.

    empty, large, unreadable, or headings; then ``missing`` names the columns.
    """

    def __init__(self, reason, missing=()):
        super().__init__(reason)
        self.reason = reason
        self.missing = list(missing)


# === Reading ===


def read_sheet(content, columns, optional=()):
    r"""Return ``[(row number, {column: text})]`` of the first sheet of a file.

    ``columns`` maps each column to the headings it goes by, in any spelling; those in
    ``optional`` may be missing and are then empty. Numbers of rows are those that the
    spreadsheet shows at its edge. Raise `SheetError`.

    >>> read_sheet("شماره;عنوان\n1; دولت  الکترونیک\n".encode(),
    ...            {"number": ["شماره"], "title": ["عنوان"]})
    [(2, {'number': '1', 'title': 'دولت الکترونیک'})]
    """
    (_number, headings), *rows = read_rows(content)
    places = find_columns(headings, columns, optional)
    return [
        (number, {name: _cell(cells, places.get(name)) for name in columns})
        for number, cells in rows
    ]


def read_rows(content):
    r"""Return the filled rows of the first sheet as ``[(number, [text, …])]``.

    >>> read_rows("a;b\n\n1;  c\n".encode())
    [(1, ['a', 'b']), (3, ['1', 'c'])]
    """
    if not content:
        raise SheetError("empty")
    if len(content) > MAX_BYTES:
        raise SheetError("large")
    rows = _xlsx_rows(content) if content[:2] == b"PK" else _csv_rows(content)
    rows = [
        (number, [normalize_persian(cell) for cell in cells])
        for number, cells in enumerate(rows, 1)
    ]
    rows = [(number, cells) for number, cells in rows if any(cells)]
    if not rows:
        raise SheetError("empty")
    if len(rows) > MAX_ROWS:
        raise SheetError("large")
    return rows


def find_columns(headings, columns, optional=()):
    """Return ``{column: place}`` of the headings that are known.

    >>> find_columns(["نام", "كد"], {"code": ["کد"], "note": ["شرح"]}, ["note"])
    {'code': 1}
    """
    found = {}
    for place, heading in enumerate(headings):
        found.setdefault(search_key(heading), place)
    places, missing = {}, []
    for name, spellings in columns.items():
        known = [found[key] for key in map(search_key, spellings) if key in found]
        if known:
            places[name] = known[0]
        elif name not in optional:
            missing.append(name)
    if missing:
        raise SheetError("headings", missing)
    return places


def _cell(cells, place):
    return cells[place] if place is not None and place < len(cells) else ""


def _csv_rows(content):
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel for Windows writes in Persian.
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
        rows = book.worksheets[0].iter_rows(
            max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS, values_only=True
        )
        return [[_text(cell) for cell in row] for row in rows]
    except SheetError:
        raise
    except Exception as error:
        # Broken files break the reader in many ways; none of them is our fault.
        raise SheetError("unreadable") from error


def _text(cell):
    """Return a cell as the text a person would read.

    >>> _text(3.0), _text(2.5), _text(None), _text("a")
    ('3', '2.5', '', 'a')
    """
    if cell is None:
        return ""
    # Spreadsheets keep whole numbers as floats.
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell) if whole else cell)


# === Cells ===


def read_number(text):
    """Return a number written with any digits and decimal point, or None.

    >>> read_number("۲٫۵"), read_number("1,250"), read_number("۲/۵"), read_number("۴۰٪")
    (2.5, 1250.0, 2.5, 40.0)
    >>> read_number("a"), read_number("nan"), read_number("")
    (None, None, None)
    """
    latin = to_latin_digits(text).strip().rstrip("%٪").replace("٬", "")
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", latin):
        latin = latin.replace(",", "")
    latin = re.sub("[٫/،,]", ".", latin)
    try:
        number = float(latin)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def read_flag(text):
    """Return True, False, or None for what is neither yes nor no.

    >>> read_flag("بله"), read_flag(""), read_flag("Yes"), read_flag("perhaps")
    (True, False, True, None)
    """
    folded = search_key(text)
    if folded in map(search_key, YES):
        return True
    return False if folded in map(search_key, NO) else None


def read_list(text):
    """Return the parts of a cell that are set apart by bars.

    >>> read_list("one | two ||three")
    ['one', 'two', 'three']
    """
    return [part.strip() for part in text.split("|") if part.strip()]


def read_choice(text, choices):
    """Return the key of ``{key: [spellings]}`` that a cell names, or None.

    >>> read_choice("بهبود فرايند", {"action": ["اقدام"], "process": ["بهبود فرآیند"]})
    'process'
    """
    wanted = search_key(text)
    for key, spellings in choices.items():
        if wanted in map(search_key, spellings):
            return key
    return None


# === Writing ===


def write_sheet(title, headings, rows, right_to_left=False):
    """Return the bytes of a workbook of one sheet; what looks like a formula is text.

    >>> content = write_sheet("1405/07", ["x", "y"], [[1, "=2"], [None, "z"]])
    >>> read_sheet(content, {"x": ["x"], "y": ["y"]})
    [(2, {'x': '1', 'y': '=2'}), (3, {'x': '', 'y': 'z'})]
    """
    return write_book([(title, headings, rows)], right_to_left)


def write_book(sheets, right_to_left=False):
    """Return the bytes of a workbook of ``(title, headings, rows)``, one a sheet.

    >>> content = write_book([("a", ["x"], [[1]]), ("b", ["y"], [])])
    >>> openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    ['a', 'b']
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, headings, rows in sheets:
        sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", "-", title)[:31])
        sheet.sheet_view.rightToLeft = right_to_left
        _fill(sheet, headings, rows)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _fill(sheet, headings, rows):
    sheet.freeze_panes = "A2"
    widths = [_NARROW] * len(headings)
    for number, row in enumerate([headings, *rows], 1):
        for place, value in enumerate(row):
            cell = sheet.cell(number, place + 1, value)
            if isinstance(value, str):
                # A text that begins like a formula stays a text.
                cell.data_type = "s"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if value is not None:
                widths[place] = max(widths[place], len(str(value)) + 2)
    for place, width in enumerate(widths, 1):
        sheet.cell(1, place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = min(width, _WIDE)
