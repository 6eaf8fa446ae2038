"""Relative dates of the Jalali calendar in domains: ``today =1jd -1jm``.

Odoo's domains know ``today =1d``, the first day of the Gregorian month. The filters
that a reader of the Jalali calendar builds (this month, last month, this year) say
``today =1jd``. The terms name their calendar themselves, so a saved filter opens the
same records for every user and in every job of the server.
"""

import functools
import re

from odoo.orm import domains

from ..tools import add, days_in_month, from_jalali, to_jalali
from . import patch_points

_stock_parse_date = domains.parse_date

_JALALI_TERM = re.compile(r"([=+-])(\d{1,4})j([dmy])")
_DAYS_TERM = re.compile(r"([+-]\d{1,5})([dw])")
_UNITS = {"d": "day", "w": "week", "m": "month", "y": "year"}


def parse_date(value, env):
    """Return the date of an ISO or relative text, as Odoo does, or of a Jalali one.

    A Jalali text begins with ``today``; ``=1jd`` sets the day, ``-1jm`` moves by
    months, ``=1jm`` and ``+1jy`` likewise; ``+3d`` and ``-1w`` may follow.
    """
    terms = value.split()
    if (
        not any(map(_JALALI_TERM.fullmatch, terms))
        or terms[0] != "today"
        or "jalali.holiday" not in env  # a database of this process without the addon
    ):
        return _stock_parse_date(value, env)
    try:
        return functools.reduce(_apply, terms[1:], _stock_parse_date("today", env))
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{value!r} names no day: {error}") from error


def _apply(day, term):
    """Return a day moved by one term of a relative date.

    >>> [to_jalali(_apply(from_jalali(1405, 1, 31), term)) for term in ("=1jd", "-1jm")]
    [(1405, 1, 1), (1404, 12, 29)]
    """
    if match := _DAYS_TERM.fullmatch(term):
        count, unit = match.groups()
        return add(day, _UNITS[unit], int(count))
    match = _JALALI_TERM.fullmatch(term)
    if not match:
        raise ValueError(f"invalid term {term!r}")
    operator, number, letter = match.groups()
    if operator != "=":
        return add(day, _UNITS[letter], int(operator + number))
    parts = dict(zip("ymd", to_jalali(day), strict=True)) | {letter: int(number)}
    if letter != "d" and 1 <= parts["m"] <= 12:
        parts["d"] = min(parts["d"], days_in_month(parts["y"], parts["m"]))
    return from_jalali(parts["y"], parts["m"], parts["d"])


def install():
    """Teach Odoo's domains the terms, if they still read relative dates this way."""
    if not patch_points.usable(patch_points.RELATIVE, "filters such as “this month”"):
        return False
    domains.parse_date = parse_date
    return True


INSTALLED = install()
