"""Secret keys: files outside the database, so that a dump alone reveals nothing.

They live in ``agency_keys`` under the data directory (or where the environment
variable ``AGENCY_KEY_DIR`` says), readable by the server's account only, and come into
being on first use. Lost keys cannot be made again: back them up apart from the dumps.
"""

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from odoo.tools import config


def key_dir():
    """Return the directory of the keys, made if need be."""
    path = Path(
        os.environ.get("AGENCY_KEY_DIR") or Path(config["data_dir"]) / "agency_keys"
    )
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def read_or_create(name, make=lambda: secrets.token_bytes(32)):
    """Return the content of key file ``name``; the first caller makes it.

    Processes that start at the same moment end up with the same key: each writes a
    file of its own and only one manages to give it the name.
    """
    path = key_dir() / name
    if not path.exists():
        draft = path.with_name(f".{name}.{secrets.token_hex(8)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(make())
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(draft, path)
        finally:
            os.unlink(draft)
    return path.read_bytes()


def _digest_key():
    """Return the key of digests; the file is read again only when it changed."""
    folder = os.environ.get("AGENCY_KEY_DIR") or os.path.join(
        config["data_dir"], "agency_keys"
    )
    path = os.path.join(folder, "digest.key")
    try:
        changed_at = os.stat(path).st_mtime_ns
    except FileNotFoundError:
        return read_or_create("digest.key")
    return _read_once(path, changed_at)


@lru_cache(maxsize=4)
def _read_once(path, _changed_at):
    return Path(path).read_bytes()


def keyed_digest(purpose, text):
    """Return a digest of ``text`` that cannot be guessed without the key.

    There are only a billion national codes: a plain hash of one is found in seconds.
    ``purpose`` keeps the digests of different uses from being matched.
    """
    key = _digest_key()
    message = f"{purpose}\0{text}".encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()
