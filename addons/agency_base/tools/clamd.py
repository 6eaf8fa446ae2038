"""ClamAV's daemon, asked about one file over its socket (INSTREAM)."""

import logging
import socket
import struct

_logger = logging.getLogger(__name__)

TIMEOUT = 30
_CHUNK = 64 * 1024
_MAX_ANSWER = 4096


class ScannerDownError(OSError):
    """The scanner cannot be reached, or does not say whether the file is clean."""


def scan(address, content):
    """Return the name of what was found in ``content``, or "" if it is clean.

    ``address`` is the path of a socket or ``host:port``. Raise `ScannerDownError`.
    """
    try:
        with _connect(address) as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), _CHUNK):
                chunk = content[start : start + _CHUNK]
                connection.sendall(struct.pack("!L", len(chunk)) + chunk)
            connection.sendall(struct.pack("!L", 0))
            answer = _read_answer(connection)
    except (OSError, ValueError) as error:
        _logger.error("The virus scanner at %s cannot be asked: %s", address, error)
        raise ScannerDownError from error
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        found = answer[len("stream: ") : -len(" FOUND")]
        _logger.warning("The virus scanner refused a file: %s", found)
        return found
    _logger.error("The virus scanner at %s says: %s", address, answer)
    raise ScannerDownError(answer)


def _connect(address):
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(TIMEOUT)
        try:
            connection.connect(address)
        except OSError:
            connection.close()
            raise
        return connection
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=TIMEOUT)


def _read_answer(connection):
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _MAX_ANSWER:
        part = connection.recv(_MAX_ANSWER)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0").decode(errors="replace").strip()
