"""The text of a notice that is a table: a line a row, its cells with tabs between them, a sheet's name as a heading."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field

from kg.cells import column_name
from loaders.clean.script import simplify
from loaders.source.grid import Book

_BREAKS = str.maketrans({"\n": " ", "\t": " ", "\r": " "})


@dataclass(slots=True)
class Textual:
    """``text`` as the notice keeps it. ``starts`` gives for each grid where each of its rows begins in it."""

    text: str
    starts: dict[int, list[int]] = field(default_factory=dict)
    _lines: array[int] = field(default_factory=lambda: array("I"))
    _grids: array[int] = field(default_factory=lambda: array("I"))  # beside _lines
    _rows: array[int] = field(default_factory=lambda: array("l"))  # the number of its row or -1, beside _lines

    def cell(self, book: Book, offset: int) -> str:
        """The reference of the cell at an offset (``list.xlsx#Sheet1!C7``), '' for a line outside the tables."""
        i = bisect_right(self._lines, offset) - 1
        if i < 0 or self._rows[i] < 0:
            return ""
        grid, number = self._grids[i], self._rows[i]
        column = self.text.count("\t", self._lines[i], offset)
        sheet = f"{book.grids[grid].name}!" if book.grids[grid].name else ""
        name = book.source.replace("\\", "/").rpartition("/")[2]
        return f"{name}#{sheet}{column_name(column)}{number}"


def textual(book: Book) -> Textual:
    """The text of a book, and where everything stands in it. The book's cells come out in simplified script, as long
    as before."""
    lines: list[str] = []
    made = Textual("")
    at = 0

    def line(text: str, grid: int, number: int) -> None:
        nonlocal at
        made._lines.append(at)
        made._grids.append(grid)
        made._rows.append(number)
        lines.append(text)
        at += len(text) + 1

    for n, grid in enumerate(book.grids):
        for text in grid.before:
            line(text.translate(_BREAKS), n, -1)
        if grid.name and book.format == "xlsx":
            line(grid.name, n, -1)
        starts = made.starts.setdefault(n, [])
        for row in grid.rows:
            starts.append(at)
            line("\t".join(c.translate(_BREAKS) for c in row.cells).rstrip("\t"), n, row.number)
        for text in grid.after:
            line(text.translate(_BREAKS), n, -1)
    made.text = "\n".join(lines)
    plain = simplify(made.text)
    if plain != made.text:
        _simplified(book, made, plain)
    return made


def _simplified(book: Book, made: Textual, plain: str) -> None:
    """Put the simplified characters in the book's cells and lines; every offset stays."""
    around: dict[int, list[str]] = {n: [] for n in range(len(book.grids))}
    rows = [iter(grid.rows) for grid in book.grids]
    for at, n, number in zip(made._lines, made._grids, made._rows, strict=True):
        if number < 0:
            around[n].append(plain[at : plain.find("\n", at) % (len(plain) + 1)])
            continue
        cells = next(rows[n]).cells
        for k, raw in enumerate(cells):
            if raw:
                folded = plain[at : at + len(raw)]
                cells[k] = "".join(a if a in "\n\t\r" else b for a, b in zip(raw, folded, strict=True))
            at += len(raw) + 1
    for n, grid in enumerate(book.grids):
        lines = around[n]
        grid.before, grid.after = lines[: len(grid.before)], lines[len(lines) - len(grid.after) :]
