"""Separated values (.csv, .tsv): the separator told from the text, quoted cells that hold line breaks."""

from __future__ import annotations

import csv
import io
from collections import Counter

from kg.errors import SourceError
from loaders.source.decode import decode
from loaders.source.grid import Grid, Row

SEPARATORS = ",;\t|，；"
_SAMPLE = 60  # lines by which a separator is told
_CELL = 1 << 20  # characters of one cell


def read_csv(name: str, data: bytes) -> tuple[list[Grid], str, list[str]]:
    """(one grid, encoding, remarks). Row numbers are those of the records, as a spreadsheet program would count
    them."""
    decoded = decode(name, data)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    separator = separator_of(text)
    if text[:5].lower() == "sep=" + separator:
        text = text.partition("\n")[2]
    csv.field_size_limit(_CELL)
    grid = Grid("")
    try:
        for number, record in enumerate(csv.reader(io.StringIO(text), delimiter=separator, strict=True), 1):
            cells = [cell.strip() for cell in record]
            width = len(cells)
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                grid.rows.append(Row(number, cells + [""] * (width - len(cells))))
    except csv.Error as error:
        where = len(grid.rows) + 1
        raise SourceError(
            f"{name}: row {where}: {error}; a quotation mark is not closed: correct it or save it as .xlsx"
        ) from None
    return [grid], decoded.encoding, list(decoded.remarks)


def separator_of(text: str) -> str:
    """The separator that gives most rows one and the same number of cells, more than one."""
    sample = "\n".join(text.split("\n", _SAMPLE)[:_SAMPLE])
    best = (0, ",")
    for mark in SEPARATORS:
        if mark not in sample:
            continue
        try:
            widths = Counter(len(r) for r in csv.reader(io.StringIO(sample), delimiter=mark) if any(r))
        except csv.Error:
            continue
        width, rows = max(widths.items(), key=lambda w: (w[1] if w[0] > 1 else 0, w[0]))
        if width > 1 and rows * min(width, 4) > best[0]:
            best = (rows * min(width, 4), mark)
    return best[1]
