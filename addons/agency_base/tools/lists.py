"""Lists in one line, as a language writes them."""

from unicodedata import bidirectional

from .marks import isolate

_ARABIC_SCRIPT = ("fa", "ar", "ur", "ps")
# Letters that are read from the right.
_RIGHT = ("R", "AL")


def listed(parts, lang, strong=False):
    """Return the ``parts`` that say something in one line, as ``lang`` lists.

    ``strong`` tells apart what holds commas itself. Not by translation: Odoo exports no
    terms without letters.

    >>> listed(["a", "", "b"], "en_US")
    'a, b'
    >>> listed(["الف", "ب"], "fa_IR")
    'الف، ب'
    >>> listed(["a", "b"], None, strong=True)
    'a; b'
    >>> len(listed(["علی", "12"], "en_US")) - len("علی, 12")  # the name is isolated
    2
    """
    parts = [str(part) for part in parts if part]
    if (lang or "")[:2] in _ARABIC_SCRIPT:
        return ("؛ " if strong else "، ").join(parts)
    return ("; " if strong else ", ").join(map(_kept, parts))


def _kept(text):
    """Return words read from the right so that what is beside them keeps its place."""
    is_right = any(bidirectional(mark) in _RIGHT for mark in text)
    return isolate(text) if is_right else text
