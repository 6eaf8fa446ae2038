"""How sections are counted for readers of each language."""

import string

# In the order of the alphabet, not of the abjad.
PERSIAN = "ا ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک گ".split()  # noqa: SIM905
_BY_LATIN = dict(zip(string.ascii_uppercase, ["الف", *PERSIAN[1:]], strict=True))


def letter_of(code, lang):
    """Return the code of a section as it is counted in a language.

    >>> letter_of("A", "fa_IR"), letter_of("D", "fa_IR"), letter_of("D", "en_US")
    ('الف', 'ت', 'D')
    >>> letter_of("AB", "fa_IR")  # only single letters are counted
    'AB'
    """
    return _BY_LATIN.get(code, code) if (lang or "").startswith("fa") else code
