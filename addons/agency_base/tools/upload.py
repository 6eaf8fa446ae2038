"""What a stranger's file must be before it is kept.

`check_upload` believes neither the name nor the type a browser sends: the bytes say
what a file is, the name must say the same, and only kinds on the allowlist pass. With
``clamd`` in the configuration file (a socket's path, or host:port) every file is shown
to that virus scanner as well, and refused while the scanner cannot be asked.
"""

import hashlib
import io
import re
import unicodedata
import zipfile
from typing import NamedTuple

from PIL import Image, UnidentifiedImageError

from odoo.tools import config

from .clamd import ScannerDownError, scan

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
# A picture of more pixels than that takes a gigabyte to draw.
MAX_PIXELS = 50_000_000
MAX_UNPACKED = 200 * MEGABYTE
MAX_NAME = 120
_ZIP = b"PK\x03\x04"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."


class Kind(NamedTuple):
    """A kind of file: what it is called, and how its bytes begin."""

    mimetype: str
    extensions: tuple
    magic: bytes
    # Inside a ZIP: the member that tells it from others.
    member: str = ""


KINDS = {
    "pdf": Kind("application/pdf", ("pdf",), b"%PDF-"),
    "jpeg": Kind("image/jpeg", ("jpg", "jpeg"), b"\xff\xd8\xff"),
    "png": Kind("image/png", ("png",), b"\x89PNG\r\n\x1a\n"),
    "docx": Kind(
        f"{_OFFICE}wordprocessingml.document", ("docx",), _ZIP, "word/document.xml"
    ),
    "xlsx": Kind(f"{_OFFICE}spreadsheetml.sheet", ("xlsx",), _ZIP, "xl/workbook.xml"),
    "pptx": Kind(
        f"{_OFFICE}presentationml.presentation",
        ("pptx",),
        _ZIP,
        "ppt/presentation.xml",
    ),
    "odt": Kind(f"{_OPEN}text", ("odt",), _ZIP, "mimetype"),
    "ods": Kind(f"{_OPEN}spreadsheet", ("ods",), _ZIP, "mimetype"),
}
PICTURES = ("jpeg", "png")
SCANS = ("pdf", *PICTURES)
DOCUMENTS = tuple(KINDS)
# Members that would run something when the document is opened.
_ACTIVE = re.compile(r"(^|/)(vbaProject\.bin|activeX/|embeddings/|Basic/)")
# Names such as «صورتcod.exe», turned round by an invisible mark, deceive the reader.
_NAME_MARKS = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
_ZWNJ = "\u200c"


class Upload(NamedTuple):
    """A file that passed: under which name and type to keep it, and its digest."""

    name: str
    mimetype: str
    kind: str
    size: int
    sha256: str


class UploadError(ValueError):
    """Why a file is refused: ``reason`` is a word for the caller to explain.

    empty, large, kind (not on the list), mismatch (the name says another), broken,
    active (macros or embedded programs), infected, unscanned (no scanner answered).
    """

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def check_upload(name, content, kinds=DOCUMENTS, max_bytes=MAX_BYTES):
    """Return the `Upload` of a file's bytes, or raise `UploadError`.

    >>> check_upload("../نامه.PDF", b"%PDF-1.7 and so on")[:3]
    ('نامه.pdf', 'application/pdf', 'pdf')
    >>> check_upload("a.pdf", b"<html>")
    Traceback (most recent call last):
        ...
    odoo.addons.agency_base.tools.upload.UploadError: mismatch
    """
    if not content:
        raise UploadError("empty")
    if len(content) > max_bytes:
        raise UploadError("large")
    kind = sniff(content)
    stem, extension = split_name(name)
    if kind not in kinds:
        # Who sends a program as a PDF is not helped by hearing that PDFs are accepted.
        claims = any(extension in KINDS[name].extensions for name in kinds)
        raise UploadError("mismatch" if claims else "kind")
    if extension not in KINDS[kind].extensions:
        raise UploadError("mismatch")
    if kind in PICTURES:
        _check_picture(content)
    elif KINDS[kind].magic == _ZIP:
        _check_archive(content)
    _show_to_scanner(content)
    return Upload(
        f"{stem}.{extension}",
        KINDS[kind].mimetype,
        kind,
        len(content),
        hashlib.sha256(content).hexdigest(),
    )


def sniff(content):
    r"""Return the kind that the bytes are, or None.

    >>> sniff(b"\xff\xd8\xff\xe0"), sniff(b"%PDF-1.4"), sniff(b"MZ")
    ('jpeg', 'pdf', None)
    """
    begun = [name for name, kind in KINDS.items() if content.startswith(kind.magic)]
    if begun and KINDS[begun[0]].magic == _ZIP:
        return _sniff_archive(content, begun)
    return begun[0] if begun else None


def split_name(name):
    r"""Return a file's name without folders and marks, as ``(stem, extension)``.

    >>> split_name("C:\\temp\\گزارش\u202efdp.۱.PDF")
    ('گزارشfdp.۱', 'pdf')
    >>> split_name("")
    ('file', '')
    """
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", name or "")[-1])
    name = "".join(
        char
        for char in name
        if char == _ZWNJ or unicodedata.category(char) not in _NAME_MARKS
    )
    stem, dot, extension = name.strip(" .").rpartition(".")
    if not dot:
        stem, extension = extension, ""
    return stem.strip()[:MAX_NAME] or "file", extension.lower()


def _sniff_archive(content, candidates):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            declared = b""
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                declared = archive.read("mimetype").strip()
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return None
    for name in candidates:
        kind = KINDS[name]
        if kind.member == "mimetype" and declared == kind.mimetype.encode():
            return name
        if kind.member != "mimetype" and kind.member in names:
            return name
    return None


def _check_picture(content):
    try:
        with Image.open(io.BytesIO(content)) as picture:
            width, height = picture.size
            if width * height > MAX_PIXELS:
                raise UploadError("large")
            picture.verify()
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise UploadError("broken") from error
    except (OSError, SyntaxError, ValueError) as error:
        if isinstance(error, UploadError):
            raise
        raise UploadError("broken") from error


def _check_archive(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise UploadError("large")
    if any(_ACTIVE.search(member.filename) for member in members):
        raise UploadError("active")


def _show_to_scanner(content):
    address = config.get("clamd")
    if not address:
        return
    try:
        found = scan(address, content)
    except ScannerDownError as error:
        raise UploadError("unscanned") from error
    if found:
        raise UploadError("infected")
