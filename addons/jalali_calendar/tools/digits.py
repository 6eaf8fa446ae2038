"""Persian and Latin digits, both ways."""

_PERSIAN = str.maketrans("0123456789٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹۰۱۲۳۴۵۶۷۸۹")
_LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")


def to_persian_digits(text):
    """Return a text, or the text of a number, with Persian digits.

    >>> to_persian_digits("1404/09/01")
    '۱۴۰۴/۰۹/۰۱'
    >>> to_persian_digits(12)
    '۱۲'
    """
    return str(text).translate(_PERSIAN)


def to_latin_digits(text):
    """Return a text with Latin digits for Persian and Arabic ones.

    >>> to_latin_digits("۱۴۰۴/٠٩/01")
    '1404/09/01'
    """
    return str(text).translate(_LATIN)
