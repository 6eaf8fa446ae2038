"""``parse_jalali``: what a person types or a file carries, as a date.

Accepted, with Persian, Arabic or Latin digits and any bidirectional marks:

* ``1405/09/01``, ``1405-9-1``, ``1405.9.1``, ``14050901`` and ``1/9/1405``;
* ``05/9/1``: a year of two digits is one of 1361 to 1460;
* ``1 آذر 1405``, ``شنبه، ۱ آذر ماه ۱۴۰۵`` and ``1405 آذر 1``, with ``ي`` or ``ی``,
  ``ك`` or ``ک``, ``ا`` or ``آ``, a space or a half space;
* a year of 1700 or more is a Gregorian one: ``2026/11/22``, ``22/11/2026``,
  ``20261122``.

Anything else, and a day that the calendar does not have, is a ValueError whose
text says what is wrong.
"""

import datetime
import re

from .arithmetic import from_jalali
from .digits import to_latin_digits
from .names import MONTHS

#: From this year on a written year is Gregorian; nobody means Jalali 1700 (2321).
FIRST_GREGORIAN_YEAR = 1700
#: Years below this are slips of the finger, not dates of this millennium.
FIRST_JALALI_YEAR = 1000
#: Two-digit years up to this one belong to 1400, the others to 1300.
LAST_SHORT_YEAR = 60

_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff\u0640]")
_SPACES = re.compile("[\\s\u200b\u200c]+")
_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "آ": "ا", "أ": "ا", "إ": "ا"})
_NUMERIC = re.compile(r"(\d{1,4}) ?([/.-]) ?(\d{1,2}) ?\2 ?(\d{1,4})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NAMED = re.compile(
    r"(?:(?:(?:یک|دو|سه|چهار|پنج) ?)?شنبه[ ،,]*|جمعه[ ،,]*)?"
    r"(\d{1,4}) ?([^\W\d]+?)(?: ماه)?[ ،,]*(?:سال )?(\d{1,4})"
)
_TIME = re.compile(r"(?:[ T]|، ?|, ?)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$")


def fold(text):
    """Return a text with one spelling of digits, letters and spaces, no marks.

    >>> fold(" ٠٩ مرداد\u200cماه ")
    '09 مرداد ماه'
    """
    text = to_latin_digits(_MARKS.sub("", text)).translate(_LETTERS)
    return _SPACES.sub(" ", text).strip()


_MONTH_NUMBERS = {fold(name): number for number, name in enumerate(MONTHS, 1)}
_MONTH_NUMBERS["امرداد"] = 5


def is_gregorian_year(year):
    """Tell whether a written year is meant as a Gregorian one.

    >>> is_gregorian_year(1404), is_gregorian_year(2025)
    (False, True)
    """
    return year >= FIRST_GREGORIAN_YEAR


def full_year(year):
    """Return the Jalali year that a year of two digits stands for.

    >>> full_year(5), full_year(61)
    (1405, 1361)
    """
    return year + (1400 if year <= LAST_SHORT_YEAR else 1300)


def parse_jalali(text):
    """Return the date that a text names, Jalali or (by its year) Gregorian.

    >>> parse_jalali("۱۴۰۴/۹/۱"), parse_jalali("04/9/1")
    (datetime.date(2025, 11, 22), datetime.date(2025, 11, 22))
    >>> parse_jalali("شنبه ۱ آذر ۱۴۰۴"), parse_jalali("2025-11-22")
    (datetime.date(2025, 11, 22), datetime.date(2025, 11, 22))
    >>> parse_jalali("1404/12/30")
    Traceback (most recent call last):
        ...
    ValueError: '1404/12/30' is not a date: 1404/12 has 29 days, not 30
    """
    folded = fold(text)
    try:
        return _build(*_split(folded))
    except ValueError as error:
        raise ValueError(f"{text!r} is not a date: {error}") from None


def parse_jalali_datetime(text):
    """Return the naive datetime of a date and an optional time of the day.

    >>> parse_jalali_datetime("۱۴۰۴/۹/۱ ۱۰:۳۰")
    datetime.datetime(2025, 11, 22, 10, 30)
    """
    folded = fold(text)
    match = _TIME.search(folded)
    try:
        day = _build(*_split(folded[: match.start()] if match else folded))
        clock = [int(part or 0) for part in match.groups()] if match else []
        return datetime.datetime.combine(day, datetime.time(*clock))
    except ValueError as error:
        raise ValueError(f"{text!r} is not a date and time: {error}") from None


def _split(folded):
    """Return the texts of the year and day, and the number of the month."""
    if match := _NUMERIC.fullmatch(folded):
        first, __, month, last = match.groups()
        if len(last) == 4 and len(first) <= 2:
            first, last = last, first
        return first, int(month), last
    if match := _COMPACT.fullmatch(folded):
        year, month, day = match.groups()
        return year, int(month), day
    match = _NAMED.fullmatch(folded)
    if not match or match.group(2) not in _MONTH_NUMBERS:
        raise ValueError("write it like 1405/09/01")
    day, month, year = match.groups()
    if len(day) == 4:
        day, year = year, day
    return year, _MONTH_NUMBERS[month], day


def _build(year, month, day):
    """Return the date; the width of the texts tells a short year from a typo."""
    if len(day) > 2 or len(year) not in (2, 4):
        raise ValueError("write the year with four digits, like 1405/09/01")
    number = int(year)
    if len(year) == 2:
        number = full_year(number)
    if is_gregorian_year(number):
        return datetime.date(number, month, int(day))
    if number < FIRST_JALALI_YEAR:
        raise ValueError(f"the Jalali year {year} is out of range")
    return from_jalali(number, month, int(day))
