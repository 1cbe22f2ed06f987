"""The door: a path or bytes in, a Document out; everything that cannot be read says so in one line."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from kg.errors import SourceError
from loaders.source.decode import decode
from loaders.source.document import Document
from loaders.source.sniff import kind_of

ENDINGS = (".txt", ".text", ".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml", ".docx", ".pdf")
"""Endings that a folder is searched for. A file under one of them is read by what it holds, not by its name."""

REFUSED = (".doc", ".wps", ".rtf", ".ofd", ".odt")
"""Endings of documents that hold notices too, and that are not read: a folder is searched for them to say so."""
READABLE = "a notice is a .txt, .html, .docx or .pdf file"
LIMIT = 64 * 1024 * 1024  # bytes; the largest notices known are a hundredth of this


def read(source: Path | bytes, name: str = "") -> Document:
    """Read one notice from a file, or from bytes (standard input, a download) under a ``name`` for messages.

    Raises SourceError, one line that starts with the name, for a path that is missing or a folder, an ending that
    is not a notice's, and bytes that are empty, too many, binary, damaged, encrypted, without text, or that
    decode as nothing.
    """
    if isinstance(source, bytes):
        name, data = name or "-", source
    else:
        name = name or str(source)
        check_ending(name, source.suffix.lower())
        data = _load(name, source)
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise SourceError(f"{name}: the file is empty; nothing to read, give another file")
    if len(data) > LIMIT:
        raise SourceError(f"{name}: larger than {LIMIT >> 20} MB, more than a notice; split it or give the text alone")
    document = _parse(name, data)
    if not document.text.strip():
        raise SourceError(f"{name}: there is no text in it; give a file that holds the notice's text")
    return document


def check_ending(name: str, ending: str) -> None:
    """Raise SourceError where the ending (lower case, with its dot, '' for none) is not one of a notice."""
    if ending in REFUSED:
        raise SourceError(f"{name}: {ending} files are not read; save it as .docx, .pdf or .txt and load that")
    if ending and ending not in ENDINGS:
        raise SourceError(f"{name}: the ending {ending} is not one of a notice; {READABLE}: convert or rename it")


def _load(name: str, path: Path) -> bytes:
    try:
        if path.is_dir():
            raise SourceError(f"{name}: this is a folder, not a notice; name a file in it")
        if path.stat().st_size > LIMIT:
            raise SourceError(f"{name}: larger than {LIMIT >> 20} MB, more than a notice; split it or give its text")
        return path.read_bytes()
    except FileNotFoundError:
        raise SourceError(f"{name}: no such file; check the path") from None
    except PermissionError:
        raise SourceError(f"{name}: you may not read this file; change its permissions or copy it") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise SourceError(f"{name}: cannot be read ({why}); check the path and the disk") from None


def _parse(name: str, data: bytes) -> Document:
    kind, sha256 = kind_of(name, data), hashlib.sha256(data).hexdigest()
    # parsers are imported where they are needed: `kg --help` must not pay for them
    if kind == "docx":
        from loaders.source.word import read_docx

        text, meta = read_docx(name, data)
        return Document(text, meta, name, "docx", "", sha256)
    if kind == "pdf":
        from loaders.source.pdf import read_pdf

        text, meta = read_pdf(name, data)
        return Document(text, meta, name, "pdf", "", sha256)
    if kind == "mht":
        from loaders.source.mht import page_of

        data = page_of(name, data)
    decoded = decode(name, data, markup=kind in ("html", "mht"))
    if kind in ("html", "mht") or looks_like_html(decoded.text):
        from loaders.source.html import read_html

        text, meta = read_html(name, decoded.text)
        return Document(text, meta, name, "html", decoded.encoding, sha256, decoded.remarks)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    return Document(text, {}, name, "txt", decoded.encoding, sha256, decoded.remarks)


def looks_like_html(text: str) -> bool:
    """Whether decoded text is a page: it opens with markup, or has a page's elements near its top."""
    head = text[:4096].lstrip("\ufeff \t\r\n").lower()
    return bool(re.match(r"<(?:!doctype|!--|[a-z][\w-]*[\s/>])", head)) or ("<html" in head and "<head" in head)
