"""Dates, hours and amounts as people read them."""

import babel.dates
import pytz

from odoo.addons.agency_base.tools import (
    counted,
    listed,
    localize_digits,
    to_persian_digits,
)
from odoo.addons.jalali_calendar.tools import WEEKDAYS, format_jalali

DAY = "EEEE d MMMM"
DAY_YEAR = "EEEE d MMMM yyyy"
# Weekdays as resource.calendar counts them, in the order of the Iranian week.
WEEK_ORDER = "5601234"


def is_persian(env):
    """Tell whether the reader of ``env`` reads Persian."""
    return (env.lang or "").startswith("fa")


def join(env, parts, strong=False):
    """Return the ``parts`` that say something in one line, as ``env`` writes."""
    return listed(parts, env.lang, strong)


def day_text(env, value, pattern=DAY):
    """Return a date in the calendar of the reader's language: «یکشنبه ۸ آذر»."""
    if not value:
        return ""
    if is_persian(env):
        return format_jalali(value, pattern)
    return babel.dates.format_date(value, pattern, locale=env.lang or "en_US")


def moment_text(env, value, company, pattern=DAY):
    """Return a stored moment as day and hour where the agency is."""
    local = pytz.utc.localize(value).astimezone(pytz.timezone(company.agency_tz))
    return env._(
        "%(day)s, %(hour)s",
        day=day_text(env, local.date(), pattern),
        hour=number_text(env, f"{local:%H:%M}"),
    )


def number_text(env, text):
    """Return ``text`` in the digits of the reader's language."""
    return localize_digits(text, env.lang)


def amount_text(env, amount):
    """Return rials with thousands told apart: «۴۵۰٬۰۰۰»."""
    text = f"{round(amount):,}"
    if is_persian(env):
        return to_persian_digits(text.replace(",", "٬"))
    return text


def days_text(env, days):
    """Return «۱۰ روز»."""
    return counted(env, days, env._("1 day"), env._("%s days"))


def duration_text(env, amount, unit):
    """Return «۵ روز کاری», «۳۰ دقیقه» or «۲ ساعت کاری»."""
    if unit == "days":
        one, many = env._("1 working day"), env._("%s working days")
        return counted(env, round(amount), one, many)
    if amount < 1:
        one, many = env._("1 minute"), env._("%s minutes")
        return counted(env, round(amount * 60), one, many)
    if amount == 1:
        return env._("1 working hour")
    whole = round(amount) if amount == round(amount) else amount
    return env._("%s working hours", number_text(env, whole))


def hours_text(env, calendar):
    """Return opening hours in a line: «شنبه تا چهارشنبه، ۷:۳۰ تا ۱۴:۳۰»."""
    runs = []
    for day, shifts in calendar._desk_door_hours():
        follows = runs and WEEK_ORDER.index(day) == WEEK_ORDER.index(runs[-1][1]) + 1
        if follows and runs[-1][2] == shifts:
            runs[-1][1] = day
        else:
            runs.append([day, day, shifts])
    return join(env, (_run_text(env, *run) for run in runs), strong=True)


def _run_text(env, first, last, shifts):
    hours = env._(" and ").join(
        env._(
            "%(from)s to %(to)s",
            **{"from": _clock_text(env, begin), "to": _clock_text(env, end)},
        )
        for begin, end in shifts
    )
    days = _weekday_text(env, first)
    if first != last:
        days = env._(
            "%(from)s to %(to)s", **{"from": days, "to": _weekday_text(env, last)}
        )
    return env._("%(days)s, %(hours)s", days=days, hours=hours)


def _weekday_text(env, day):
    if is_persian(env):
        return WEEKDAYS[int(day)]
    return babel.dates.get_day_names(locale=env.lang or "en_US")[int(day)]


def _clock_text(env, hour):
    minutes = round(hour * 60)
    return number_text(env, f"{minutes // 60}:{minutes % 60:02d}")


def phone_text(env, phone):
    """Return a telephone number in groups people can read aloud."""
    digits = (phone or "").replace(" ", "")
    if digits.isdigit() and len(digits) == 11:
        digits = f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    return number_text(env, digits or phone or "")
