"""Dates inside a ready text, for code that formats with ``strftime``."""

import datetime
import re
from functools import lru_cache

from .digits import to_persian_digits
from .formatting import format_jalali
from .parsing import is_gregorian_year

_WIDTHS = {"%Y": r"(?<!\d)\d{4}(?!\d)", "%m": r"\d{2}", "%d": r"\d{2}"}
_LETTERS = {"%Y": "yyyy", "%m": "MM", "%d": "dd"}


@lru_cache(maxsize=64)
def _compile(date_format):
    """Return the expression of a date format and the Jalali pattern to write it."""
    expression, pattern = re.escape(date_format), date_format
    for directive, width in _WIDTHS.items():
        expression = expression.replace(directive, width)
        pattern = pattern.replace(directive, _LETTERS[directive])
    return re.compile(rf"(?<!\d){expression}(?!\d)"), pattern


def replace_dates(text, date_format, digits="fa"):
    """Return a text with its dates, written by a ``strftime`` format, in Jalali.

    The format is that of a language: ``%Y``, ``%m`` and ``%d`` with separators.
    What does not name a day, or a day before the Gregorian 1700, stays.

    >>> replace_dates("Deadline: 2025/11/22 at 10:30", "%Y/%m/%d")
    'Deadline: ۱۴۰۴/۰۹/۰۱ at ۱۰:۳۰'
    """

    def replace(match):
        try:
            date = datetime.datetime.strptime(match.group(), date_format)
        except ValueError:
            return match.group()
        if not is_gregorian_year(date.year):
            return match.group()
        return format_jalali(date.date(), pattern, "latn")

    expression, pattern = _compile(date_format)
    text, count = expression.subn(replace, text)
    return to_persian_digits(text) if count and digits == "fa" else text
