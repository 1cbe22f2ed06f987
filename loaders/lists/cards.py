"""Vertical forms: what a column would be headed by stands beside its value, one under the other, a form for each item.

The forms of a sheet, or of sheets and Word tables one after the other, come out as the rows of one table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.lazy import lazy
from loaders.lists.among import PARTS, belong
from loaders.lists.header import SUBSTANCE, Column, Header, read_word
from loaders.lists.layout import DITTO, Cell, Record, Table
from loaders.lists.words import dittos, words
from loaders.source.grid import Grid, Row

_LABEL = 14  # characters, padded; longer words are no label
_KINDS = 4  # different labels that make a form
_SAMPLE = 120  # rows by which a grid is told from a table
_PARTED = lazy(r"[\s/／\\]+")
_INLINE = lazy(r"\s*([^：:\n]{2,14}?)\s*[：:]\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class _Text:
    """A cell of the grid that is filled: its column, the last one that it runs over, words, place in the notice."""

    column: int
    last: int
    text: str
    at: int


class Cards:
    """The forms of one grid: ``table`` has them as records."""

    def __init__(self, grid: Grid, starts: list[int], asked: Mapping[str, str], labels: list[int]) -> None:
        self.grid, self.asked, self.labels = grid, asked, labels
        right = {(a, b): d for a, b, _, d in grid.merges}
        self.rows = [(row, filled(row, start, right)) for row, start in zip(grid.rows, starts, strict=True)]
        self.columns: dict[tuple[str, int], Column] = {}
        self.above: dict[int, Cell] = {}  # what a ditto may repeat, by column
        self.records: list[Record] = []
        self.lines: tuple[list[str], list[str]] = ([], [])
        first = next((at[0].at for _, at in self.rows if self.is_row(at)), 0)
        items = self.items()
        if items:
            self.across(items)
        else:
            self.down()
        columns = list(self.columns.values())
        belong(columns)
        head, foot = self.lines
        self.table = Table(grid, Header(0, 0, columns, [columns], ()), first, [], [*grid.before, *head])
        self.table.foot = [*foot, *grid.after]
        self.table.records = [(columns, r) for r in self.records]

    @classmethod
    def of(cls, grid: Grid, starts: list[int], asked: Mapping[str, str]) -> Cards | None:
        """The forms of a grid, None where it is not made of forms."""
        labels = label_columns(grid, asked)
        found = cls(grid, starts, asked, labels) if labels else None
        return found if found is not None and found.records else None

    def joined(self, other: Cards) -> bool:
        """Put another grid's forms under these, where they are of one kind."""
        mine, theirs = set(self.columns), set(other.columns)
        if 2 * len(mine & theirs) < min(len(mine), len(theirs)):
            return False
        columns = self.table.header.columns
        place: dict[int, int] = {}
        for key, column in other.columns.items():
            if key not in self.columns:
                column.index, place[column.index] = len(columns), len(columns)
                self.columns[key] = column
                columns.append(column)
            else:
                place[column.index] = self.columns[key].index
        belong(columns)
        for record in other.records:
            cells = {place[k]: self.said(place[k], c) for k, c in record.cells.items()}
            self.table.records.append((columns, Record(cells, record.number)))
        self.table.foot += other.table.foot
        self.table.more.append(other.grid)
        return True

    def is_row(self, texts: list[_Text]) -> bool:
        """Whether a row has a label and is neither a line of its own nor the head of a form ('项目', '内容')."""
        heads = words()["card"]["heads"]
        if not texts or all(t.text in heads for t in texts):
            return False
        if texts[0].last > max(self.labels) and not worded(texts[0].text, self.asked):
            return False  # '县攻坚办' over several columns, the day beside it
        if len(texts) == 1 and ((m := _INLINE.match(texts[0].text)) and m[1] in words()["front"]["publisher"]):
            return False
        return any(t.column in self.labels for t in texts) and (len(texts) > 1 or worded(texts[0].text, self.asked))

    def is_label(self, t: _Text) -> bool:
        """Whether a cell outside the columns of labels is one; '镇长' is a post, '12月' a day."""
        said = read_word(t.text, self.asked) if len(t.text) <= _LABEL else None
        return said is not None and said.kind not in ("holder", "stage")

    def fields(self, texts: list[_Text]) -> Iterator[tuple[str, list[_Text]]]:
        """The labels of a row, each with its values."""
        label, values = "", list[_Text]()
        for n, t in enumerate(texts):
            inline = _INLINE.match(t.text)
            if t.column in self.labels and inline and worded(inline[1], self.asked):
                if label:
                    yield label, values
                    label, values = "", []
                yield inline[1], [_Text(t.column, t.last, t.text[inline.end() :], t.at + inline.end())]
            elif (t.column in self.labels and len(t.text) <= _LABEL) or (
                values and n + 1 < len(texts) and self.is_label(t)
            ):
                if label:
                    yield label, values
                label, values = t.text, []
            elif label:
                values.append(t)
        if label:
            yield label, values

    def column(self, label: str, time: int) -> Column:
        """The column of a label, of one that comes again in a form another one."""
        key = (re.sub(r"[\s：:]", "", label), time)
        if key not in self.columns:
            self.columns[key] = Column(len(self.columns), key[0], read_word(corner(label), self.asked))
        return self.columns[key]

    def cell(self, value: _Text, row: Row, column: int) -> Cell:
        return self.said(column, Cell(value.text, value.at, row.number, column, row.number))

    def said(self, column: int, cell: Cell) -> Cell:
        """A cell, or the one of the form before that it repeats."""
        if len(cell.raw) <= DITTO and "".join(cell.raw.split()) in dittos() and column in self.above:
            cell = self.above[column]
        self.above[column] = cell
        return cell

    def down(self) -> None:
        """Forms one under the other: where a label comes again the next begins, and keeps what stood before the label."""
        form: dict[int, Cell] = {}
        times: Counter[str] = Counter()
        order: list[str] = []
        last: tuple[Column, int] | None = None  # the label that goes on where its cell runs down, and up to which row
        ends = {(a, b): c for a, b, c, _ in self.grid.merges}

        def close() -> None:
            if any(self.kind(k) not in ("serial", "remark") for k in form):
                self.records.append(Record(dict(form), row.number))

        row = self.grid.rows[0]
        for row, texts in self.rows:
            if last is not None and row.number <= last[1] and not any(t.column in self.labels for t in texts):
                for t in texts:
                    times[last[0].header] += 1
                    more = self.column(last[0].header, times[last[0].header])
                    form[more.index] = self.cell(t, row, more.index)
                continue
            last = None
            if not self.is_row(texts):
                if texts:
                    self.lines[bool(self.records or form)].extend(t.text for t in texts)
                continue
            for label, values in self.fields(texts):
                own = self.column(label, 1)
                if own.header in order and own.kind not in (*PARTS, "remark", ""):
                    close()
                    order = order[: order.index(own.header)]
                    form = {k: c for k, c in form.items() if self.header(k) in order}
                    times = Counter({h: n for h, n in times.items() if h in order})
                order += [own.header] if own.header not in order else []
                for t in values or ():
                    times[own.header] += 1
                    one = self.column(label, times[own.header])
                    form[one.index] = self.cell(t, row, one.index)
                at = next((t.column for t in texts if t.text.startswith(label)), 0)
                last = own, ends.get((row.number, at), row.number)
        close()

    def items(self) -> list[int]:
        """The columns of the items where labels stand at the left once and each item has a column; else none."""
        if len(self.labels) != 1:
            return []
        rows = [texts for _, texts in self.rows if self.is_row(texts) and len(texts) > 1]
        seen = Counter(t.column for texts in rows for t in texts if t.column > self.labels[0])
        items = sorted(k for k, n in seen.items() if 2 * n >= len(rows))
        inside = [t for texts in rows for t in texts if t.column in items and self.is_label(t)]
        if len(inside) > 1:
            return []  # labels with their values side by side
        names = [t.text for texts in rows for t in texts if t.column in self.labels]
        return items if len(items) > 1 and len(names) == len(set(names)) else []

    def across(self, items: list[int]) -> None:
        """Items side by side: the labels at the left are theirs all, a cell that runs over several is each one's."""
        forms: dict[int, Record] = {k: Record({}, 0) for k in items}
        for row, texts in self.rows:
            if not self.is_row(texts) or len(texts) == 1:
                self.lines[any(r.cells for r in forms.values())].extend(t.text for t in texts)
                continue
            label = next(t.text for t in texts if t.column in self.labels)
            column = self.column(label, 1)
            for k in items:
                t = next((t for t in texts if t.column <= k <= t.last and t.column > self.labels[0]), None)
                if t is not None:
                    forms[k].cells[column.index] = self.cell(t, row, column.index)
                    forms[k].number = row.number
        self.records += [r for r in forms.values() if any(self.kind(k) not in ("serial", "remark") for k in r.cells)]

    def kind(self, index: int) -> str:
        return next(c.kind for c in self.columns.values() if c.index == index)

    def header(self, index: int) -> str:
        return next(c.header for c in self.columns.values() if c.index == index)


def filled(row: Row, start: int, right: Mapping[tuple[int, int], int]) -> list[_Text]:
    """The cells of a row that hold something; ``right`` has the last column of those merged over several."""
    out, at = [], start
    for k, text in enumerate(row.cells):
        if text and "".join(text.split()) not in words()["card"]["idle"]:
            out.append(_Text(k, right.get((row.number, k), k), text, at))
        at += len(text) + 1
    return out


def worded(text: str, asked: Mapping[str, str]) -> bool:
    """Whether a cell is a label: words that head a column, alone or before a colon and a value."""
    inline = _INLINE.match(text)
    word = inline[1] if inline else text
    said = read_word(word, asked) if len(word) <= _LABEL else None
    return said is not None and said.kind != "stage"  # '12月' is what is filled in


def corner(label: str) -> str:
    """What heads the labels without what heads the items, where both stand in one corner ('乡镇\\n项目')."""
    own = [t for t in _PARTED.split(label.strip()) if t and t not in words()["card"]["heads"]]
    return own[0] if len(own) == 1 else label


def titled(label: str, asked: Mapping[str, str]) -> bool:
    """Whether posts stand beside a label, whose words could head columns ('镇长', '党委书记')."""
    said = read_word(_label(label), asked)
    return said is not None and said.kind == "title"


def label_columns(grid: Grid, asked: Mapping[str, str]) -> list[int]:
    """The columns that hold the labels of forms; none where the grid is no such form."""
    rows = [[(k, t) for k, t in enumerate(row.cells) if t] for row in grid.rows[:_SAMPLE]]
    rows = [r for r in rows if len(r) > 1 or (r and worded(r[0][1], asked))]
    rows = [r for r in rows if not all(t in words()["card"]["heads"] for _, t in r)]
    known = [{k for k, t in r if worded(t, asked)} for r in rows]
    if heads_columns(next((r for r in rows if len(r) > 1), []), asked):
        return []  # cells that begin with labels ('牵头：…') under it are none of a form
    over = groups(rows, known)
    rows = [[(k, t) for k, t in r if k not in over] for r in rows]
    known = [at - over for at in known]
    seen, labelled = Counter(k for r in rows for k, _ in r), Counter(k for r in known for k in r)
    sure = {k for k, n in labelled.items() if n > 1 and 10 * n >= 6 * seen[k]}
    sure |= {k for k, n in labelled.items() if sure and k > min(sure) and n == seen[k] and all(
        any(j > k for j, _ in r) for r, at in zip(rows, known, strict=True) if k in at
    )}  # fmt: skip
    for r, at in zip(rows, known, strict=True):
        at -= at - sure if any(k in sure and titled(t, asked) for k, t in r) else set()
    if not sure or any(len(at - sure) > 1 for at in known):  # two words beside one another head a table's columns
        return []
    said = [m for r in rows for k, t in r if k in sure and (m := read_word(_label(t), asked))]
    values = sum(1 for r in rows for k, t in r if k not in sure or _INLINE.match(t))
    enough = len({(m.kind, m.role, m.wants) for m in said}) >= _KINDS and bool({m.kind for m in said} & SUBSTANCE)
    return sorted(sure) if enough and 2 * values >= len(said) else []


def heads_columns(row: list[tuple[int, str]], asked: Mapping[str, str]) -> bool:
    """Whether the words of a row head columns: side by side from the left, with no value among them."""
    side_by_side = [k for k, _ in row] == list(range(len(row)))
    return len(row) > 2 and side_by_side and all(worded(t, asked) and not _INLINE.match(t) for _, t in row)


def groups(rows: list[list[tuple[int, str]]], known: list[set[int]]) -> set[int]:
    """The columns that only head several labels each ('基本情况' beside 问题描述, 所在乡镇): beside each cell of theirs is one."""
    seen = Counter(k for r in rows for k, _ in r)
    beside = Counter(k for r, at in zip(rows, known, strict=True) for k, _ in r if k + 1 in at)
    return {k for k, n in beside.items() if n == seen[k] and seen[k + 1] > n}


def _label(text: str) -> str:
    inline = _INLINE.match(text)
    return inline[1] if inline else text
