"""The signature of the installation: an Ed25519 key that is not in the database.

Who can write the database but not read the key can change sealed rows and recompute
every hash, but cannot sign them. Public keys stay beside the private one, so that old
signatures are still checked after the key was replaced: to replace it, rename
``seal.key``; never delete the ``.pub`` files.
"""

import base64
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from .keys import key_dir, read_or_create


def _new_key():
    return Ed25519PrivateKey.generate().private_bytes_raw()


def _load():
    """Return the private key, its id and its public key."""
    private = Ed25519PrivateKey.from_private_bytes(
        read_or_create("seal.key", make=_new_key)
    )
    public = private.public_key().public_bytes_raw()
    key_id = hashlib.sha256(public).hexdigest()[:16]
    read_or_create(f"seal-{key_id}.pub", make=lambda: public)
    return private, key_id


class Signer:
    """Signs with the current key and checks signatures of all known ones."""

    def __init__(self):
        """Read nothing yet: a missing key only matters when it is used."""
        self._private = self.key_id = None
        self._public = {}

    def sign(self, text):
        """Return ``(key id, signature)`` of ``text``."""
        if self._private is None:
            self._private, self.key_id = _load()
        signature = self._private.sign(text.encode())
        return self.key_id, base64.b64encode(signature).decode()

    def knows(self, key_id):
        """Tell whether ``key_id`` is a key of this installation."""
        if key_id not in self._public:
            # Only hexadecimal names are looked for: the id comes from the database.
            path = key_dir() / f"seal-{int(key_id or '0', 16):016x}.pub"
            public = path.read_bytes() if path.exists() else None
            if public and hashlib.sha256(public).hexdigest()[:16] != key_id:
                public = None
            self._public[key_id] = public and Ed25519PublicKey.from_public_bytes(public)
        return bool(self._public[key_id])

    def is_valid(self, key_id, signature, text):
        """Tell whether ``signature`` of ``text`` was made with the known ``key_id``."""
        try:
            self._public[key_id].verify(
                base64.b64decode(signature, validate=True), text.encode()
            )
        except (InvalidSignature, ValueError):
            return False
        return True
