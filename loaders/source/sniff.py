"""The format of a file by what it holds. Endings lie: pages are saved as .txt, pictures as .pdf."""

from __future__ import annotations

import io
import re
import zipfile

from kg.errors import SourceError
from loaders.source.decode import utf16

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|div)\b", re.IGNORECASE)
_MHT = re.compile(rb"^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related", re.IGNORECASE)
_CONTROL = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 26, 27})


def kind_of(name: str, data: bytes) -> str:
    """One of txt, html, mht, docx, pdf; SourceError for what is none of them. ``name`` is for the message."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(name, data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise SourceError(f"{name}: protected by a password; open it, save it without one and load that")
        raise SourceError(f"{name}: an old Office file (.doc, .xls); save it as .docx or .pdf and load that")
    if data.startswith(_PICTURES) and _binary(data):
        raise SourceError(f"{name}: a picture, without text; have its text recognised (OCR) and load that")
    if data.startswith(_ARCHIVES):
        raise SourceError(f"{name}: a packed archive; unpack it and load the notices in it")
    if data.startswith(b"{\\rtf"):
        raise SourceError(f"{name}: an RTF file; save it as .docx or .txt and load that")
    if _MHT.match(data[:4096].replace(b"\r\n", b"\n")):
        return "mht"
    if _HTML.search(data[:2048]) or _HTML.search(data[:4096].replace(b"\0", b"")):
        return "html"
    if _binary(data):
        raise SourceError(f"{name}: binary, not text; a notice is a .txt, .html, .docx or .pdf file: give one of these")
    return "txt"


def _zip_kind(name: str, data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = set(archive.namelist())
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, OSError):
        raise SourceError(f"{name}: cut short or damaged; fetch it again or save it anew from Word") from None
    if "word/document.xml" in parts:
        return "docx"
    if "xl/workbook.xml" in parts:
        raise SourceError(f"{name}: a workbook, not a notice in prose; save its text as .docx or .txt and load that")
    raise SourceError(f"{name}: an archive, but no Word document; unpack it and load the notices in it")


def _binary(data: bytes) -> bool:
    """Whether the bytes cannot be text: control characters beyond what stray ones or UTF-16 explain."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    head = data[:65536]
    controls = len(head) - len(head.translate(None, _CONTROL))
    return controls > len(head) // 200 and not utf16(data)
