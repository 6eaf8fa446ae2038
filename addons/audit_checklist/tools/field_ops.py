"""What phones send: checked and brought into shape, without a database."""

import base64
import binascii
import json
import math
import re
import struct
import uuid
from datetime import datetime, timezone

KINDS = (
    "start",
    "answer",
    "photo",
    "photo_removed",
    "photo_note",
    "host",
    "resolve",
    "submit",
    "confirm",
    "no_access",
    "extra",
    "feedback",
)
MAX_TEXT = 4000
MAX_PHRASE = 300
MAX_SIGNATURE = 120_000
MAX_SIGNATURE_PIXELS = 4_000
# The largest thing a phone says is a signature.
MAX_PAYLOAD = 160_000
MAX_PHOTO_BYTES = 10 * 1024 * 1024
_SIGNATURE_PREFIX = "data:image/png;base64,"
_PNG_BEGIN = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
# What PostgreSQL keeps in no text; a backslash that somebody typed is no escape.
_ESCAPED_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
# A phone whose battery died begins in 1970; no clock is wrong by more than that.
_FIRST_YEAR, _LAST_YEAR = 1970, 2089
# Beyond this the clock of a device is called wrong, and its times are set right.
CLOCK_TOLERANCE = 600
# int4: what a journal can hold.
MAX_SEQUENCE = 2**31 - 1


class BadValueError(ValueError):
    """A value that cannot stand in a checklist."""


def read_uuid(text):
    """Return a uuid in its usual form.

    >>> read_uuid("6F9619FF-8B86-D011-B42D-00CF4FC964FF")
    '6f9619ff-8b86-d011-b42d-00cf4fc964ff'
    >>> read_uuid("../etc")
    Traceback (most recent call last):
    ...
    odoo.addons.audit_checklist.tools.field_ops.BadValueError: ../etc
    """
    try:
        return str(uuid.UUID(text))
    except (ValueError, AttributeError, TypeError):
        raise BadValueError(text) from None


def read_moment(text):
    """Return an ISO moment as Odoo keeps it: UTC, without zone or fractions.

    >>> read_moment("2026-06-27T09:30:15.250Z")
    datetime.datetime(2026, 6, 27, 9, 30, 15)
    >>> read_moment("2026-06-27T13:00:00+03:30")
    datetime.datetime(2026, 6, 27, 9, 30)
    >>> read_moment("0001-01-01T00:00:00Z")
    Traceback (most recent call last):
    ...
    odoo.addons.audit_checklist.tools.field_ops.BadValueError: 0001-01-01T00:00:00Z
    """
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo:
            moment = moment.astimezone(timezone.utc).replace(tzinfo=None)
    except (ValueError, TypeError, OverflowError):
        raise BadValueError(text) from None
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise BadValueError(text)
    return moment.replace(microsecond=0)


def read_payload(payload):
    """Return what an operation says, if the journal can hold it as it is.

    >>> read_payload(None), read_payload({"option": "yes"})
    ({}, {'option': 'yes'})
    >>> for odd in ([], {"note": chr(0)}, {"note": chr(0xD800)}, {"n": math.inf}):
    ...     try:
    ...         read_payload(odd)
    ...     except BadValueError:
    ...         print("refused")
    refused
    refused
    refused
    refused
    """
    payload = {} if payload is None else payload
    if not isinstance(payload, dict):
        raise BadValueError("payload")
    try:
        text = json.dumps(payload, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        raise BadValueError("payload") from None
    if len(text) > MAX_PAYLOAD or _ESCAPED_NUL.search(text):
        raise BadValueError("payload")
    return payload


def read_name(value, limit):
    """Return a short name for the journal: of an item or of a device.

    >>> read_name("A1", 16), read_name(None, 16)
    ('A1', '')
    >>> read_name("A" + chr(0), 16)
    Traceback (most recent call last):
    ...
    odoo.addons.audit_checklist.tools.field_ops.BadValueError: name
    """
    name = str(value or "")[:limit]
    if not name.isprintable():
        raise BadValueError("name")
    return name


def read_text(value, limit=MAX_TEXT):
    """Return a text without blanks around it; nothing for what is none.

    >>> read_text("  کهنه "), read_text(None)
    ('کهنه', '')
    """
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > limit or "\x00" in value:
        raise BadValueError(value)
    return value.strip()


def read_place(payload):
    """Return latitude and longitude, or None where the phone had no place.

    >>> read_place({"latitude": 35.7, "longitude": 51.4})
    (35.7, 51.4)
    >>> read_place({}) is None
    True
    """
    latitude, longitude = payload.get("latitude"), payload.get("longitude")
    if latitude is None or longitude is None:
        return None
    for value, limit in ((latitude, 90), (longitude, 180)):
        if not is_number(value) or abs(value) > limit:
            raise BadValueError(value)
    return float(latitude), float(longitude)


def fingerprint(uuids):
    """Return the exclusive or of uuids: the same for the same set, in any order.

    >>> fingerprint(["00000000-0000-4000-8000-000000000005",
    ...              "00000000-0000-4000-8000-000000000006"])
    '00000000000000000000000000000003'
    >>> fingerprint([])
    '00000000000000000000000000000000'
    """
    total = 0
    for text in uuids:
        total ^= uuid.UUID(text).int
    return f"{total:032x}"


def read_signature(text):
    """Return a drawn signature as base64 of a small PNG, or nothing.

    What would unpack to a wall instead of a slip of paper is none.
    """
    text = text or ""
    if not text:
        return ""
    if (
        not isinstance(text, str)
        or not text.startswith(_SIGNATURE_PREFIX)
        or len(text) > MAX_SIGNATURE
    ):
        raise BadValueError("signature")
    encoded = text.removeprefix(_SIGNATURE_PREFIX)
    try:
        picture = base64.b64decode(encoded, validate=True)
        width, height = struct.unpack_from(">II", picture, len(_PNG_BEGIN))
    except (binascii.Error, struct.error):
        raise BadValueError("signature") from None
    if not picture.startswith(_PNG_BEGIN) or max(width, height) > MAX_SIGNATURE_PIXELS:
        raise BadValueError("signature")
    return encoded


def is_number(value):
    """Tell a number that can be kept from what only looks like one."""
    return (
        isinstance(value, (int, float))
        and not isinstance(value, bool)
        and math.isfinite(value)
    )
