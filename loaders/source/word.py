"""Word files (.docx): paragraphs and table rows in reading order, a line each."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import IO
from xml.etree.ElementTree import ParseError, iterparse

from kg.errors import SourceError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_PART_LIMIT = 128 * 1024 * 1024  # bytes of one part unpacked; a book is a tenth of it
_RATIO = 200  # times a part may be larger than it is packed; text packs 5 to 20 times
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def read_docx(name: str, data: bytes) -> tuple[str, dict[str, str]]:
    """(text, meta) of a Word file; SourceError where it is damaged, protected or unpacks beyond measure."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = set(archive.namelist())
            text = _lines(_part(name, archive, "word/document.xml"))
            meta = _core(_part(name, archive, "docProps/core.xml")) if "docProps/core.xml" in parts else {}
    except (zipfile.BadZipFile, zlib.error, EOFError, ParseError, KeyError, NotImplementedError, OSError, ValueError):
        raise SourceError(f"{name}: cut short or damaged; fetch it again or save it anew from Word") from None
    except RuntimeError:  # zipfile's word for an encrypted member
        raise SourceError(f"{name}: protected by a password; open it, save it without one and load that") from None
    return text, meta


def _part(name: str, archive: zipfile.ZipFile, part: str) -> IO[bytes]:
    info = archive.getinfo(part)
    if (
        info.file_size > _PART_LIMIT
        or info.file_size > 1 << 20
        and info.file_size > _RATIO * max(1, info.compress_size)
    ):
        raise SourceError(f"{name}: unpacks to {info.file_size >> 20} MB, not a notice (a zip bomb?); leave it out")
    content = archive.read(part)  # reads no more than file_size says, and checks it
    if _DTD.search(content[:4096]):
        raise SourceError(
            f"{name}: declares XML entities, which Word never does; leave it out or save it anew from Word"
        )
    return io.BytesIO(content)


def _lines(content: IO[bytes]) -> str:
    """Paragraphs as lines; rows as cells with tabs between; deleted text, fields' codes and fallbacks left out."""
    out: list[str] = []
    paragraphs: list[list[str]] = []  # open ones, innermost (text boxes) last
    cells: list[list[list[str]]] = []  # open rows: cells: lines
    silent = 0
    for event, element in iterparse(content, ("start", "end")):
        tag = element.tag.replace(_STRICT, _W)
        if tag in (_W + "del", _W + "moveFrom") or tag.endswith("}Fallback"):
            silent += 1 if event == "start" else -1
        if event == "start":
            if tag == _W + "p":
                paragraphs.append([])
            elif tag == _W + "tr":
                cells.append([])
            elif tag == _W + "tc" and cells:
                cells[-1].append([])
            continue
        sink = cells[-1][-1] if cells and cells[-1] else out
        if tag == _W + "p":
            sink.append("".join(paragraphs.pop()))
            element.clear()
        elif tag == _W + "tr":
            row = [" ".join(line for line in cell if line.strip()) for cell in cells.pop()]
            outer = cells[-1][-1] if cells and cells[-1] else out
            outer.append("\t".join(row).strip("\t"))
            element.clear()
        elif paragraphs and not silent:
            if tag == _W + "t":
                paragraphs[-1].append(element.text or "")
            elif tag == _W + "tab":
                paragraphs[-1].append("\t")
            elif tag in (_W + "br", _W + "cr"):
                paragraphs[-1].append("\n")
            elif tag == _W + "noBreakHyphen":
                paragraphs[-1].append("-")
    return "\n".join(out).strip("\n")


def _core(content: IO[bytes]) -> dict[str, str]:
    """The title that the file's properties state; their dates and authors are the typist's, not the notice's."""
    for _, element in iterparse(content):
        if element.tag == "{http://purl.org/dc/elements/1.1/}title" and (element.text or "").strip():
            return {"page_title": " ".join((element.text or "").split())}
    return {}
