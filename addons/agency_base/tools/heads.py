"""The head of each chain of seals, kept outside the database.

A chain proves what is in it, not that nothing was cut off at its end. So the number of
seals and the last hash are also written to a file of the server after each commit.
"""

import fcntl
import json

from .keys import key_dir


def _path(dbname, company_id):
    folder = key_dir() / "heads" / dbname
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"{company_id}.json"


def keep_head(dbname, company_id, length, head_hash):
    """Remember a head unless a longer chain was seen before."""
    with _path(dbname, company_id).open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        known = json.loads(file.read() or "{}")
        if length > known.get("length", 0):
            file.seek(0)
            file.truncate()
            json.dump({"length": length, "hash": head_hash}, file)


def kept_head(dbname, company_id):
    """Return the remembered ``(length, hash)``, or None on a server that has none."""
    path = _path(dbname, company_id)
    if not path.exists():
        return None
    known = json.loads(path.read_text() or "{}")
    return (known["length"], known["hash"]) if known else None
