"""Jalali years, quarters (the four seasons), months and Saturday weeks as periods."""

import datetime

from .arithmetic import day_of_year, days_in_month, from_jalali, to_jalali

#: Months in each unit that is counted in months.
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


def year_bounds(year):
    """Return the first and the last Gregorian date of a Jalali year.

    >>> year_bounds(1403)
    (datetime.date(2024, 3, 20), datetime.date(2025, 3, 20))
    """
    return from_jalali(year, 1, 1), from_jalali(year, 12, days_in_month(year, 12))


def quarter_bounds(year, quarter):
    """Return the first and the last Gregorian date of a season (1 is spring).

    >>> quarter_bounds(1404, 3)
    (datetime.date(2025, 9, 23), datetime.date(2025, 12, 21))
    """
    if not 1 <= quarter <= 4:
        raise ValueError(f"there is no quarter {quarter}")
    last = quarter * 3
    return (
        from_jalali(year, last - 2, 1),
        from_jalali(year, last, days_in_month(year, last)),
    )


def month_bounds(year, month):
    """Return the first and the last Gregorian date of a Jalali month.

    >>> month_bounds(1404, 12)
    (datetime.date(2026, 2, 20), datetime.date(2026, 3, 20))
    """
    first = from_jalali(year, month, 1)
    return first, first + datetime.timedelta(days=days_in_month(year, month) - 1)


def start_of(value, unit):
    """Return the first day of the Jalali ``unit`` around a date or datetime.

    The unit is day, week (from Saturday), month, quarter or year. A datetime
    comes back as a datetime at midnight, with no time zone arithmetic.

    >>> start_of(datetime.date(2025, 11, 25), "month")
    datetime.date(2025, 11, 22)
    >>> start_of(datetime.datetime(2025, 11, 25, 8), "week")
    datetime.datetime(2025, 11, 22, 0, 0)
    """
    if unit == "day":
        days = 0
    elif unit == "week":
        days = (value.weekday() + 2) % 7
    else:
        __, month, day = to_jalali(value)
        position = day - 1
        for earlier in range(month - (month - 1) % MONTHS_IN[unit], month):
            position += 31 if earlier <= 6 else 30
        days = position
    start = value - datetime.timedelta(days=days)
    if isinstance(value, datetime.datetime):
        start = start.replace(hour=0, minute=0, second=0, microsecond=0)
    return start


def add(value, unit, count=1):
    """Move a date or datetime by Jalali units; a day that is missing is clamped.

    >>> add(from_jalali(1403, 12, 30), "year")
    datetime.date(2026, 3, 20)
    >>> add(from_jalali(1404, 6, 31), "month")
    datetime.date(2025, 10, 22)
    """
    if unit in ("day", "week"):
        return value + datetime.timedelta(days=count * (7 if unit == "week" else 1))
    year, month, day = to_jalali(value)
    year, month = divmod(year * 12 + month - 1 + count * MONTHS_IN[unit], 12)
    month += 1
    moved = from_jalali(year, month, min(day, days_in_month(year, month)))
    if isinstance(value, datetime.datetime):
        return value.replace(year=moved.year, month=moved.month, day=moved.day)
    return moved


def week_of(value):
    """Return the ``(year, week)`` of the Saturday week around a date.

    The first week of a year is the one that holds 1 Farvardin; as with ISO weeks
    the year may differ from the year of the day.

    >>> week_of(from_jalali(1404, 1, 1)), week_of(from_jalali(1404, 12, 29))
    ((1404, 1), (1404, 53))
    >>> week_of(from_jalali(1403, 12, 29))
    (1404, 1)
    """
    friday = value + datetime.timedelta(days=(4 - value.weekday()) % 7)
    year, month, day = to_jalali(friday)
    return year, (day_of_year(month, day) + 6) // 7
