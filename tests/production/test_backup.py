"""A backup is one consistent pair of database and files, and comes back whole."""

import subprocess
import tarfile

import pytest

COUNT = "select count(*), coalesce(sum(file_size), 0) from ir_attachment"


def query(database, text):
    """Return what psql answers."""
    command = ["psql", "-At", "-d", database, "-c", text]
    return subprocess.run(
        command, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture(scope="module")
def archive(suite):
    """Take one backup while the suite is being served."""
    path = suite.folder / "backups" / "pair.tar"
    done = suite.command("backup", str(path))
    assert done.returncode == 0, done.stderr
    return path


def test_a_backup_comes_back_with_every_file(suite, archive):
    """The restored database names the same attachments, and each file is there."""
    before = query(suite.database, COUNT)
    done = suite.command("restore", str(archive), suite.restored)
    assert done.returncode == 0, done.stderr
    assert query(suite.restored, COUNT) == before
    assert archive.stat().st_mode & 0o077 == 0


def test_a_restored_database_that_admits_admin_admin_does_not_serve(suite, archive):
    """What somebody reset by hand is found at the next start."""
    if not query(
        "postgres", f"select 1 from pg_database where datname='{suite.restored}'"
    ):
        suite.command("restore", str(archive), suite.restored)
    crypted = suite.shell("print(env.user._crypt_context().hash('admin'))").split()[-1]
    query(
        suite.restored,
        f"update res_users set password = '{crypted}' where login = 'admin'",
    )
    done = suite.command("serve", DB_NAME=suite.restored)
    assert done.returncode and "still has the password" in done.stderr


def test_a_restore_never_covers_a_living_database(suite, archive):
    """Restoring over what people use needs a decision, not a slip."""
    done = suite.command("restore", str(archive))
    assert done.returncode and "exists already" in done.stderr


def test_half_a_backup_is_refused_before_anything_is_made(suite, archive, tmp_path):
    """A truncated archive leaves no half database behind."""
    half = tmp_path / "half.tar"
    half.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    done = suite.command("restore", str(half), suite.broken)
    assert done.returncode and "not a whole backup" in done.stderr
    assert not query(
        "postgres", f"select 1 from pg_database where datname='{suite.broken}'"
    )


@pytest.mark.parametrize(("name", "link"), [("../out", ""), ("in", "/etc/passwd")])
def test_an_archive_that_leads_outside_is_refused(suite, tmp_path, name, link):
    """Someone else's archive writes nothing beside the folder it is unpacked in."""
    foul = tmp_path / "foul.tar"
    member = tarfile.TarInfo(name)
    member.linkname, member.type = link, tarfile.SYMTYPE if link else tarfile.REGTYPE
    with tarfile.open(foul, "w") as target:
        target.addfile(member)
    done = suite.command("restore", str(foul), suite.broken)
    assert done.returncode and f"it holds {name}" in done.stderr


def test_a_missing_file_is_named(suite, archive, tmp_path):
    """An archive whose files were thinned out does not pass for a good one."""
    thin = tmp_path / "thin.tar"
    with tarfile.open(archive) as source, tarfile.open(thin, "w") as target:
        dropped = False
        for member in source:
            if member.isfile() and "filestore/" in member.name and not dropped:
                dropped = True
                continue
            target.addfile(
                member, source.extractfile(member) if member.isfile() else None
            )
    done = suite.command("restore", str(thin), suite.broken)
    assert done.returncode and "1 files are missing" in done.stderr


def test_the_collector_of_files_waits_for_a_backup(suite):
    """While the pair is being read, Odoo's garbage collection gets no lock."""
    with subprocess.Popen(
        ["psql", "-q", "-d", suite.database],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        holder.stdin.write(
            "begin; lock table ir_attachment in row exclusive mode;\n\\echo held\n"
        )
        holder.stdin.flush()
        assert holder.stdout.readline().strip() == "held"
        answer = suite.shell(
            "print('collected', env['ir.attachment']._gc_file_store())"
        )
        holder.stdin.write("rollback;\n\\q\n")
        holder.stdin.flush()
    assert "collected False" in answer
