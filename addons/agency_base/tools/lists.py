"""Lists in one line, as a language writes them."""

_ARABIC_SCRIPT = ("fa", "ar", "ur", "ps")


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
    """
    is_arabic = (lang or "")[:2] in _ARABIC_SCRIPT
    mark = ("؛ " if strong else "، ") if is_arabic else "; " if strong else ", "
    return mark.join(filter(None, parts))
