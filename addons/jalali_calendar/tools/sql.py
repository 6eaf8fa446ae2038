"""The same arithmetic as SQL expressions: no table and no function in the database.

``day`` is an SQL expression of type ``date``; it is repeated in the result, so
hand in a column rather than a computation.
"""

import datetime

from odoo.tools import SQL

from .arithmetic import CYCLE_DAYS, CYCLE_YEARS, EPOCH, FIRST_HALF_DAYS, PHASE

# Counted from the first day of the year 1: the remainder of a negative number is
# negative in SQL, and date.min is the earliest day that Odoo can store.
_CYCLES, _SHIFT = divmod(
    PHASE - CYCLE_YEARS * (EPOCH - datetime.date.min.toordinal()), CYCLE_DAYS
)


def _position(day):
    """Return the SQL of 33 times the day, counted from a first day of a year."""
    return SQL(
        "(%s * (%s - DATE '0001-01-01') + %s)",
        SQL(str(CYCLE_YEARS)),
        day,
        SQL(str(_SHIFT)),
    )


def _day_of_year(day):
    """Return the SQL of the 0-based day of the Jalali year."""
    return SQL(
        "%s %% %s / %s",
        _position(day),
        SQL(str(CYCLE_DAYS)),
        SQL(str(CYCLE_YEARS)),
    )


def sql_start_of(day, unit):
    """Return the SQL of the first day (a ``date``) of the Jalali unit around ``day``.

    The unit is day, week (from Saturday), month, quarter or year.

    >>> sql_start_of(SQL.identifier("done_on"), "week").code
    '("done_on" - (EXTRACT(ISODOW FROM "done_on")::int + 1) %% 7)'
    """
    if unit == "day":
        return SQL("(%s)", day)
    if unit == "week":
        return SQL("(%s - (EXTRACT(ISODOW FROM %s)::int + 1) %% 7)", day, day)
    place = _day_of_year(day)
    if unit == "year":
        return SQL("(%s - %s)", day, place)
    half = SQL(str(FIRST_HALF_DAYS))
    if unit == "month":
        return SQL(
            "(%(day)s - CASE WHEN %(place)s < %(half)s THEN %(place)s %% 31"
            " ELSE (%(place)s - %(half)s) %% 30 END)",
            day=day,
            place=place,
            half=half,
        )
    if unit == "quarter":
        return SQL(
            "(%(day)s - CASE WHEN %(place)s < %(half)s THEN %(place)s %% 93"
            " WHEN %(place)s < 276 THEN %(place)s - %(half)s"
            " ELSE %(place)s - 276 END)",
            day=day,
            place=place,
            half=half,
        )
    raise ValueError(f"unknown Jalali unit {unit!r}")


def sql_year(day):
    """Return the SQL of the Jalali year (an integer) of ``day``.

    ``sql_year(SQL.identifier("done_on"))`` is what numbers per year group by.
    """
    return SQL(
        "(%s / %s + %s)",
        _position(day),
        SQL(str(CYCLE_DAYS)),
        SQL(str(_CYCLES + 1)),
    )


def sql_month(day):
    """Return the SQL of the number of the Jalali month, 1 to 12, of ``day``."""
    place = _day_of_year(day)
    return SQL(
        "(CASE WHEN %(place)s < %(half)s THEN %(place)s / 31 + 1"
        " ELSE (%(place)s - %(half)s) / 30 + 7 END)",
        place=place,
        half=SQL(str(FIRST_HALF_DAYS)),
    )
