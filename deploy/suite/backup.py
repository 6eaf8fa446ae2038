"""Back up and restore the database and its files as one consistent pair."""

import json
import os
import shutil
import tarfile
import tempfile
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path

from common import client, connect, exists, fail, rows, say


def filestore(conf, database):
    """Return the folder in which Odoo keeps the files of this database."""
    return Path(conf["DATA_DIR"], "filestore", database)


def backup(conf, target=None):
    """Write database and filestore into one archive.

    The database is dumped first and its files copied after it: files are only ever
    added, except by the garbage collection of attachments, and that needs a lock on
    their table which it does not get while this lock is held. So every file that
    the dump names is in the archive, while users go on working.
    """
    database = conf["DB_NAME"]
    started = datetime.now(timezone.utc)
    target = Path(
        target or Path(conf["BACKUP_DIR"], f"{database}-{started:%Y%m%d-%H%M%S}.tar")
    )
    partial = target.with_name(target.name + ".part")
    os.umask(0o077)
    with (
        closing(connect(conf, database)) as connection,
        connection.cursor() as cr,
        tempfile.TemporaryDirectory(dir=target.parent) as scratch,
    ):
        cr.execute("LOCK TABLE ir_attachment IN ROW EXCLUSIVE MODE")
        dump = Path(scratch, "database.dump")
        client(conf, "pg_dump", "--format=custom", f"--file={dump}", database)
        about = {"database": database, "started": started.isoformat(), "format": 1}
        Path(scratch, "about.json").write_text(json.dumps(about))
        with tarfile.open(partial, "w") as archive:
            archive.add(Path(scratch, "about.json"), "about.json")
            archive.add(dump, "database.dump")
            if filestore(conf, database).is_dir():
                archive.add(filestore(conf, database), "filestore")
        cr.execute(
            "INSERT INTO ir_config_parameter (key, value) VALUES (%s, %s)"
            " ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value",
            ["agency_base.last_backup", started.strftime("%Y-%m-%d %H:%M:%S")],
        )
        connection.commit()
    partial.replace(target)
    say(f"wrote {target} ({target.stat().st_size / 1e6:.1f} MB)")


def missing_files(conf, database):
    """Return the stored names of attachments whose file is not in the filestore."""
    query = "SELECT DISTINCT store_fname FROM ir_attachment WHERE store_fname > ''"
    folder = filestore(conf, database)
    names = [name for (name,) in rows(conf, database, query)]
    return [name for name in names if not (folder / name).is_file()]


def _unpack(archive, folder):
    """Lay out files and folders only, and none outside of ``folder``.

    Not by tarfile's own filter: Python has it since 3.11.4, Debian 12 has 3.11.2.
    """
    for member in archive:
        place = (folder / member.name).resolve()
        if not (member.isreg() or member.isdir()) or not place.is_relative_to(folder):
            raise tarfile.TarError(f"it holds {member.name}")
        archive.extract(member, folder, set_attrs=False)


def restore(conf, source, database=None):
    """Make ``database`` from an archive, and check the pair."""
    database = database or conf["DB_NAME"]
    files = filestore(conf, database)
    if exists(conf, database) or files.exists():
        fail(f"{database!r} exists already: name another, or move it away first.")
    with tempfile.TemporaryDirectory(dir=conf["DATA_DIR"]) as scratch:
        try:
            with tarfile.open(source) as archive:
                _unpack(archive, Path(scratch).resolve())
            json.loads(Path(scratch, "about.json").read_text())
        except (OSError, tarfile.TarError, ValueError) as error:
            fail(f"{source} is not a whole backup of the suite: {error}")
        client(conf, "createdb", "--template=template0", "--lc-collate=C", database)
        dump = str(Path(scratch, "database.dump"))
        client(
            conf, "pg_restore", "--no-owner", "--exit-on-error", "-d", database, dump
        )
        files.parent.mkdir(parents=True, exist_ok=True)
        if Path(scratch, "filestore").is_dir():
            shutil.move(Path(scratch, "filestore"), files)
    if lost := missing_files(conf, database):
        fail(
            f"{database!r} was restored, but {len(lost)} files are missing: {lost[:3]}"
        )
    say(f"restored {database!r}: the database and every file it names")
