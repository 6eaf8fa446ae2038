"""One spelling for what Persian keyboards write in several ways."""

import re
import unicodedata

from .digits import to_latin_digits

# Letters of the Arabic keyboard that look like, and mean, the Persian ones.
_LETTERS = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ك": "ک",
        "ە": "ه",
        "ہ": "ه",
        "ھ": "ه",
        "\u0640": None,  # the tatweel only stretches a line
        "\u00ad": None,
        "\ufeff": None,
    }
)
# What a searcher cannot be expected to type the way the writer did.
_FOLDED = str.maketrans(
    {
        "ۀ": "ه",
        "ة": "ه",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ؤ": "و",
        "ئ": "ی",
        "ء": None,
    }
)
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_ZWNJ = "\u200c"


def normalize_persian(text):
    """Return ``text`` spelled with the letters of the Persian keyboard.

    Meant for text that is kept: nothing a reader sees is lost. The half space stays
    but never doubles or stands beside a space; digits stay as they are.

    >>> normalize_persian("  علي   كريمي ")
    'علی کریمی'
    >>> normalize_persian("می\u200c\u200cشود \u200cو")
    'می\u200cشود و'
    >>> normalize_persian(False)
    ''
    """
    if not text:
        return ""
    text = unicodedata.normalize("NFC", text).translate(_LETTERS)
    text = _SPACES.sub(" ", text)
    text = re.sub(_ZWNJ + "{2,}", _ZWNJ, text)
    text = re.sub(f"{_ZWNJ}*( |$|\n){_ZWNJ}*", r"\1", text)
    return text.strip(" " + _ZWNJ)


def search_key(text):
    """Return ``text`` folded for comparing: not to be shown to anybody.

    ي/ی, ك/ک, ۀ/ه, آ/ا, diacritics, digits, case, spaces and half spaces no longer
    make a difference.

    >>> search_key("عَلي‌اكبر") == search_key("علی اکبر") == search_key("علیاکبر")
    True
    >>> search_key("خانۀ شماره ۱۲") == search_key("خانه شماره 12")
    True
    >>> search_key("Café")
    'cafe'
    """
    if not text:
        return ""
    # Letters first: decomposing would turn آ into ا plus a sign.
    text = unicodedata.normalize("NFKC", text).translate(_LETTERS).translate(_FOLDED)
    decomposed = unicodedata.normalize("NFKD", to_latin_digits(text).casefold())
    return "".join(
        char
        for char in decomposed
        # Mn: diacritics; Cf: ZWNJ and bidi marks; Z*: spaces; Cc: tabs, new lines
        if unicodedata.category(char) not in ("Mn", "Cf", "Zs", "Zl", "Zp", "Cc")
    )
