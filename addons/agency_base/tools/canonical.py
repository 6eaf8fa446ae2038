"""One way to write a value down, so that its hash can be computed again years later."""

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal


def canonical(value):
    """Return ``value`` as JSON with sorted keys and no spaces.

    >>> canonical({"b": "بند", "a": [1, None, True]})
    '{"a":[1,null,true],"b":"بند"}'
    """
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=plain
    )


def plain(value):
    """Return a database value as JSON can keep it: decimals as text, times in UTC.

    >>> plain(Decimal("1.500")), plain(0.1), plain(Decimal("100"))
    ('1.5', '0.1', '100')
    >>> plain(datetime(2026, 3, 21, 8, 30)), plain(date(2026, 3, 21))
    ('2026-03-21T08:30:00Z', '2026-03-21')
    """
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal):
        # The precision of a column may be raised later; the number stays the same.
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return f"{value.isoformat()}Z"
    if isinstance(value, date):
        return value.isoformat()
    return value


def sha256(text):
    """Return the hexadecimal SHA-256 of a text or of bytes.

    >>> sha256("")[:8], sha256(b"")[:8]
    ('e3b0c442', 'e3b0c442')
    """
    data = text if isinstance(text, bytes) else text.encode()
    return hashlib.sha256(data).hexdigest()
