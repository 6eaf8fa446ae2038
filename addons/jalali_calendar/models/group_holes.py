from collections import defaultdict
from datetime import datetime, time

from odoo.fields import Date

from ..tools import add, start_of


def fill(groups, empty, unit, bounds, min_groups, is_date):
    """Return the groups with empty ones for the Jalali periods that are missing.

    ``groups`` are tuples that begin with the first day of their period; ``empty`` is
    the rest of an empty one. ``bounds`` are the texts of the first and the last day
    to fill, each False for that of the groups. Groups outside stay, and at least
    ``min_groups`` periods follow the first bound.
    """

    def bound(text):
        day = start_of(Date.to_date(text), unit)
        return day if is_date else datetime.combine(day, time.min)

    existing = sorted(group[0] for group in groups if group[0])
    first, last = (bound(text) if text else None for text in bounds)
    if existing:
        first, last = first or existing[0], last or existing[-1]
    first, last = first or last, last or first
    if not first:
        return groups
    if min_groups and min_groups > 0:
        last = max(last, add(first, unit, min_groups - 1))
    if first > last:
        return groups

    by_start = defaultdict(list)
    for group in groups:
        by_start[group[0] or False].append(group)
    starts = {*existing}
    while first <= last:
        starts.add(first)
        first = add(first, unit)
    filled = []
    for start in sorted(starts):
        filled += by_start.get(start) or [(start, *empty)]
    return filled + by_start[False]
