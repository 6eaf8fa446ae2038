"""Days as people type them into a form."""

from odoo.addons.jalali_calendar.tools import parse_jalali

MAX_LENGTH = 40


def read_day(text):
    """Return the day that a Jalali or Gregorian date names, or None.

    >>> read_day("۱۴۰۵/۰۹/۰۱"), read_day("2026-11-22"), read_day("tomorrow")
    (datetime.date(2026, 11, 22), datetime.date(2026, 11, 22), None)
    """
    try:
        return parse_jalali(str(text or "")[:MAX_LENGTH])
    except ValueError:
        return None
