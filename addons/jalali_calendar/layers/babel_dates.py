"""Babel speaks Jalali for the languages that ask for it, and for no others.

Every date that the server writes for a reader (``format_date``, QWeb widgets,
mail templates, labels of groups) ends in ``DateTimeFormat.__getitem__``, once for
each field of the pattern. The method is replaced, not the class: Babel compares
the class by identity. Whether a call is answered in Jalali depends on

* the database of the current thread: it must have this addon installed;
* the locale of the call: its language must have the Jalali calendar;
* ``speaking``, for callers who know better than the language.
"""

import contextlib
import contextvars
import datetime
import threading

import babel.dates

from odoo.modules.registry import Registry

from ..tools import arithmetic, formatting, names, periods, to_persian_digits
from ..tools.parsing import parse_jalali
from . import patch_points

_calendar = contextvars.ContextVar("jalali_calendar.calendar", default=None)
_stock_getitem = babel.dates.DateTimeFormat.__getitem__
_stock_extract = babel.dates.DateTimeFormat.extract
_stock_parse_date = babel.dates.parse_date


@contextlib.contextmanager
def speaking(calendar):
    """Make Babel answer in one calendar, ``"jalali"`` or ``"gregorian"``.

    >>> with speaking("jalali"):
    ...     babel.dates.format_date(datetime.date(2025, 11, 22), "long", "fa_IR")
    '۱ آذر ۱۴۰۴'
    """
    token = _calendar.set(calendar)
    try:
        yield
    finally:
        _calendar.reset(token)


def _current_registry():
    """Return the registry of the database that this thread works for, or None."""
    dbname = getattr(threading.current_thread(), "dbname", None)
    if dbname:
        return Registry.registries.get(dbname)
    # A program that opened one database by itself, without Odoo's server.
    registries = list(Registry.registries.values())
    return registries[0] if len(registries) == 1 else None


def is_jalali(locale):
    """Tell whether a Babel locale is to be answered in Jalali right now."""
    calendar = _calendar.get()
    if calendar:
        return calendar == "jalali"
    registry = _current_registry()
    locales = registry and getattr(registry, "jalali_locales", None)
    return bool(locales) and str(locale) in locales


class _JalaliFields:
    """The fields of a pattern that depend on the calendar, for one date."""

    def __init__(self, value, locale):
        self.value = value
        self.year, self.month, self.day = arithmetic.to_jalali(value)
        self.is_persian = locale.language == "fa"

    def _year(self, width):
        return formatting.year_text(self.year, width)

    def _week_year(self, width):
        return formatting.year_text(periods.week_of(self.value)[0], width)

    def _week(self, width):
        return f"{periods.week_of(self.value)[1]:0{width}d}"

    def _month(self, width):
        if width <= 2 or self.is_persian:
            return formatting.month_text(self.month, width)
        name = names.MONTHS_LATIN[self.month - 1]
        return name[0] if width == 5 else name

    def _quarter(self, width):
        if width <= 2 or self.is_persian:
            return formatting.quarter_text(self.month, width)
        return f"Q{(self.month + 2) // 3}"

    def _day(self, width):
        return f"{self.day:0{width}d}"

    def _day_of_year(self, width):
        return f"{arithmetic.day_of_year(self.month, self.day):0{width}d}"

    def _weekday_in_month(self, width):
        return str((self.day - 1) // 7 + 1)

    def _era(self, width):
        return "ه‍.ش." if self.is_persian else "AP"

    LETTERS = {
        "G": _era,
        "y": _year,
        "u": _year,
        "Y": _week_year,
        "w": _week,
        "M": _month,
        "L": _month,
        "Q": _quarter,
        "q": _quarter,
        "d": _day,
        "D": _day_of_year,
        "F": _weekday_in_month,
    }


class _ClockFields:
    """The same for a time of the day, which has no calendar but Persian digits."""

    LETTERS = {}

    def __init__(self, value, locale):
        self.is_persian = locale.language == "fa"


def _fields_of(date_format):
    """Return the Jalali fields of a Babel ``DateTimeFormat``, or False."""
    if not is_jalali(date_format.locale):
        return False
    is_date = isinstance(date_format.value, datetime.date)
    return (_JalaliFields if is_date else _ClockFields)(
        date_format.value, date_format.locale
    )


def _getitem(self, name):
    # One object writes all the fields of a pattern: decide once.
    fields = self.__dict__.get("_jalali_fields")
    if fields is None:
        fields = self._jalali_fields = _fields_of(self)
    if not fields:
        return _stock_getitem(self, name)
    letter = fields.LETTERS.get(name[0])
    text = letter(fields, len(name)) if letter else _stock_getitem(self, name)
    return to_persian_digits(text) if fields.is_persian else text


def _extract(self, char):
    fields = _fields_of(self)
    if fields and str(char)[0] in "yMd" and isinstance(fields, _JalaliFields):
        return {"y": fields.year, "M": fields.month, "d": fields.day}[str(char)[0]]
    return _stock_extract(self, char)


def _parse_date(string, locale=babel.dates.LC_TIME, *args, **kwargs):
    if not is_jalali(babel.Locale.parse(locale)):
        return _stock_parse_date(string, locale, *args, **kwargs)
    return parse_jalali(string)


def install():
    """Put the layer under Babel; keep Babel as it is where it does not fit."""
    if not patch_points.usable(patch_points.BABEL, "texts written by the server"):
        return False
    babel.dates.DateTimeFormat.__getitem__ = _getitem
    babel.dates.DateTimeFormat.extract = _extract
    babel.dates.parse_date = _parse_date
    return True


INSTALLED = install()
