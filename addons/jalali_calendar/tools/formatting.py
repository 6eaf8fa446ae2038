"""``format_jalali``: a date as text, by a pattern of the Unicode (LDML) letters.

=========  ==============================================================
``y``      year: ``y``/``yyyy`` 1404, ``yy`` 04
``M L``    month: ``M`` 9, ``MM`` 09, ``MMM``/``MMMM`` آذر, ``MMMMM`` آ
``d``      day of the month: ``d`` 1, ``dd`` 01
``D``      day of the year: ``D`` 246, ``DDD`` 246
``Q q``    season: ``Q`` 3, ``QQ`` 03, ``QQQ``/``QQQQ`` پاییز
``E c``    day of the week: ``E``…``EEEE`` شنبه, ``EEEEE`` ش
``H h``    hour: ``H`` 0-23, ``h`` 1-12, doubled with a leading zero
``m s``    minute and second, doubled with a leading zero
``a``      ق.ظ. or ب.ظ.
``'…'``    text taken as it is; ``''`` is one apostrophe
=========  ==============================================================

Every other character stands for itself; another letter is a ValueError.
"""

import datetime
import re
from functools import lru_cache

from .arithmetic import day_of_year, localize, to_jalali
from .digits import to_persian_digits
from .names import (
    DAY_PERIODS,
    MONTHS,
    MONTHS_NARROW,
    QUARTERS,
    WEEKDAYS,
    WEEKDAYS_NARROW,
)

_TOKEN = re.compile(r"'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+")


def year_text(year, width):
    """Return a year as ``y`` letters of a width ask for it.

    >>> year_text(1404, 4), year_text(1404, 2)
    ('1404', '04')
    """
    return f"{year % 100:02d}" if width == 2 else f"{year:0{width}d}"


def month_text(month, width):
    """Return a month as ``M`` letters of a width ask for it.

    >>> month_text(9, 2), month_text(9, 4), month_text(9, 5)
    ('09', 'آذر', 'آ')
    """
    if width <= 2:
        return f"{month:0{width}d}"
    return MONTHS_NARROW[month - 1] if width == 5 else MONTHS[month - 1]


def quarter_text(month, width):
    """Return the season of a month as ``Q`` letters of a width ask for it.

    >>> quarter_text(9, 1), quarter_text(9, 4)
    ('3', 'پاییز')
    """
    quarter = (month - 1) // 3
    return f"{quarter + 1:0{width}d}" if width <= 2 else QUARTERS[quarter]


def _weekday(value, width):
    return (WEEKDAYS_NARROW if width == 5 else WEEKDAYS)[value.weekday()]


_DATE_LETTERS = {
    "y": lambda value, year, month, day, width: year_text(year, width),
    "M": lambda value, year, month, day, width: month_text(month, width),
    "L": lambda value, year, month, day, width: month_text(month, width),
    "d": lambda value, year, month, day, width: f"{day:0{width}d}",
    "D": lambda value, year, month, day, width: f"{day_of_year(month, day):0{width}d}",
    "Q": lambda value, year, month, day, width: quarter_text(month, width),
    "q": lambda value, year, month, day, width: quarter_text(month, width),
    "E": lambda value, year, month, day, width: _weekday(value, width),
    "c": lambda value, year, month, day, width: _weekday(value, width),
}
_TIME_LETTERS = {
    "H": lambda value, width: f"{value.hour:0{width}d}",
    "h": lambda value, width: f"{value.hour % 12 or 12:0{width}d}",
    "m": lambda value, width: f"{value.minute:0{width}d}",
    "s": lambda value, width: f"{value.second:0{width}d}",
    "a": lambda value, width: DAY_PERIODS[value.hour >= 12],
}


@lru_cache(maxsize=256)
def _compile(pattern):
    """Return the tokens of a pattern: texts and ``(letter, width)`` pairs."""
    tokens = []
    position = 0
    for match in _TOKEN.finditer(pattern):
        if match.start() != position:
            break
        position = match.end()
        quoted, letter = match.groups()
        if letter:
            if letter not in _DATE_LETTERS and letter not in _TIME_LETTERS:
                raise ValueError(f"unknown letter {letter!r} in pattern {pattern!r}")
            tokens.append((letter, match.end() - match.start()))
        elif quoted is None:
            tokens.append(match.group())
        else:
            tokens.append(quoted.replace("''", "'") or "'")
    if position != len(pattern):
        raise ValueError(f"unbalanced quote in pattern {pattern!r}")
    return tuple(tokens)


def format_jalali(value, pattern="yyyy/MM/dd", digits="fa", tz=None):
    """Return a date or datetime as Jalali text by a pattern (see the module).

    A naive datetime is shown as it stands, or, when ``tz`` names a time zone,
    taken as UTC and shown in that zone. ``digits`` is ``"fa"`` or ``"latn"``;
    an empty value gives an empty text.

    >>> format_jalali(datetime.date(2025, 11, 22))
    '۱۴۰۴/۰۹/۰۱'
    >>> format_jalali(datetime.date(2025, 11, 22), "EEEE d MMMM yyyy", "latn")
    'شنبه 1 آذر 1404'
    >>> format_jalali(datetime.datetime(2025, 3, 20, 20, 30), "yyyy/MM/dd HH:mm",
    ...               "latn", tz="Asia/Tehran")
    '1404/01/01 00:00'
    """
    if not value:
        return ""
    if digits not in ("fa", "latn"):
        raise ValueError(f"digits is 'fa' or 'latn', not {digits!r}")
    value = localize(value, tz)
    clock = value if isinstance(value, datetime.datetime) else datetime.time()
    year, month, day = to_jalali(value)
    parts = []
    for token in _compile(pattern):
        if isinstance(token, str):
            parts.append(token)
        elif token[0] in _DATE_LETTERS:
            letter, width = token
            parts.append(_DATE_LETTERS[letter](value, year, month, day, width))
        else:
            parts.append(_TIME_LETTERS[token[0]](clock, token[1]))
    text = "".join(parts)
    return to_persian_digits(text) if digits == "fa" else text
