"""The numbers beside a chart."""

import math

from ..digits import to_persian_digits

_STEPS = (1, 2, 2.5, 5, 10)


def ticks(low, high, count=4):
    """Return round numbers from below ``low`` to above ``high``, about ``count`` apart.

    >>> ticks(0, 7), ticks(0, 0.9), ticks(-3, 12)
    ([0, 2, 4, 6, 8], [0, 0.25, 0.5, 0.75, 1], [-5, 0, 5, 10, 15])
    >>> ticks(0, 0)
    [0, 1]
    """
    if high <= low:
        return [low, low + 1]
    rough = (high - low) / count
    power = 10 ** math.floor(math.log10(rough))
    step = next(unit * power for unit in _STEPS if unit * power >= rough * 0.999999)
    first, last = math.floor(low / step), math.ceil(high / step - 1e-9)
    return [_round(place * step) for place in range(first, last + 1)]


def _round(value):
    value = round(value, 10)
    return int(value) if value == int(value) else value


def format_value(value, lang="fa_IR"):
    """Return a number as people read it, with at most two decimals.

    >>> format_value(12500.5), format_value(3), format_value(None)
    ('۱۲٬۵۰۰٫۵', '۳', '')
    >>> format_value(-1234.567, "en_US")
    '\u200e\u22121,234.57'
    """
    if value is None:
        return ""
    text = f"{abs(value):,.2f}".rstrip("0").rstrip(".")
    # The mark keeps the sign before the number in a text from right to left.
    text = f"\u200e\u2212{text}" if value < 0 and text != "0" else text
    if lang.startswith("fa"):
        text = to_persian_digits(text.replace(",", "٬").replace(".", "٫"))
    return text
