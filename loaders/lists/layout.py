"""From grids to tables of records: titles above, headers, data rows with merged cells filled, what stands beneath."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from kg.cells import column_name
from kg.errors import SourceError
from loaders.lists.header import TARGETS, Column, Header, Headers
from loaders.lists.words import dittos, summing, words
from loaders.source.grid import Book, Grid, Row

DITTO = 12  # characters, padded
_LONG = 40  # characters; a single cell longer than this is a note, no heading of a group
_CHINESE = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]?")
_CAPTION = re.compile(r"附?表[ \u3000]*[一二三四五六七八九十\d]+(?![\d.]|是|为)")
_SIGNED = re.compile(r"[\u4e00-\u9fff][ \u3000]+20\d\d年\d{1,2}月\d{1,2}日$")  # '某办公室  2024年3月5日'
_SUFFIX = {"village": r"(?:村|社区|居委会|屯|嘎查|村委会)$", "town": r"(?:镇|乡|街道|办事处|苏木)$", "grid": "网格$"}
_PLACE = re.compile("[\u4e00-\u9fff]{1,8}[市县区旗镇乡]|[\u4e00-\u9fff]{2,8}街道")
_GROUPING = frozenset(("county", "town", "group", "river", "area"))
_CARRIED = _GROUPING | frozenset(
    ("village", "grid", "reach", "firm", "party", "charge", "holder", "title", "problem", "phone", "unit", "goal", "")
)
_LOOSE = frozenset(("remark", "phone", "serial", "group", "status", "closed", "skip", "", "item", "goal"))


@dataclass(slots=True)
class Cell:
    """A cell of a record. ``raw`` is what it holds, ``at`` where that begins in the notice's text; ``row`` and
    ``last`` are the
    row numbers from which and up to which it runs, ``column`` its column. ``mark`` is the span of the sign in whose place a
    column's head is read."""

    raw: str
    at: int
    row: int
    column: int
    last: int
    mark: tuple[int, int] | None = None


@dataclass(slots=True)
class Record:
    """One data row of a table (one of several side by side); ``group`` is the heading line over it."""

    cells: dict[int, Cell]
    number: int
    group: Cell | None = None


@dataclass(slots=True)
class Table:
    """One list of a file. ``head`` are the cells and lines above the header, ``foot`` those beneath the rows;
    ``start`` is where
    the header begins in the notice's text; ``more`` are the grids after the first that the rows come from."""

    grid: Grid
    header: Header
    start: int = 0
    records: list[tuple[list[Column], Record]] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)
    more: list[Grid] = field(default_factory=list)


class Reader:
    """Reads the tables of one grid; ``starts`` is where each of its rows begins in the notice's text."""

    def __init__(self, book: Book, grid: Grid, finder: Headers, starts: list[int]) -> None:
        self.book, self.grid, self.finder, self.starts = book, grid, finder, starts
        self.merged = {(a, b): (c, d) for a, b, c, d in grid.merges}
        self.lost = set(grid.lost)
        self.no_merges = book.format == "csv"

    def tables(self) -> Iterator[Table]:
        """Tables one after the other, top to bottom."""
        rows = self.grid.rows
        table: Table | None = None
        head: list[str] = list(self.grid.before)
        pending: list[Row] = []  # lines of one cell, which may be the next table's title
        other = False  # the rows are those of a table whose header nobody knows
        i = 0
        while i < len(rows):
            fresh = (
                table is None or bool(pending) or row_gap(rows, i) or rows[i].cells == rows[table.header.first].cells
            )
            header = self.finder.at(i) if fresh else None
            if header is not None:
                title = [c for r in pending for c in r.cells if c]
                if table is not None and header.texts == table.header.texts and not any(len(t) > 6 for t in title):
                    i = header.last + 1
                    continue
                if table is not None:
                    self.trim(table, pending)
                    yield table
                table = Table(self.grid, header, self.starts[header.first], head=head + title)
                head, pending, other = [], [], False
                self.begin(table)
                i = header.last + 1
                if i < len(rows) and numbering(rows[i]):
                    i += 1
                continue
            row = rows[i]
            if table is not None and fresh and self.foreign(row, pending):
                self.trim(table, pending)
                yield table
                self.book.remarks.append(left_out(self.grid, row))
                table, head, pending, other = None, [], [], True
            if table is None:
                texts = [c for c in row.cells if c]
                head += texts if not other or len(texts) <= 2 else []
            else:
                pending = [*pending, row] if len({c for c in row.cells if c}) <= 2 else []
                self.row(table, row, self.starts[i])
            i += 1
        if table is not None:
            table.foot += self.grid.after
            yield table

    def foreign(self, row: Row, pending: list[Row]) -> bool:
        """Whether a row that may head a table heads one that is no list: it has a numbered caption ('表三 …'), or words of
        headers of which none says who, what or how."""
        if len({c for c in row.cells if c}) <= 2:
            return False
        return any(_CAPTION.match(c) for r in pending for c in r.cells[:1]) or self.finder.looks(row)

    @staticmethod
    def trim(table: Table, pending: list[Row]) -> None:
        """Take the next table's title from the lines under this one."""
        names = {c for r in pending for c in r.cells if c}
        table.foot = [t for t in table.foot if t not in names]

    def begin(self, table: Table) -> None:
        self.above: dict[int, Cell] = {}  # what a blank or ditto may repeat, by column
        self.down: dict[int, Cell] = {}  # merged cells that run down into the rows to come
        self.group: Cell | None = self.sheet()
        self.width = max((c.index for c in table.header.columns), default=0) + 1
        self.first = next((c.index for c in table.header.columns if c.kind != "serial"), 0)
        self.kinds = {c.index: c.kind for c in table.header.columns}

    def sheet(self) -> Cell | None:
        """The name of a workbook's sheet that is a place's ('相山区'), which heads all its rows."""
        name = self.grid.name
        if self.book.format != "xlsx" or not _PLACE.fullmatch(name):
            return None
        return Cell(name, self.starts[0] - len(name) - 1, -1, 0, -1)  # the line before the first row's

    def row(self, table: Table, row: Row, start: int) -> None:
        """One row under a header: data, a group's heading, a sum, a note."""
        own: dict[int, Cell] = {}
        at = start
        for k, text in enumerate(row.cells):
            if text:
                last, right = self.merged.get((row.number, k), (row.number, k))
                cell = Cell(text, at, row.number, k, last)
                for j in range(k, min(right, self.width + 1) + 1):
                    own[j] = cell
            at += len(text) + 1
        distinct = {id(c): c for c in own.values()}
        covered = {k: c for k, c in self.down.items() if c.last >= row.number}
        first = next(iter(distinct.values()))
        text = "".join(first.raw.split())
        if summing(text) and len(distinct) >= 1 and not covered.get(self.first):
            return
        if self.note(text, list(distinct.values())):
            table.foot += [c.raw for c in distinct.values()]
            self.group = None if len(distinct) > 1 else self.group
            return
        if len(distinct) == 1 and not covered and self.heading(first, own):
            if len(text) > _LONG or "。" in text or _SIGNED.search(first.raw):
                table.foot.append(first.raw)
            else:
                self.group = first
            return
        if len(distinct) == 2 and not covered and self.numbered_heading(list(distinct.values()), own):
            self.group = list(distinct.values())[1]
            return
        self.check(row, own)
        cells = {**covered, **own}
        self.repeat(cells, own)
        for k, c in own.items():
            if c.last > row.number:
                self.down[k] = c
        self.records(table, cells, own, row)

    def heading(self, cell: Cell, own: dict[int, Cell]) -> bool:
        """Whether the only cell of a row is a heading: not where its column wants such a cell ('东村' among villages)."""
        kind = self.kinds.get(cell.column, "")
        if len(own) > 1:
            return True
        if kind in _SUFFIX and re.search(_SUFFIX[kind], cell.raw.strip()):
            return False
        return cell.column <= self.first or kind not in (*TARGETS, "measure", "problem", "party", "charge")

    def numbered_heading(self, cells: list[Cell], own: dict[int, Cell]) -> bool:
        """Whether a number and one text make a heading: the text runs over most columns, or the number is a Chinese one."""
        number, text = cells
        if self.kinds.get(number.column, "") != "serial" or len(text.raw) > _LONG or "。" in text.raw:
            return False
        wide = 2 * sum(1 for c in own.values() if c is text) > self.width
        return wide or text.column <= self.first and bool(_CHINESE.fullmatch(number.raw.strip()))

    def note(self, text: str, cells: list[Cell]) -> bool:
        """Whether a row is a note, or the line of those who filled the form in."""
        if len(cells) > 6:
            return False
        word = _notes().match(text)
        if word is None:
            return False
        labelled = word[0][-1] in "：:" or re.match(r"[\u4e00-\u9fff]{0,4}(?:[：:（(]|$)", text[word.end() :])
        if labelled or (len(cells) == 1 and len(text) > 12 and cells[0].column <= self.first):
            loose = self.kinds.get(cells[0].column, "") in ("serial", "", "group")
            return loose or len(cells) <= 2 or "：" in text or ":" in text
        return False

    def repeat(self, cells: dict[int, Cell], own: dict[int, Cell]) -> None:
        """Fill dittos, and blanks that stand for a cell merged in the file that a CSV was made from."""
        for k, c in list(cells.items()):
            if len(c.raw) <= DITTO and "".join(c.raw.split()) in dittos() and k in self.above:
                cells[k] = self.above[k]
        leading = True
        for k in range(self.width):
            kind = self.kinds.get(k, "")
            if kind == "serial":
                continue
            if k in cells:
                leading = False
            elif leading and k in self.above and kind in (_CARRIED if self.no_merges else _GROUPING):
                cells[k] = self.above[k]
        for k, c in cells.items():
            self.above[k] = c

    def check(self, row: Row, own: dict[int, Cell]) -> None:
        """Refuse what would be read wrongly: formulas without a value, rows of a CSV that do not fit the header."""
        for n, k in self.lost:
            if n == row.number and self.kinds.get(k, "") not in _LOOSE:
                raise SourceError(
                    f"{self.book.source}: sheet {self.grid.name}, {column_name(k)}{n} is a formula without a stored "
                    "value; open the file in a spreadsheet program, save it and load that"
                )
        if not self.no_merges:
            return
        cut = [k for k in range(len(row.cells), self.width) if self.kinds.get(k, "") not in _LOOSE]
        if cut or any(k >= self.width for k in own):
            raise SourceError(
                f"{self.book.source}: row {row.number} has {len(row.cells)} cells where the header has {self.width}; "
                "a separator stands in a cell or is missing: quote such cells, or save the list as .xlsx"
            )

    def records(self, table: Table, cells: dict[int, Cell], own: dict[int, Cell], row: Row) -> None:
        blocks = table.header.blocks
        for block in blocks:
            mine = {c.index for c in block}
            if len(blocks) > 1 and not any(k in own for k in mine if self.kinds.get(k) not in ("serial",)):
                continue
            kept = {k: c for k, c in cells.items() if k in mine}
            if any(self.kinds.get(k) not in ("serial", "remark") for k in kept):
                table.records.append((block, Record(kept, row.number, self.group)))


def left_out(grid: Grid, row: Row) -> str:
    """The remark on a table that is not read."""
    where = f"sheet {grid.name}: " if grid.name else ""
    texts = "｜".join(" ".join(c.split()) for c in row.cells if c)[:120]
    return f"{where}the table from row {row.number} on is left out, its header is not understood ({texts})"


def row_gap(rows: list[Row], i: int) -> bool:
    """Whether blank rows stand before a row: where a sheet's next table may begin."""
    return i > 0 and rows[i].number > rows[i - 1].number + 1


def numbering(row: Row) -> bool:
    """Whether a row only numbers the columns (1 2 3 4, 甲 乙 丙)."""
    texts = [c.strip("（）() ") for c in row.cells if c]
    digits = [int(t) for t in texts if t.isdecimal()]
    return len(texts) > 2 and (
        digits == list(range(digits[0], digits[0] + len(texts)))
        if len(digits) == len(texts)
        else texts[:3] == ["甲", "乙", "丙"]
    )


@cache
def _notes() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, words()["foot"]), key=len, reverse=True)))
