"""Relative dates of the Jalali calendar in domains: ``today =1jd -1jm``.

Odoo's domains know ``today =1d``, the first day of the Gregorian month. The filters
of a reader of the Jalali calendar (this month, last month, this year) say
``today =1jd``. The terms name their calendar themselves, so a saved filter opens the
same records for every user and in every job of the server.
"""

import datetime
import functools
import re

import pytz

from odoo.orm import domains
from odoo.orm.fields_temporal import Datetime

from ..tools import add, days_in_month, from_jalali, to_jalali
from . import patch_points

_stock_parse_date = domains.parse_date

_JALALI_TERM = re.compile(r"([=+-])(\d{1,4})j([dmy])")
_STEP = re.compile(r"([+-]\d{1,7})([dwHMS])")
_CLOCK = re.compile(r"=(\d{1,2})([HMS])")
_UNITS = {"d": "day", "m": "month", "y": "year"}
_STEPS = {"d": "days", "w": "weeks", "H": "hours", "M": "minutes", "S": "seconds"}
_CLOCKS = {"H": "hour", "M": "minute", "S": "second"}


def parse_date(value, env):
    """Return the date of an ISO or relative text, as Odoo does, or of a Jalali one.

    As with Odoo's terms ``today`` is a date, ``now`` or nothing a moment, given in
    UTC. ``=1jd`` sets the day, ``-1jm`` moves by months, ``=1jm`` and ``+1jy``
    likewise; ``+3d``, ``-1w``, ``+2H`` and ``=0H`` may stand beside them.
    """
    terms = value.split()
    if (
        not any(map(_JALALI_TERM.fullmatch, terms))
        or "jalali.holiday" not in env  # a database of this process without the addon
    ):
        return _stock_parse_date(value, env)
    start = terms.pop(0) if terms[0] in ("today", "now") else "now"
    try:
        if start == "today":
            return functools.reduce(_apply, terms, _stock_parse_date("today", env))
        # On the reader's clock without its zone: a midnight that summer time skipped
        # may lie on the way.
        now = Datetime.context_timestamp(env["base"], Datetime.now())
        moment = functools.reduce(_apply, terms, now.replace(tzinfo=None))
        zone = pytz.timezone(now.tzinfo.zone)
        return zone.localize(moment).astimezone(pytz.utc).replace(tzinfo=None)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{value!r} names no day: {error}") from error


def _apply(value, term):
    """Return a date or moment moved by one term of a relative date.

    >>> [to_jalali(_apply(from_jalali(1405, 1, 31), term)) for term in ("=1jd", "-1jm")]
    [(1405, 1, 1), (1404, 12, 29)]
    """
    is_moment = isinstance(value, datetime.datetime)
    if match := _STEP.fullmatch(term):
        count, unit = match.groups()
        if not is_moment and unit in _CLOCKS:
            raise ValueError(f"{term!r} is for moments, not for days")
        return value + datetime.timedelta(**{_STEPS[unit]: int(count)})
    if is_moment and (match := _CLOCK.fullmatch(term)):
        return _set_clock(value, match[2], int(match[1]))
    match = _JALALI_TERM.fullmatch(term)
    if not match:
        raise ValueError(f"invalid term {term!r}")
    operator, number, letter = match.groups()
    if operator != "=":
        return add(value, _UNITS[letter], int(operator + number))
    day = _set_part(value, letter, int(number))
    return datetime.datetime.combine(day, datetime.time.min) if is_moment else day


def _set_clock(moment, letter, number):
    """Set the hour, minute or second; what is smaller begins anew, as in Odoo."""
    smaller = "HMS"[("HMS".index(letter)) + 1 :]
    parts = {_CLOCKS[lesser]: 0 for lesser in smaller} | {_CLOCKS[letter]: number}
    return moment.replace(microsecond=0, **parts)


def _set_part(value, letter, number):
    """Return the date with another Jalali day, month or year."""
    parts = dict(zip("ymd", to_jalali(value), strict=True)) | {letter: number}
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
