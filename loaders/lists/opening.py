"""A file as a book of grids: which kind it is by what it holds, and what cannot be read said in one line."""

from __future__ import annotations

import hashlib
import re
import zipfile
from pathlib import Path
from typing import IO

from kg.errors import SourceError
from loaders.source.decode import decode
from loaders.source.grid import Book

_LIMIT = 512 * 1024 * 1024  # bytes of a workbook or CSV
_PAGE_LIMIT = 64 * 1024 * 1024  # bytes of a page or Word file
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TABULAR = (".xlsx", ".xlsm", ".csv", ".tsv", ".xls", ".et")
_PAGES = (".html", ".htm", ".shtml", ".xhtml", ".docx")


def open_book(source: Path | bytes, name: str) -> Book | None:
    """The grids of a file; None where it is another loader's. Raises SourceError."""
    ending = Path(name).suffix.lower() if isinstance(source, bytes) else source.suffix.lower()
    if ending and ending not in (*_TABULAR, *_PAGES):
        return None
    head = _head(source, name, ending)
    if head is None:
        return None
    if head.startswith(_OLE):
        return _old(source, name, ending)
    if ending in (".xlsx", ".xlsm", ".xls") or (head.startswith(b"PK") and ending not in _PAGES):
        return _workbook(source, name, ending, head)
    if ending in (".csv", ".tsv"):
        return _values(source, name)
    return _page(source, name, ending, head)


def _head(source: Path | bytes, name: str, ending: str) -> bytes | None:
    """The first bytes of a file; None where it is not this loader's to complain of."""
    if isinstance(source, bytes):
        return source[:4096]
    try:
        if source.is_dir():
            return None
        limit = _LIMIT if ending in _TABULAR else _PAGE_LIMIT
        if source.stat().st_size > limit:
            if ending not in _TABULAR:
                return None
            raise SourceError(f"{name}: larger than {limit >> 20} MB, more than a list; split it")
        with source.open("rb") as file:
            head = file.read(4096)
    except FileNotFoundError:
        raise SourceError(f"{name}: no such file; check the path") from None
    except PermissionError:
        raise SourceError(f"{name}: you may not read this file; change its permissions or copy it") from None
    except OSError as error:
        raise SourceError(f"{name}: cannot be read ({error.strerror or error}); check the path and the disk") from None
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe") and ending in _TABULAR:
        raise SourceError(f"{name}: the file is empty; nothing to read, give another file")
    return head


def _bytes(source: Path | bytes) -> bytes:
    return source if isinstance(source, bytes) else source.read_bytes()


def _sha256(source: Path | bytes) -> str:
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest()
    with source.open("rb") as file:
        return _digest(file)


def _digest(file: IO[bytes]) -> str:
    found = hashlib.sha256()
    while chunk := file.read(1 << 20):
        found.update(chunk)
    return found.hexdigest()


def _old(source: Path | bytes, name: str, ending: str) -> Book | None:
    if _ENCRYPTED in _bytes(source):
        if ending not in (".xlsx", ".xlsm", ".xls"):
            return None
        raise SourceError(f"{name}: protected by a password; open it, save it without one and load that")
    if ending in _TABULAR or not ending:
        raise SourceError(f"{name}: an old workbook (.xls); open it, save it as .xlsx and load that")
    return None


def _workbook(source: Path | bytes, name: str, ending: str, head: bytes) -> Book | None:
    from loaders.source.xlsx import read_xlsx

    if not head.startswith(b"PK"):
        if b"<html" in head.lower() or b"<table" in head.lower():  # many programs save pages under this ending
            return _page(source, name, ".html", head)
        raise SourceError(f"{name}: not a workbook, or damaged; open it in a spreadsheet program and save it as .xlsx")
    if not ending and not _has_workbook(source):
        return _page(source, name, ending, head)
    return Book(read_xlsx(name, source), name, "xlsx", sha256=_sha256(source))


def _has_workbook(source: Path | bytes) -> bool:
    import io

    try:
        with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def _values(source: Path | bytes, name: str) -> Book:
    from loaders.source.delimited import read_csv

    data = _bytes(source)
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe,;"):
        raise SourceError(f"{name}: the file is empty; nothing to read, give another file")
    grids, encoding, remarks = read_csv(name, data)
    return Book(grids, name, "csv", encoding, hashlib.sha256(data).hexdigest(), remarks=remarks)


def _page(source: Path | bytes, name: str, ending: str, head: bytes) -> Book | None:
    """The tables of a page or Word file; None where there are none."""
    from loaders.source.tables import html_tables, word_tables

    data = _bytes(source)
    if len(data) > _PAGE_LIMIT:
        return None
    sha256 = hashlib.sha256(data).hexdigest()
    if head.startswith(b"PK"):
        if b"word/" not in data:
            return None
        grids, meta = word_tables(name, data)
        return Book(grids, name, "docx", sha256=sha256, meta=meta) if grids else None
    if not re.search(rb"<\s*table", data.replace(b"\0", b""), re.IGNORECASE):
        return None
    decoded = decode(name, data, markup=True)
    grids, meta = html_tables(decoded.text)
    return Book(grids, name, "html", decoded.encoding, sha256, meta, list(decoded.remarks)) if grids else None
