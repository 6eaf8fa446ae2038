"""Keep personal numbers and the secrets of webhooks out of the server's log."""

import logging
import re

# In any script, also as addresses and JSON write what is not ASCII.
_DIGIT = r"(?:\d|%(?:DB%B|D9%A)\d|\\u06[6f]\d)"
# National codes, legal ids, foreigner ids and phone numbers; part of a longer word (a
# hash, a file name) they are none, unless that word ends in an escape: %3D0012345679.
_ESCAPE = r"(?<=%[0-9a-f]{2})"
_PERSONAL = re.compile(
    rf"(?:(?<![\w.+])|{_ESCAPE})"
    rf"((?:\+|%2B)?{_DIGIT}{{3}}){_DIGIT}{{4,7}}({_DIGIT}{{3}})(?!\w|\.\d)",
    re.IGNORECASE,
)
# As it stands on the card.
_DASHED = re.compile(
    rf"(?:(?<![\w-])|{_ESCAPE})({_DIGIT}{{3}})-{_DIGIT}{{6}}-({_DIGIT})(?![\w-])",
    re.IGNORECASE,
)
# Foreigner ids have 8 digits or more, as many harmless numbers do: where an identifier
# is called by its name, as in national_id=…, every number is one.
_NAMED = re.compile(
    r"((?:national|foreigner|identifier|legal|passport|fida)\w*"
    # what stands between a name and its value in SQL, JSON, addresses and Python
    r"(?:[\s\"'():=,\[\\]|ILIKE|LIKE|IN\b|!=|%(?:22|3D|5B|2C|20|3A|28|29))*"
    rf"%?{_DIGIT}{{2}}){_DIGIT}{{4,10}}({_DIGIT}{{2}})(?!\w)",
    re.IGNORECASE,
)
# After the number of a gateway comes the secret of its webhook, then perhaps a text.
_WEBHOOK = re.compile(r"(/agency/sms/\d+/)[^\s\"'/?]+(/\w+)?[^\s\"']*")


def _mask(text):
    text = _DASHED.sub(r"\1-****-\2", _WEBHOOK.sub(r"\1***\2", text))
    text = _PERSONAL.sub(r"\1****\2", text)
    return _NAMED.sub(r"\1****\2", text)


class PersonalNumberFilter(logging.Filter):
    """Mask numbers and secrets in what is logged; let every record pass.

    PostgreSQL errors are logged with the whole statement, and web servers log the
    address that was asked for: neither can be kept from naming a national code.
    """

    def filter(self, record):
        """Mask what is personal in the message and the traceback of ``record``."""
        message = record.getMessage()
        masked = _mask(message)
        if masked != message:
            record.msg, record.args = masked, ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = _mask(record.exc_text)
        return True


def mask_logs():
    """Put the filter on every handler of the root logger, once."""
    for handler in logging.getLogger().handlers:
        if not any(isinstance(f, PersonalNumberFilter) for f in handler.filters):
            handler.addFilter(PersonalNumberFilter())
