"""One row of a list while it is read: its cells by what their columns hold, its places, those who bear it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.lazy import lazy
from loaders.lists.cell import Words, says
from loaders.lists.header import Column
from loaders.lists.layout import Cell, Record
from loaders.lists.people import pieces
from loaders.lists.phrases import Home
from loaders.lists.signs import is_mark
from loaders.lists.words import meaning, plain_header
from loaders.lists.words import words as tables
from loaders.prose.page import Entity, Span

_LEVELS = "省市县区旗镇乡村"
_BARE = lazy(r"(?:常务)?副?([市县区旗镇乡])长")
_LOCAL = lazy(r"[县区市镇乡村]|街道|社区")  # 镇责任人, 村干部: of the place that the row names


@dataclass(slots=True)
class Target:
    """A place or firm that a row names: the kind of its column, the column, its span in the notice, the cell."""

    kind: str
    column: int
    entity: Entity
    span: Span
    cell: Cell


@dataclass(slots=True)
class Bearer:
    """A settled party of a row."""

    entity: Entity
    span: Span
    role: str
    column: Column
    cell: Cell

    @property
    def spans(self) -> tuple[Span, ...]:
        """What says that it is there: its name, and the sign in its column where it heads one."""
        return (self.span, Span(*self.cell.mark)) if self.cell.mark else (self.span,)


class Block:
    """The columns that all rows of a table, or of a block of it, share; those of some kinds are looked for once."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        self.kinds = frozenset(c.kind for c in columns)
        self._of: dict[tuple[str, ...], list[Column]] = {}

    def of(self, kinds: tuple[str, ...]) -> list[Column]:
        """Columns of these kinds, from left to right."""
        found = self._of.get(kinds)
        if found is None:
            found = self._of[kinds] = [c for c in self.columns if c.kind in kinds]
        return found


@dataclass(slots=True)
class Row:
    """A row with its places read. ``targets`` are in the order of columns."""

    block: Block
    record: Record
    home: Home
    targets: list[Target] = field(default_factory=list)
    county: Entity | None = None
    town: Entity | None = None
    village: Entity | None = None
    bearers: list[Bearer] = field(default_factory=list)
    posted: dict[tuple[str, str], list[Entity]] = field(default_factory=dict)  # the bodies beside a name of a place

    def cells(self, *kinds: str) -> list[tuple[Column, Cell]]:
        """Filled cells of some kinds of column."""
        got = self.record.cells
        return [(c, got[c.index]) for c in self.block.of(kinds) if c.index in got]

    def words(self, *kinds: str) -> list[tuple[Column, Cell, Words]]:
        """The cells of some kinds that say something."""
        columns = self.block.of(kinds)
        if not columns:
            return []
        got = self.record.cells
        return [(c, cell, w) for c in columns if (cell := got.get(c.index)) is not None and (w := says(cell))]


def state(column: Column, cell: Cell, words: Words) -> str:
    """What a cell of states says: what its column is called where it is but ticked ('推进情况' over '已完成', '滞后')."""
    over, _, own = column.header.rpartition("/")
    if not over or not is_mark(cell.raw):
        return words.text
    return "" if cell.raw in tables()["no"] else own


def planned(row: Row) -> str:
    """The last quarter or month that is marked under a head of deadlines ('完成时限' over '一季度', '二季度'), '' for none."""
    for column, cell in reversed(row.cells("stage")):
        over, _, own = column.header.rpartition("/")
        known = meaning(plain_header(over)) if is_mark(cell.raw) else None
        if known is not None and known.kind == "deadline":
            return own
    return ""


def titles_beside(row: Row, column: Column, people: int) -> list[tuple[str, Span, str]]:
    """What the title columns beside a column of names say: one for each person, the same for all where they do
    not pair."""
    out: list[tuple[str, Span, str]] = []
    said = sorted(row.words("title"), key=lambda x: "单位" not in x[0].header)  # beside '指挥长' the post that is held
    for c, cell, words in said:
        if c.person != column.index and not (c.person < 0 and column.kind in ("punished", "name")):
            continue
        status = c.meaning.status if c.meaning else ""
        spans = [(p.start, max([p.end, *(e + 1 for _, e in p.inner)])) for p in pieces(words.text)]
        lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n；]+", words.text)]
        for cut in (lines, spans):
            if people > 1 and len(cut) == people:
                return [(_whole(words.text[s:e], words.text), words.span(cell, s, e), status) for s, e in cut]
        whole = (words.text, words.span(cell, 0, len(words.text)), status)
        out = out or [whole] * max(people, 1)
    return out


def _whole(title: str, every: str) -> str:
    """The title of one of several people with the place that only the first says ('泗洪县县长、副县长')."""
    m = _BARE.fullmatch(title)
    first = re.match(rf"[^副{_LEVELS}]{{1,8}}{m[1]}(?!长)", every) if m is not None else None
    return f"{first[0]}{title}" if first is not None else title


def bodies_beside(row: Row, column: Column) -> list[Entity]:
    """The bodies in the column right before one of people ('包联单位｜单位负责人｜职务'): theirs are the titles that say no more."""
    if _LOCAL.match(column.header.rpartition("/")[2]):
        return []
    before = [b for b in row.bearers if b.column.index == column.index - 1 and b.role != "督办"]
    return [b.entity for b in before if b.entity.label == "Agency" and not b.entity.props.get("generic")]
