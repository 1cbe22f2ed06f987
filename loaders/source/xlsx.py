"""Workbooks (.xlsx): cells as a person sees them, read as a stream so that a large sheet needs little memory.

Hidden rows and columns are data (a filter hid them); hidden sheets are not (words of drop-down lists). Of a formula the
cached value counts. A date cell is written YYYY-MM-DD.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse

from kg.cells import column_of
from kg.errors import SourceError
from loaders.source.grid import Grid, Row

_PART_LIMIT = 1 << 30  # bytes of one part unpacked
_RATIO, _SMALL = 300, 16 << 20  # a part that is larger than _SMALL may not unpack to more than _RATIO times its size
_WIDEST = 512  # columns; wider is no list
_BLANKS = 20_000  # rows without a value after which a sheet is taken to be at its end
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]+)(\d+):([A-Z]+)(\d+)\"")
_BUILT_IN_DATES = frozenset([*range(14, 18), 22, *range(27, 37), *range(50, 59)])
_DATE_CODE = re.compile(r"[ymdYMD年月日]")
_NOT_CODE = re.compile(r"\[[^\]]*\]|\"[^\"]*\"|\\.")


def read_xlsx(name: str, source: Path | bytes) -> list[Grid]:
    """The visible sheets with something in them; SourceError where the file is damaged, protected or a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
            return _book(name, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, ParseError, KeyError, NotImplementedError, OSError, ValueError):
        raise SourceError(f"{name}: cut short or damaged; fetch it again or save it anew as .xlsx") from None
    except RuntimeError:  # zipfile's word for an encrypted member
        raise SourceError(f"{name}: protected by a password; open it, save it without one and load that") from None


def _book(name: str, archive: zipfile.ZipFile) -> list[Grid]:
    parts = set(archive.namelist())
    targets = {
        e.get("Id", ""): _path(e.get("Target", ""))
        for e in _elements(name, archive, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    sheets, early = [], False
    for e in _elements(name, archive, "xl/workbook.xml", "sheet", "workbookPr"):
        if _local(e) == "workbookPr":
            early = e.get("date1904") in ("1", "true")
            continue
        link = next((v for k, v in e.attrib.items() if k.endswith("}id")), "")
        if e.get("state", "visible") == "visible" and targets.get(link, "") in parts:
            sheets.append((e.get("name", ""), targets[link]))
    strings = list(_strings(name, archive)) if "xl/sharedStrings.xml" in parts else []
    dates = _date_styles(name, archive) if "xl/styles.xml" in parts else frozenset()
    grids = []
    for title, part in sheets:
        if "worksheets/" not in part:
            continue  # a chart
        reader = _Sheet(title, strings, dates, datetime(1904, 1, 1) if early else datetime(1899, 12, 30))
        with _open(name, archive, part) as content:
            reader.read(content)
        if reader.grid.rows:
            with archive.open(part) as content:
                reader.grid.merges = _merges(content)
            grids.append(reader.grid)
    return grids


def _path(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl", target))


def _open(name: str, archive: zipfile.ZipFile, part: str) -> IO[bytes]:
    info = archive.getinfo(part)
    packed = max(1, info.compress_size)
    if info.file_size > _PART_LIMIT or info.file_size > _SMALL and info.file_size > _RATIO * packed:
        raise SourceError(f"{name}: unpacks to {info.file_size >> 20} MB, not a list (a zip bomb?); leave it out")
    with archive.open(part) as head:
        if _DTD.search(head.read(4096)):
            raise SourceError(f"{name}: declares XML entities, which no workbook does; leave it out or save it anew")
    return archive.open(part)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _elements(name: str, archive: zipfile.ZipFile, part: str, *wanted: str) -> Iterator[Element]:
    with _open(name, archive, part) as content:
        for _, element in iterparse(content):
            if _local(element) in wanted:
                yield element


def _strings(name: str, archive: zipfile.ZipFile) -> Iterator[str]:
    """The shared strings, runs of one string joined, readings (rPh) left out."""
    with _open(name, archive, "xl/sharedStrings.xml") as content:
        for _, element in iterparse(content):
            if _local(element) == "si":
                yield _text(element)
                element.clear()


def _text(element: Element) -> str:
    out = []
    for child in element:
        tag = _local(child)
        if tag == "t":
            out.append(child.text or "")
        elif tag == "r":
            out += [t.text or "" for t in child if _local(t) == "t"]
    return "".join(out).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")


def _date_styles(name: str, archive: zipfile.ZipFile) -> frozenset[str]:
    """Numbers of the cell styles that show a date."""
    codes: dict[str, str] = {}
    found: list[str] = []
    with _open(name, archive, "xl/styles.xml") as content:
        for _, element in iterparse(content):
            tag = _local(element)
            if tag == "numFmt":
                codes[element.get("numFmtId", "")] = element.get("formatCode", "")
            elif tag == "cellXfs":
                for i, xf in enumerate(element):
                    number = xf.get("numFmtId", "0")
                    code = _NOT_CODE.sub("", codes.get(number, ""))
                    if (number.isdigit() and int(number) in _BUILT_IN_DATES) or _DATE_CODE.search(code):
                        found.append(str(i))
    return frozenset(found)


def _merges(content: IO[bytes]) -> list[tuple[int, int, int, int]]:
    found = []
    rest = b""
    while chunk := content.read(1 << 20):
        rest += chunk
        if b"mergeCell" not in rest:
            rest = rest[-200:]
            continue
        last = 0
        for m in _MERGE.finditer(rest):
            found.append((int(m[2]), column_of(m[1].decode()), int(m[4]), column_of(m[3].decode())))
            last = m.end()
        rest = rest[max(last, len(rest) - 200) :]
    return found


class _Sheet:
    """Reads the rows of one sheet."""

    def __init__(self, title: str, strings: list[str], dates: frozenset[str], epoch: datetime) -> None:
        self.grid, self.strings, self.dates, self.epoch = Grid(title), strings, dates, epoch

    def read(self, content: IO[bytes]) -> None:
        number, blanks = 0, 0
        for _, element in iterparse(content):
            if not element.tag.endswith("}row"):
                if element.tag.endswith("}sheetData"):
                    return
                continue
            number = int(element.get("r") or number + 1)
            cells = self.cells(element, number)
            element.clear()  # its empty shell stays, a few dozen bytes
            if cells:
                self.grid.rows.append(Row(number, cells))
                blanks = 0
            else:
                blanks += 1
                if blanks > _BLANKS:
                    return

    def cells(self, row: Element, number: int) -> list[str]:
        out: list[str] = []
        for cell in row:
            value = self.value(cell)
            if value is None:
                value = ""
                self.grid.lost.append((number, column_of(cell.get("r", ""))))
            if not value:
                continue
            ref = cell.get("r")
            at = column_of(ref) if ref else len(out)
            if at >= _WIDEST:
                continue
            out += [""] * (at - len(out))
            out.append(value)
        return out

    def value(self, cell: Element) -> str | None:
        """What a cell shows; None for a formula without a stored value."""
        kind, raw, formula = cell.get("t", "n"), None, False
        for child in cell:
            tag = child.tag
            if tag.endswith("}v"):
                raw = child.text
            elif tag.endswith("}is"):
                return _text(child).strip()
            elif tag.endswith("}f"):
                formula = True
        if raw is None:
            return None if formula and kind != "str" else ""
        if kind == "s":
            return self.strings[int(raw)].strip()
        if kind in ("str", "d"):
            return (raw[:10] if kind == "d" else raw).strip()
        if kind == "b":
            return "是" if raw == "1" else "否"
        if kind == "e":
            return ""
        return self.number(raw, cell.get("s", ""))

    def number(self, raw: str, style: str) -> str:
        try:
            number = float(raw)
        except ValueError:
            return raw.strip()
        if style in self.dates and 0 < number < 2_958_466:
            return (self.epoch + timedelta(days=number)).date().isoformat()
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(round(number, 10))
