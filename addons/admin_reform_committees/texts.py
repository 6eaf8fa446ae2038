"""Dates and hours as the people of a meeting read them."""

import babel.dates

from odoo.addons.agency_base.tools import localize_digits
from odoo.addons.agency_base.tools.lists import listed as one_line
from odoo.addons.jalali_calendar.tools import format_jalali, localize

DAY, LONG_DAY = "y/MM/dd", "EEEE d MMMM y"


def is_jalali(env):
    """Tell whether the reader's language writes dates in the Jalali calendar."""
    return env["res.lang"]._get_data(code=env.lang or "en_US").calendar == "jalali"


def day_text(env, value, pattern=DAY):
    """Return a date as «۱۴۰۵/۰۹/۱۵», or by ``pattern``, in the reader's calendar."""
    if not value:
        return ""
    if is_jalali(env):
        text = format_jalali(value, pattern.replace("y", "yyyy"), digits="latn")
    else:
        text = babel.dates.format_date(value, pattern, locale=env.lang or "en_US")
    return localize_digits(text, env.lang)


def hour_text(env, value, zone):
    """Return a stored moment as the hour of the official clock, as «۹:۱۴»."""
    if not value:
        return ""
    local = localize(value, zone)
    return localize_digits(f"{local.hour}:{local:%M}", env.lang)


def moment_text(env, value, zone):
    """Return a stored moment as day and hour of the official clock."""
    if not value:
        return ""
    return (
        f"{day_text(env, localize(value, zone).date())} {hour_text(env, value, zone)}"
    )


def listed(env, parts, strong=False):
    """Return the ``parts`` that say something in one line, as ``env`` writes."""
    return one_line(parts, env.lang, strong)
