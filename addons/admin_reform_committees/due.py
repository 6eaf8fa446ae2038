"""Deadlines as secretaries type them, turned into dates."""

import re
from datetime import timedelta

from odoo.addons.jalali_calendar.tools import (
    MONTHS,
    add,
    fold,
    from_jalali,
    month_bounds,
    parse_jalali,
    to_jalali,
    year_bounds,
)

_UNITS = {
    "": "day",
    "d": "day",
    "روز": "day",
    "w": "week",
    "هفته": "week",
    "m": "month",
    "ماه": "month",
}
_AHEAD = re.compile(rf"\+?\s*(\d{{1,3}})\s*\+?\s*({'|'.join(filter(None, _UNITS))}|)")
_MONTH_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})")
_END = re.compile(r"(?:پایان|اخر|end of|end)\s+(.+?)(?:\s+(\d{4}))?")
_MONTH_NUMBERS = {fold(name): number for number, name in enumerate(MONTHS, 1)}
_NEXT_MEETING = {"نشست بعد", "نشست بعدی", "جلسه بعد", "جلسه بعدی", "next meeting"}


def parse_due(text, day, next_meeting=None):
    """Return the date that ``text`` means in a meeting on ``day``.

    Days, weeks or months ahead; the end of a month, the week or the year; the next
    meeting; a date with or without its year. ValueError for anything else.

    >>> from datetime import date
    >>> azar_1 = date(2026, 11, 22)
    >>> str(parse_due("+30", azar_1)), str(parse_due("۲هفته", azar_1))
    ('2026-12-22', '2026-12-06')
    >>> str(parse_due("پایان آذر", azar_1)), str(parse_due("9/30", azar_1))
    ('2026-12-21', '2026-12-21')
    >>> str(parse_due("پایان مهر", azar_1)), str(parse_due("1405/10/15", azar_1))
    ('2027-10-22', '2027-01-05')
    >>> str(parse_due("نشست بعد", azar_1, date(2026, 12, 27)))
    '2026-12-27'
    """
    words = fold(text or "").lower()
    if words in _NEXT_MEETING:
        if not next_meeting:
            raise ValueError("there is no next meeting yet")
        return next_meeting
    if (ahead := _AHEAD.fullmatch(words)) and (words != ahead[1] or len(words) < 4):
        return _ahead(int(ahead[1]), _UNITS[ahead[2]], day)
    if short := _MONTH_DAY.fullmatch(words):
        return _next(int(short[1]), int(short[2]), day)
    if end := _END.fullmatch(words):
        return _end(end[1], end[2], day)
    return parse_jalali(words)


def _ahead(count, unit, day):
    if unit == "month":
        return add(day, "month", count)
    return day + timedelta(days=count * (7 if unit == "week" else 1))


def _next(month, day_of_month, day):
    """Return the first such day of the calendar that is not before ``day``."""
    year = to_jalali(day)[0]
    found = from_jalali(year, month, day_of_month)
    return found if found >= day else from_jalali(year + 1, month, day_of_month)


def _end(what, year, day):
    if what in ("سال", "year"):
        return year_bounds(int(year) if year else to_jalali(day)[0])[1]
    if what in ("هفته", "week"):
        return day + timedelta(days=(3 - day.weekday()) % 7 or 7)
    if what in ("ماه", "month"):
        return month_bounds(*to_jalali(day)[:2])[1]
    month = _MONTH_NUMBERS.get(what.removesuffix(" ماه"))
    if not month:
        raise ValueError(f"there is no month {what!r}")
    if year:
        return month_bounds(int(year), month)[1]
    this_year = to_jalali(day)[0]
    end = month_bounds(this_year, month)[1]
    return end if end >= day else month_bounds(this_year + 1, month)[1]
