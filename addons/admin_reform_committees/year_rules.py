"""Rules of programmes, indicators and quarters that need no database."""

from odoo.addons.jalali_calendar.tools import quarter_bounds, to_jalali

QUARTERS = [("1", "Spring"), ("2", "Summer"), ("3", "Autumn"), ("4", "Winter")]
MONTHS_IN_QUARTER = 3


def quarter_of(day):
    """Return the Jalali ``(year, quarter)`` of a date.

    >>> from datetime import date
    >>> quarter_of(date(2026, 11, 22)), quarter_of(date(2026, 3, 20))
    ((1405, 3), (1404, 4))
    """
    year, month, __ = to_jalali(day)
    return year, (month + 2) // MONTHS_IN_QUARTER


def quarters_reached(year, today):
    """Return how many quarters of a Jalali year have begun.

    >>> from datetime import date
    >>> [quarters_reached(year, date(2026, 11, 22)) for year in (1404, 1405, 1406)]
    [4, 3, 0]
    """
    this_year, quarter = quarter_of(today)
    if year == this_year:
        return quarter
    return 4 if year < this_year else 0


def planned_shares(year, begin, end):
    """Return the percent of work that is due at the end of each quarter of ``year``.

    Work goes on evenly from the first to the last day, both included.

    >>> from odoo.addons.jalali_calendar.tools import from_jalali
    >>> planned_shares(1405, from_jalali(1405, 1, 1), from_jalali(1405, 6, 31))
    [50, 100, 100, 100]
    >>> planned_shares(1405, from_jalali(1405, 7, 1), from_jalali(1406, 6, 31))
    [0, 0, 25, 49]
    """
    days = (end - begin).days + 1
    shares = []
    for quarter in range(1, 5):
        done = (quarter_bounds(year, quarter)[1] - begin).days + 1
        shares.append(round(100 * min(max(done, 0), days) / days))
    return shares


def weighted(pairs):
    """Return the mean of ``(weight, percent)``; without any weight, the plain mean.

    >>> weighted([(3, 100), (1, 0)]), weighted([(0, 40), (0, 60)]), weighted([])
    (75.0, 50.0, 0.0)
    """
    pairs = list(pairs)
    total = sum(weight for weight, __ in pairs)
    if not total:
        pairs = [(1, percent) for __, percent in pairs]
        total = len(pairs)
    if not total:
        return 0.0
    return sum(weight * percent for weight, percent in pairs) / total


def realisation(planned, realised):
    """Return the percent of what was due that was done; None while nothing was due.

    Work done ahead of its time does not make more than a hundred.

    >>> realisation(50, 35), realisation(50, 60), realisation(0, 10)
    (70.0, 100.0, None)
    """
    return min(100.0 * realised / planned, 100.0) if planned else None


def indicator_score(actual, standard, ceiling, direction):
    """Return what an indicator scores: AP / S · W, or S / AP · W where less is better.

    ``actual`` is AP, ``standard`` S and ``ceiling`` W, which no score exceeds. Where
    less is better, an AP of zero is as good as can be and scores W. Raise ValueError
    for a standard or ceiling that is not above zero, and for a negative AP.

    >>> indicator_score(45, 60, 20, "more"), indicator_score(90, 60, 20, "more")
    (15.0, 20.0)
    >>> indicator_score(4, 3, 20, "less"), indicator_score(2, 3, 20, "less")
    (15.0, 20.0)
    >>> indicator_score(0, 60, 20, "more"), indicator_score(0, 60, 20, "less")
    (0.0, 20.0)
    >>> indicator_score(1, 0, 20, "more")
    Traceback (most recent call last):
        ...
    ValueError: the standard must be above zero
    """
    if standard <= 0:
        raise ValueError("the standard must be above zero")
    if ceiling <= 0:
        raise ValueError("the ceiling must be above zero")
    if actual < 0:
        raise ValueError("what was achieved cannot be negative")
    if direction == "more":
        return float(min(actual / standard * ceiling, ceiling))
    if direction == "less":
        return float(min(standard / actual * ceiling, ceiling) if actual else ceiling)
    raise ValueError(f"there is no direction {direction!r}")
