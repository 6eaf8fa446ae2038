"""Spreadsheets as people write them: any order of columns, any of our keyboards."""

import io
import math
import zipfile

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from odoo.addons.agency_base.tools import search_key, to_latin_digits

MAX_BYTES = 5 * 1024 * 1024
# What a small file may unpack to: more is an attack, not a checklist.
MAX_UNPACKED = 60 * 1024 * 1024
MAX_ROWS = 5000
YES = {"1", "yes", "true", "x", "بله", "دارد", "آری", "✓"}
NO = {"", "0", "no", "false", "خیر", "ندارد", "نه", "-"}
_WIDE = 60
_NARROW = 14


class NotASpreadsheetError(ValueError):
    """The bytes are no workbook, or one that cannot be read safely."""


def read_rows(content):
    """Return the filled rows of the first sheet as ``(number, [text, …])``.

    Numbers are those the spreadsheet shows at its edge. Raise NotASpreadsheetError.
    """
    if len(content) > MAX_BYTES:
        raise NotASpreadsheetError
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > MAX_UNPACKED:
            raise NotASpreadsheetError
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True
        )
        rows = book.worksheets[0].iter_rows(max_row=MAX_ROWS, values_only=True)
        return [
            (number, [_text(cell) for cell in row])
            for number, row in enumerate(rows, start=1)
            if any(cell is not None and str(cell).strip() for cell in row)
        ]
    except NotASpreadsheetError:
        raise
    except Exception as error:
        # Broken files break the reader in many ways; none of them is our fault.
        raise NotASpreadsheetError from error


def _text(cell):
    """Return a cell as the text a person would read.

    >>> _text(3.0), _text(2.5), _text(None), _text("  a ")
    ('3', '2.5', '', 'a')
    """
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def read_number(text):
    """Return a number written in any of our digits, or None.

    >>> read_number("۲٫۵"), read_number("3"), read_number("a"), read_number("nan")
    (2.5, 3.0, None, None)
    """
    try:
        latin = to_latin_digits(text).replace("/", ".")
        number = float(latin.replace("٫", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def read_flag(text):
    """Return True, False, or None for what is neither yes nor no.

    >>> read_flag("بله"), read_flag(""), read_flag("Yes"), read_flag("perhaps")
    (True, False, True, None)
    """
    folded = {search_key(word): True for word in YES} | {
        search_key(word): False for word in NO
    }
    return folded.get(search_key(text))


def read_list(text):
    """Return the parts of a cell that are set apart by bars.

    >>> read_list("one | two ||three")
    ['one', 'two', 'three']
    """
    return [part.strip() for part in text.split("|") if part.strip()]


def write_rows(title, headers, rows, rtl=False):
    """Return a workbook of one sheet as bytes; what looks like a formula is text."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title[:31]
    sheet.sheet_view.rightToLeft = rtl
    sheet.freeze_panes = "A2"
    sheet.append(headers)
    for row in rows:
        sheet.append(row)
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if isinstance(cell.value, str):
                cell.data_type = "s"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="F3EDF1")
    for index in range(1, len(headers) + 1):
        longest = max(len(str(row[index - 1] or "")) for row in [headers, *rows])
        width = min(max(longest, _NARROW), _WIDE)
        sheet.column_dimensions[get_column_letter(index)].width = width
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
