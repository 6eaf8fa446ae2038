"""How sections are counted for readers of each language."""

import string

from odoo.addons.agency_base.tools import to_persian_digits

# In the order of the alphabet, not of the abjad.
PERSIAN = "ا ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک گ".split()  # noqa: SIM905
_BY_LATIN = dict(zip(string.ascii_uppercase, ["الف", *PERSIAN[1:]], strict=True))


def digits_of(number, lang):
    """Return a number with the digits of a language.

    >>> digits_of(12, "fa_IR"), digits_of(12, "en_US")
    ('۱۲', '12')
    """
    text = str(number)
    return to_persian_digits(text) if (lang or "").startswith("fa") else text


def letter_of(code, lang):
    """Return the code of a section as it is counted in a language.

    >>> letter_of("A", "fa_IR"), letter_of("D", "fa_IR"), letter_of("D", "en_US")
    ('الف', 'ت', 'D')
    >>> letter_of("AB", "fa_IR")  # only single letters are counted
    'AB'
    """
    return _BY_LATIN.get(code, code) if (lang or "").startswith("fa") else code
