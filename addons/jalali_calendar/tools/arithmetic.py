"""Conversion between Gregorian dates and Jalali (year, month, day), integers only.

The leap years follow the 33-year cycle, which agrees with the official calendar
of Iran in all the years 1206 to 1498. A cycle has 12053 days; therefore the
0-based day ``n`` since 1 Farvardin 1 lies in the year ``(33 n + 3) // 12053``,
and the rest of that division, divided by 33, is the 0-based day of that year.
"""

import datetime

import pytz

#: The first half year has six months of 31 days, the second five of 30 and Esfand.
FIRST_HALF_DAYS = 6 * 31
CYCLE_DAYS = 12053
CYCLE_YEARS = 33
PHASE = 3
#: The proleptic Gregorian ordinal of 1 Farvardin 1.
EPOCH = datetime.date(622, 3, 21).toordinal()


def to_jalali(date):
    """Return the Jalali ``(year, month, day)`` of a date or datetime.

    A datetime counts as it stands: convert it to the reader's time zone first.
    Dates before the year 1 get a year of 0 or less.

    >>> to_jalali(datetime.date(2025, 11, 22))
    (1404, 9, 1)
    >>> to_jalali(datetime.datetime(2025, 3, 20, 23, 59))
    (1403, 12, 30)
    """
    year, rest = divmod(
        CYCLE_YEARS * (date.toordinal() - EPOCH) + PHASE,
        CYCLE_DAYS,
    )
    day = rest // CYCLE_YEARS
    if day < FIRST_HALF_DAYS:
        return year + 1, day // 31 + 1, day % 31 + 1
    day -= FIRST_HALF_DAYS
    return year + 1, day // 30 + 7, day % 30 + 1


def _year_start(year):
    """Return the ordinal of 1 Farvardin of a Jalali year."""
    before = CYCLE_DAYS * (year - 1) - PHASE
    return EPOCH + (before + CYCLE_YEARS - 1) // CYCLE_YEARS


def is_leap(year):
    """Tell whether Esfand of a Jalali year has thirty days.

    >>> [year for year in range(1395, 1410) if is_leap(year)]
    [1395, 1399, 1403, 1408]
    """
    return _year_start(year + 1) - _year_start(year) == 366


def days_in_month(year, month):
    """Return the number of days of a Jalali month.

    >>> days_in_month(1404, 6), days_in_month(1404, 7), days_in_month(1404, 12)
    (31, 30, 29)
    """
    if month <= 6:
        return 31
    return 30 if month < 12 or is_leap(year) else 29


def day_of_year(month, day):
    """Return the 1-based day of the year.

    >>> day_of_year(1, 1), day_of_year(7, 1), day_of_year(12, 29)
    (1, 187, 365)
    """
    if month <= 6:
        return 31 * (month - 1) + day
    return FIRST_HALF_DAYS + 30 * (month - 7) + day


def from_jalali(year, month, day):
    """Return the Gregorian date of a Jalali day; ValueError where there is none.

    >>> from_jalali(1404, 9, 1)
    datetime.date(2025, 11, 22)
    >>> from_jalali(1404, 12, 30)
    Traceback (most recent call last):
        ...
    ValueError: 1404/12 has 29 days, not 30
    """
    if not 1 <= year <= 9377:
        raise ValueError(f"the Jalali year {year} is out of range")
    if not 1 <= month <= 12:
        raise ValueError(f"there is no Jalali month {month}")
    if not 1 <= day <= days_in_month(year, month):
        days = days_in_month(year, month)
        raise ValueError(f"{year}/{month:02d} has {days} days, not {day}")
    offset = 31 * (month - 1) if month <= 7 else FIRST_HALF_DAYS + 30 * (month - 7)
    return datetime.date.fromordinal(_year_start(year) + offset + day - 1)


def jalali_year(value, tz):
    """Return the Jalali year of a date, or of a datetime seen in a time zone.

    A naive datetime is UTC, as Odoo stores it. ``tz`` is a name or a tzinfo.

    >>> jalali_year(datetime.datetime(2025, 3, 20, 20, 29), "Asia/Tehran")
    1403
    >>> jalali_year(datetime.datetime(2025, 3, 20, 20, 30), "Asia/Tehran")
    1404
    """
    return to_jalali(localize(value, tz))[0]


def localize(value, tz):
    """Return a datetime as seen in a time zone; a plain date comes back as it is.

    >>> str(localize(datetime.datetime(2021, 7, 1), "Asia/Tehran"))
    '2021-07-01 04:30:00+04:30'
    """
    if not tz or not isinstance(value, datetime.datetime):
        return value
    if isinstance(tz, str):
        tz = pytz.timezone(tz)
    if value.tzinfo is None:
        value = pytz.utc.localize(value)
    return value.astimezone(tz)
