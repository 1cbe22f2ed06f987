"""What a tabular source gives: grids of cells, with the lines of text that stand around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Row:
    """One row that holds something. ``number`` is its 1-based number in the source (a line of a CSV), ``cells`` its
    values from the first column on; a merged cell has its value in its top left corner only."""

    number: int
    cells: list[str]


@dataclass(slots=True)
class Grid:
    """A sheet of a workbook, a CSV, or a table of a page or Word file.

    ``merges`` are (first row number, first column, last row number, last column), columns counted from 0. ``before``
    and ``after`` are the lines of text around a table in a page or Word file. ``name`` is the sheet's, '' for a CSV.
    ``lost`` are the (row number, column) of formulas without a stored value.
    """

    name: str
    rows: list[Row] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    lost: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Book:
    """All grids of one file, in order. ``format`` is xlsx, csv, html or docx, ``meta`` front matter stated by markup,
    ``remarks`` lines for the person who loads it."""

    grids: list[Grid]
    source: str
    format: str
    encoding: str = ""
    sha256: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
