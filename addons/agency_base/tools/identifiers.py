"""Numbers by which the Iranian state knows persons, bodies and addresses."""

import re

from .digits import localize_digits, only_digits

LEGAL_WEIGHTS = (29, 27, 23, 19, 17, 29, 27, 23, 19, 17)
KINDS = ("national", "legal", "foreigner")
# Ten or eleven digits, or as the card writes them: 007-622964-5.
_WRITTEN = re.compile(r"(?<!\w)(?:\d{10,11}|\d{3}-\d{6}-\d)(?!\w)")


def _is_repeated(digits):
    return len(set(digits)) == 1


def is_national_code(text):
    """Tell whether ``text`` is the national code (کد ملی) of a natural person.

    Ten digits; the last one checks the nine before it, weighted 10 to 2, modulo 11:
    a remainder below 2 is the check digit itself, otherwise it is 11 minus it.
    Rule of the National Organization for Civil Registration (ثبت احوال). Ten equal
    digits pass the arithmetic but are never issued.

    >>> is_national_code("0076229645"), is_national_code("۰۰۷-۶۲۲۹۶۴-۵")
    (True, True)
    >>> is_national_code("0076229646"), is_national_code("1111111111")
    (False, False)
    >>> is_national_code("76229645")  # the leading zeros belong to it
    False
    """
    digits = only_digits(text)
    if len(digits) != 10 or _is_repeated(digits):
        return False
    remainder = sum(int(digits[i]) * (10 - i) for i in range(9)) % 11
    return int(digits[9]) == (remainder if remainder < 2 else 11 - remainder)


def is_legal_id(text):
    """Tell whether ``text`` is the national id (شناسه ملی) of a legal person.

    Eleven digits; the tenth plus 2 is added to each of the first ten, which are
    weighted 29, 27, 23, 19, 17 twice; the sum modulo 11, where 10 counts as 0, is
    the last digit. Rule of the State Organization for Registration of Deeds.

    >>> is_legal_id("14007650912"), is_legal_id("۱۰۱۰۰۱۷۱۹۲۰")
    (True, True)
    >>> is_legal_id("10380284790"), is_legal_id("10380284792")
    (True, False)
    """
    digits = only_digits(text)
    if len(digits) != 11 or _is_repeated(digits):
        return False
    shift = int(digits[9]) + 2
    total = sum((int(digits[i]) + shift) * LEGAL_WEIGHTS[i] for i in range(10))
    return int(digits[10]) == total % 11 % 10


def is_foreigner_id(text):
    """Tell whether ``text`` can be the unique id (شناسه فراگیر) of a foreign national.

    The ministry of the interior's bureau for foreign nationals has issued numbers of
    8 to 12 digits over the years and publishes no check digit, so only the length
    and repeated digits can be tested.

    >>> is_foreigner_id("۱۲۳۴۵۶۷۸"), is_foreigner_id("1234567")
    (True, False)
    >>> is_foreigner_id("000000000000")
    False
    """
    digits = only_digits(text)
    return 8 <= len(digits) <= 12 and not _is_repeated(digits)


def normalize_identifier(text, kind):
    """Return ``text`` as the bare digits of an identifier of ``kind``, or "".

    >>> normalize_identifier("۰۰۷-۶۲۲۹۶۴-۵", "national")
    '0076229645'
    >>> normalize_identifier("0076229645", "legal")
    ''
    """
    valid = {
        "national": is_national_code,
        "legal": is_legal_id,
        "foreigner": is_foreigner_id,
    }[kind]
    return only_digits(text) if valid(text) else ""


def normalize_postal_code(text):
    """Return ``text`` as a postal code of ten Latin digits, or "" if it is none.

    National Post Company: ten digits, neither 0 nor 2 among the first four, and the
    fifth is none of 0, 2 and 5; four equal digits do not begin a code.

    >>> normalize_postal_code("۱۶۱۹۷-۳۵۷۴۴")
    '1619735744'
    >>> normalize_postal_code("1619735"), normalize_postal_code("0619735744")
    ('', '')
    """
    digits = only_digits(text)
    issued = re.fullmatch(r"(?!(\d)\1{3})[13-9]{4}[1346-9]\d{5}", digits)
    return digits if issued else ""


def mask_identifier(text, lang=None):
    """Return an identifier with its middle hidden, in the digits of ``lang``.

    It begins with the mark that keeps its parts in order in a text from right to left.
    Of a short number less is shown, so that not too few remain that it could be.

    >>> mask_identifier("0012345234", "fa_IR"), mask_identifier("۰۰۱۲۳۴۵۲۳۴")
    ('\u200e۰۰۱****۲۳۴', '\u200e001****234')
    >>> mask_identifier("12345678"), mask_identifier("")
    ('\u200e12****78', '')
    """
    if not text:
        return ""
    digits = only_digits(text)
    shown = 3 if len(digits) >= 10 else 2
    # The stars do not tell how many digits they stand for.
    return localize_digits(f"\u200e{digits[:shown]}****{digits[-shown:]}", lang)


def mask_identifiers(text):
    """Return ``text`` with the national codes and legal ids in it masked.

    What has a check digit that fits is taken for one; other numbers stay.

    >>> mask_identifiers("ID ۰۰۷-۶۲۲۹۶۴-۵, letter 0076229646")
    'ID \u200e۰۰۷****۶۴۵, letter 0076229646'
    """
    return _WRITTEN.sub(_mask_written, text or "")


def _mask_written(match):
    number = match.group()
    if not (is_national_code(number) or is_legal_id(number)):
        return number
    return mask_identifier(number, None if number.isascii() else "fa_IR")
