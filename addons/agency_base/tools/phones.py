"""Iranian telephone numbers in international form (ITU-T E.164)."""

import re

from .digits import only_digits

# The national numbering plan: 0 is the trunk prefix, 9x are mobile networks; two
# digits of area code (21, 26, 31 …) and eight of the subscriber make a landline.
_MOBILE = re.compile(r"9\d{9}")
_LANDLINE = re.compile(r"[1-8]\d[2-9]\d{7}")
_SUBSCRIBER = re.compile(r"[2-9]\d{7}")


def _national_number(text):
    """Return the digits after the country code or trunk prefix, or ""."""
    text = str(text or "")
    # The plus stands at the wrong end where a number was copied out of RTL text.
    digits = only_digits(text.replace("+", "", 1))
    plus = "+" in text
    if plus or digits.startswith("00"):
        digits = digits.removeprefix("00")
        return digits[2:].removeprefix("0") if digits.startswith("98") else ""
    if digits.startswith("98") and len(digits) == 12:
        return digits[2:]
    return digits.removeprefix("0")


def normalize_mobile(text):
    """Return ``text`` as an Iranian mobile number ``+989…``, or "" if it is none.

    >>> normalize_mobile("۰۹۱۲ ۳۴۵ ۶۷۸۹"), normalize_mobile("+98 912-345-6789")
    ('+989123456789', '+989123456789')
    >>> normalize_mobile("00989123456789"), normalize_mobile("9123456789")
    ('+989123456789', '+989123456789')
    >>> normalize_mobile("0912345678"), normalize_mobile("+905321234567")
    ('', '')
    """
    number = _national_number(text)
    return f"+98{number}" if _MOBILE.fullmatch(number) else ""


def normalize_landline(text, area=""):
    """Return ``text`` as an Iranian landline ``+98…``, or "" if it is none.

    ``area`` is the area code of numbers written without one.

    >>> normalize_landline("۰۲۱-۶۶۴۹ ۵۵۰۰"), normalize_landline("66495500", "021")
    ('+982166495500', '+982166495500')
    >>> normalize_landline("66495500"), normalize_landline("09123456789")
    ('', '')
    """
    number = _national_number(text)
    if area and _SUBSCRIBER.fullmatch(number):
        number = only_digits(area).removeprefix("0") + number
    return f"+98{number}" if _LANDLINE.fullmatch(number) else ""
