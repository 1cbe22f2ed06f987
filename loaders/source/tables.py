"""Tables of HTML pages and Word files as grids, with the lines of text around them.

Only tables that hold no other table are grids: a table around tables is layout.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError, iterparse

from kg.errors import SourceError
from loaders.source.elements import without
from loaders.source.grid import Grid, Row
from loaders.source.html import _meta, selector
from loaders.source.tree import children
from loaders.source.word import _STRICT, _W, _core, _part

_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "header",
        "footer",
        "caption",
    ]
)
_SPAN_LIMIT = 1000


class _Lines:
    """What has been read so far: lines of text, and the grids between them."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self.lines: list[str] = []
        self.open = ""

    def text(self, text: str) -> None:
        self.open += text

    def line(self) -> None:
        if clean := self.open.strip(" \n\t\u3000\xa0"):
            self.lines += [x.strip() for x in clean.split("\n") if x.strip()]
        self.open = ""

    def grid(self, grid: Grid) -> None:
        self.line()
        grid.before, self.lines = self.lines, []
        self.grids.append(grid)

    def close(self) -> list[Grid]:
        self.line()
        if self.grids:
            self.grids[-1].after = self.lines
        return self.grids


def html_tables(markup: str) -> tuple[list[Grid], dict[str, str]]:
    """(grids, front matter that the markup states) of a decoded page."""
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(markup)
    meta = _meta(tree)
    out = _Lines()
    if tree.body is not None and "<table" in markup.lower():
        try:
            _walk(HTMLTree.parse(without(tree.body.html, selector("furniture"))).body, out)
        except RecursionError:  # elements within elements a thousand deep: nobody's list
            return [], meta
    return out.close(), meta


def _walk(node: Any, out: _Lines) -> None:
    for child in children(node):
        tag = child.tag
        if tag == "#text":
            out.text(_SPACE.sub(" ", child.text))
        elif tag == "br":
            out.text("\n")
        elif tag == "table" and child.query_selector("table") is None:
            out.grid(_html_grid(child))
        elif tag in ("td", "th", "tr") or tag in _BLOCKS:
            out.line()
            _walk(child, out)
            out.line()
        else:
            _walk(child, out)


def _html_grid(table: Any) -> Grid:
    grid = Grid("")
    caption = table.query_selector("caption")
    parts = (
        part
        for child in children(table)
        for part in (children(child) if child.tag in ("tbody", "thead", "tfoot") else (child,))
    )
    rows = (part for part in parts if part.tag == "tr")
    cells = (
        [(_visible(c), _span(c, "colspan"), _span(c, "rowspan")) for c in children(row) if c.tag in ("td", "th")]
        for row in rows
    )
    _fill(grid, cells)
    if caption is not None and (text := _visible(caption)):
        grid.rows.insert(0, Row(0, [text]))
    return grid


def _span(cell: Any, name: str) -> int:
    digits = re.match(r"\s*(\d{1,4})", cell.getattr(name) or "")
    return max(1, min(_SPAN_LIMIT, int(digits[1]))) if digits else 1


def _visible(cell: Any) -> str:
    """The text of a cell, its paragraphs and <br> as line breaks."""
    parts: list[str] = []

    def walk(node: Any) -> None:
        for child in children(node):
            if child.tag == "#text":
                parts.append(_SPACE.sub(" ", child.text))
            elif child.tag == "br":
                parts.append("\n")
            else:
                block = child.tag in _BLOCKS
                if block:
                    parts.append("\n")
                walk(child)
                if block:
                    parts.append("\n")

    walk(cell)
    return re.sub(r"[ \u3000\xa0]*\n[\s\u3000\xa0]*", "\n", "".join(parts)).strip(" \n\t\u3000\xa0")


def _fill(grid: Grid, rows: Iterator[list[tuple[str, int, int]]]) -> None:
    """Rows of (text, columns, rows) put in their columns, as a browser does it."""
    taken: dict[int, int] = {}  # column -> last row number that a cell from above covers
    for number, cells in enumerate(rows, 1):
        out: list[str] = []
        column = 0
        for text, across, down in cells:
            while taken.get(column, 0) >= number:
                column += 1
            out += [""] * (column - len(out))
            out.append(text)
            if across > 1 or down > 1:
                grid.merges.append((number, column, number + down - 1, column + across - 1))
            for c in range(column, column + across):
                taken[c] = number + down - 1
            column += across
        if any(out):
            grid.rows.append(Row(number, out))


def word_tables(name: str, data: bytes) -> tuple[list[Grid], dict[str, str]]:
    """(grids, front matter) of a Word file; SourceError where it is damaged, protected or unpacks beyond measure."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = set(archive.namelist())
            body = next(e for _, e in iterparse(_part(name, archive, "word/document.xml")) if e.tag.endswith("}body"))
            meta = _core(_part(name, archive, "docProps/core.xml")) if "docProps/core.xml" in parts else {}
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        ParseError,
        KeyError,
        NotImplementedError,
        OSError,
        ValueError,
        StopIteration,
    ):
        raise SourceError(f"{name}: cut short or damaged; fetch it again or save it anew from Word") from None
    except RuntimeError:  # zipfile's word for an encrypted member
        raise SourceError(f"{name}: protected by a password; open it, save it without one and load that") from None
    for element in body.iter():
        element.tag = element.tag.replace(_STRICT, _W)
    out = _Lines()
    _blocks(body, out)
    return out.close(), meta


def _blocks(parent: Element, out: _Lines) -> None:
    for element in parent:
        if element.tag == _W + "p":
            out.text(_paragraph(element))
            out.line()
        elif element.tag == _W + "tbl":
            if element.find(f".//{_W}tc//{_W}tbl") is None:
                out.grid(_word_grid(element))
            else:
                for cell in element.iter(_W + "tc"):
                    _blocks(cell, out)
        elif element.tag in (_W + "sdt", _W + "sdtContent", _W + "ins", _W + "customXml"):
            _blocks(element, out)


def _paragraph(paragraph: Element) -> str:
    out = []
    for element in _kept(paragraph):
        if element.tag == _W + "t":
            out.append(element.text or "")
        elif element.tag == _W + "tab":
            out.append(" ")
        elif element.tag in (_W + "br", _W + "cr"):
            out.append("\n")
        elif element.tag == _W + "noBreakHyphen":
            out.append("-")
    return "".join(out)


def _kept(element: Element) -> Iterator[Element]:
    """All that is in force: deleted text and fallbacks left out."""
    for child in element:
        if child.tag in (_W + "del", _W + "moveFrom", _W + "tabs") or child.tag.endswith("}Fallback"):
            continue
        yield child
        yield from _kept(child)


def _word_grid(table: Element) -> Grid:
    grid = Grid("")
    above: dict[int, tuple[int, int]] = {}  # column -> (row number, columns) of the cell that runs down
    runs: dict[tuple[int, int], list[int]] = {}
    rows = [e for e in _kept(table) if e.tag == _W + "tr"]
    for number, row in enumerate(rows, 1):
        out: list[str] = []
        column = _before(row)
        for cell in (e for e in row.iter(_W + "tc")):
            props = cell.find(_W + "tcPr")
            across, merge = 1, None
            if props is not None:
                span, merge = props.find(_W + "gridSpan"), props.find(_W + "vMerge")
                across = int(span.get(_W + "val", "1")) if span is not None else 1
            text = "\n".join(x for p in cell.iter(_W + "p") if (x := _paragraph(p).strip(" \u3000\t"))).strip()
            if merge is not None and merge.get(_W + "val") != "restart" and column in above:
                runs[(above[column][0], column)][2] = number
            else:
                out += [""] * (column - len(out))
                out.append(text)
                if merge is not None:
                    above[column] = (number, across)
                    runs[(number, column)] = [number, column, number, column + across - 1]
                elif across > 1:
                    runs[(number, column)] = [number, column, number, column + across - 1]
            column += across
        if any(out):
            grid.rows.append(Row(number, out))
    grid.merges = [(a, b, c, d) for a, b, c, d in runs.values() if c > a or d > b]
    return grid


def _before(row: Element) -> int:
    """Columns that a row leaves empty at its left."""
    skipped = row.find(f"{_W}trPr/{_W}gridBefore")
    return int(skipped.get(_W + "val", "0")) if skipped is not None else 0
