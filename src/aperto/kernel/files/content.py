"""What a file is, judged by its first bytes; its name and the sender's word are not asked.

A type that a browser would run as a page (HTML, SVG, XML) is never taken for a picture, and what is not
known for certain is plain bytes.
"""

import zipfile
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

BYTES = "application/octet-stream"
HEAD = 4096  # bytes that are looked at
SIGNATURES = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftyp", "video/mp4"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
)
# Office documents are archives; the first of these members tells them apart.
MEMBERS = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
# Shown in the browser; everything else is only ever downloaded.
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"})
OLD_OFFICE = frozenset({"application/x-ole-storage", "application/rtf"})
SHOWN = PICTURES | {"application/pdf"}
WORDS = frozenset({"text/plain", "text/html", "text/xml", "image/svg+xml"})
FAMILIES = {
    "pictures": _("Pictures"),
    "pdf": _("PDF"),
    "documents": _("Office documents"),
    "text": _("Text and tables"),
    "media": _("Sound and video"),
    "archives": _("Archives"),
    "other": _("All others"),
}
CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f")


def type_of(file: BinaryIO) -> str:
    """The media type; the file is left at its beginning."""
    file.seek(0)
    head = file.read(HEAD)
    found = next((name for at, mark, name in SIGNATURES if head[at : at + len(mark)] == mark), "")
    if found == "application/zip":
        found = _archive(file)
    file.seek(0)
    return found or _text(head)


def family_of(content_type: str) -> str:
    """Which of the kinds that an administrator may choose from."""
    if content_type in WORDS:
        return "text"
    if content_type == "application/pdf":
        return "pdf"
    if content_type in {"application/zip", "application/gzip"}:
        return "archives"
    start = content_type.partition("/")[0]
    if start in {"image", "video", "audio"}:
        return "pictures" if start == "image" else "media"
    office = content_type.startswith(("application/vnd.openxml", "application/vnd.oasis."))
    return "documents" if office or content_type in OLD_OFFICE else "other"


def _archive(file: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist()[:2000])
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                declared = archive.read("mimetype").decode("ascii", "replace")
                if declared.startswith("application/vnd.oasis.opendocument."):
                    return declared[:100]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return "application/zip"
    return next((name for member, name in MEMBERS.items() if member in names), "application/zip")


def _text(head: bytes) -> str:
    if b"\0" in head:
        return BYTES
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<"):
        return "image/svg+xml" if b"<svg" in start else "text/html" if _is_page(start) else "text/xml"
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(head) < HEAD or error.start < HEAD - 4:  # the head may end in the middle of a letter
            return "text/plain" if _is_old_text(head) else BYTES
    return "text/plain"


def _is_old_text(head: bytes) -> bool:
    """Tables that Windows programs write: no control letters, and nearly all of it plain."""
    plain = sum(each < 128 for each in head)
    return CONTROLS.isdisjoint(head) and plain > 0.8 * len(head)


def _is_page(start: bytes) -> bool:
    return not start.startswith(b"<?xml") or b"<html" in start
