"""A meeting as a calendar file that any calendar program reads (RFC 5545)."""

from datetime import timezone

LINE_OCTETS = 75


def calendar(event, method="REQUEST"):
    r"""Return the text of a calendar file with one ``event``.

    ``event`` is a dict: uid, sequence, start, stop and stamp (naive, UTC), summary,
    location, description, organizer and attendee (names with an address), all text
    optional but the uid. ``method`` is REQUEST or CANCEL.

    >>> from datetime import datetime
    >>> moment = datetime(2026, 11, 22, 5, 30)
    >>> text = calendar({"uid": "m1", "start": moment, "stop": moment,
    ...                  "stamp": moment, "summary": "نشست؛ کمیته, یک"})
    >>> "DTSTART:20261122T053000Z" in text, r"کمیته\, یک" in text
    (True, True)
    """
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Reform Suite//Committees//EN",
        "VERSION:2.0",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{event['uid']}",
        f"SEQUENCE:{event.get('sequence') or 0}",
        f"DTSTAMP:{_moment(event['stamp'])}",
        f"DTSTART:{_moment(event['start'])}",
        f"DTEND:{_moment(event['stop'])}",
        f"STATUS:{'CANCELLED' if method == 'CANCEL' else 'CONFIRMED'}",
    ]
    lines += [
        f"{name.upper()}:{_escape(event[name])}"
        for name in ("summary", "location", "description")
        if event.get(name)
    ]
    for name in ("organizer", "attendee"):
        if event.get(name):
            person, address = event[name]
            # a quote cannot be escaped in a parameter
            quoted = (person or "").replace('"', "'")
            lines.append(f'{name.upper()};CN="{quoted}":mailto:{address}')
    lines += ["END:VEVENT", "END:VCALENDAR"]
    return "".join(f"{_fold(line)}\r\n" for line in lines)


def _moment(value):
    return value.replace(tzinfo=timezone.utc).strftime("%Y%m%dT%H%M%SZ")


def _escape(text):
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r", "").replace("\n", "\\n")


def _fold(line):
    r"""Break a line at 75 octets, never inside a letter.

    >>> [len(part.encode()) for part in _fold("ن" * 60).split("\r\n ")]
    [74, 46]
    """
    parts, size = [""], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LINE_OCTETS:
            parts.append("")
            # the blank that continues a line counts
            size = 1
        parts[-1] += letter
        size += octets
    return "\r\n ".join(parts)
