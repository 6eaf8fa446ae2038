"""Persian, Arabic and Latin digits."""

LATIN = "0123456789"
PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
ARABIC = "٠١٢٣٤٥٦٧٨٩"

_TO_LATIN = str.maketrans(PERSIAN + ARABIC, LATIN * 2)
_TO_PERSIAN = str.maketrans(LATIN + ARABIC, PERSIAN * 2)
# What people put between the groups of a number: spaces of all widths, hyphens
# and dashes, dots, slashes, brackets, and the invisible marks of bidi text.
_SEPARATORS = dict.fromkeys(
    map(
        ord,
        " \t\r\n\u00a0\u2007\u2009\u202f\u3000"
        "-\u00ad\u2010\u2011\u2012\u2013\u2014\u2212_./()"
        "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
        "\u2066\u2067\u2068\u2069\ufeff",
    )
)


def to_latin_digits(text):
    """Return ``text`` with every Persian or Arabic digit written in Latin.

    >>> to_latin_digits("۱۴۰۵/٠٧ no 3")
    '1405/07 no 3'
    """
    return text.translate(_TO_LATIN)


def to_persian_digits(text):
    """Return ``text`` with every Latin or Arabic digit written in Persian.

    >>> to_persian_digits("C3/1405/07")
    'C۳/۱۴۰۵/۰۷'
    """
    return text.translate(_TO_PERSIAN)


def localize_digits(value, lang):
    """Return ``value`` as text in the digits of ``lang``.

    >>> localize_digits(12, "fa_IR"), localize_digits("12", "en_US")
    ('۱۲', '12')
    """
    text = str(value)
    return to_persian_digits(text) if (lang or "").startswith("fa") else text


def only_digits(text):
    """Return ``text`` in Latin digits without separators, or "" if it is no number.

    >>> only_digits("۰۰۱-۲۳۴ ۵۶۷")
    '001234567'
    >>> only_digits("12a4")
    ''
    >>> only_digits(None)
    ''
    """
    digits = to_latin_digits(str(text or "")).translate(_SEPARATORS)
    return digits if digits.isascii() and digits.isdigit() else ""
