"""Plain functions that need no database."""

import re
import secrets
from base64 import b64encode

from reportlab.graphics.barcode.qr import QrCodeWidget

CODE_LENGTH = 10
# A semicolon of either script that no backslash takes for text.
_PART = r"(?<!\\)[;؛]"
# Damm's quasigroup: catches every wrong digit and every swap of two neighbours,
# the two mistakes people make when they copy a number from paper.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def check_digit(digits):
    """Return the Damm check digit of a string of Latin digits.

    >>> check_digit("572")
    '4'
    """
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return str(interim)


def is_tracking_code(text):
    """Tell whether ``text`` is ten Latin digits whose last one checks the rest.

    >>> is_tracking_code("0000000000"), is_tracking_code("0000000001")
    (True, False)
    >>> is_tracking_code("572"), is_tracking_code("")
    (False, False)
    """
    return (
        len(text) == CODE_LENGTH
        and text.isascii()
        and text.isdigit()
        and check_digit(text) == "0"
    )


def new_tracking_code():
    """Return nine digits from a secure source and their check digit.

    >>> is_tracking_code(new_tracking_code())
    True
    """
    digits = f"{secrets.randbelow(10 ** (CODE_LENGTH - 1)):0{CODE_LENGTH - 1}d}"
    return digits + check_digit(digits)


def group_code(code):
    """Return a tracking code in the groups people read aloud.

    >>> group_code("4839027156")
    '483 902 7156'
    """
    return f"{code[:3]} {code[3:6]} {code[6:]}" if code else ""


def qr_svg(text):
    """Return a QR picture of ``text`` as SVG: sharp on any printer.

    >>> qr_svg("https://example.org")[:5]
    '<svg '
    """
    code = QrCodeWidget(text, barLevel="M").qr
    code.make()
    size = code.getModuleCount()
    squares = "".join(
        f"M{column} {row}h1v1h-1z"
        for row in range(size)
        for column in range(size)
        if code.isDark(row, column)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="-2 -2 {size + 4} {size + 4}" '
        f'shape-rendering="crispEdges"><path d="{squares}"/></svg>'
    )


def qr_data(text):
    """Return a QR picture of ``text`` as an address that needs no request.

    >>> qr_data("https://example.org")[:26]
    'data:image/svg+xml;base64,'
    """
    return "data:image/svg+xml;base64," + b64encode(qr_svg(text).encode()).decode()


_ONES = [
    *("", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده", "یازده"),
    *("دوازده", "سیزده", "چهارده", "پانزده", "شانزده", "هفده", "هجده", "نوزده"),
]
_TENS = ["", "", "بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود"]
_HUNDREDS = [
    *("", "صد", "دویست", "سیصد", "چهارصد", "پانصد", "ششصد", "هفتصد", "هشتصد", "نهصد"),
]


def persian_words(number):
    """Return a number below a thousand as it is spoken in a hall.

    >>> persian_words(49), persian_words(3), persian_words(120)
    ('چهل و نه', 'سه', 'صد و بیست')
    >>> persian_words(1234)
    '1234'
    """
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    words = [_HUNDREDS[hundreds]]
    if rest < 20:
        words.append(_ONES[rest])
    else:
        words += [_TENS[rest // 10], _ONES[rest % 10]]
    return " و ".join(word for word in words if word)


def join_cell(lines):
    r"""Return lines of several parts in one cell of a spreadsheet.

    Parts are set apart by semicolons, lines by bars; where a text has one itself a
    backslash stands before it.

    >>> join_cell([["کارت", "اصل", ""], ["الف؛ ب", "x|y"]])
    'کارت; اصل | الف\\؛ ب; x\\|y'
    """
    quoted = (
        [re.sub(r"([;؛|\\])", r"\\\1", str(part or "")) for part in line]
        for line in lines
    )
    return " | ".join(re.sub(r"[; ]+$", "", "; ".join(parts)) for parts in quoted)


def split_cell(text):
    r"""Return the lines of a cell, each a list of its parts.

    >>> split_cell(r"کارت؛ اصل | الف\؛ ب; x\|y")
    [['کارت', 'اصل'], ['الف؛ ب', 'x|y']]
    >>> split_cell("")
    []
    """
    lines = re.findall(r"(?:\\.|[^|\\])+", text)
    return [
        [re.sub(r"\\(.)", r"\1", part).strip() for part in re.split(_PART, line)]
        for line in lines
        if line.strip()
    ]
