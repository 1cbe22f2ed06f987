"""What the lines around a table say of the list as a whole: who leads it, in what office, who was punished beside its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby, pairwise

from kg.lazy import lazy
from loaders.lists.around import Said, lines
from loaders.lists.build import Builder
from loaders.lists.cell import part, words_of
from loaders.lists.dealt import told
from loaders.lists.header import TARGETS, Column
from loaders.lists.layout import Cell, Record
from loaders.lists.leading import heading
from loaders.lists.parties import Party
from loaders.lists.people import Said as Name
from loaders.lists.people import is_name, is_title, parallel, said
from loaders.lists.row import Block, Row
from loaders.lists.words import Meaning, meaning, words
from loaders.prose.page import Entity

_WHOLE = lazy(r"^(?:总|第?一级|[省市县区镇乡]级|第一|副)")  # 一级网格长, 总河长: of the list's own place
_ALL = lazy(r"(?:全域|全境|全辖区|辖区|全部)$")
_LED = lazy(
    r"(?:^|[、.．）\s])(?P<area>[\u4e00-\u9fff]{1,8}(?:工作区|责任区|片区|管区|网格|片))[\s　（(：:，]+"
    r"(?P<role>[\u4e00-\u9fff]{1,6}(?:长|人|领导|干部))[：:]\s*(?P<who>[^（）()：:]{2,30}?)[）)]?$"
)
_NUMBERED = lazy(r"(?:^|(?<=[。；：\s]))[（(]?[\d一二三四五六七八九]{1,2}[）).．、]\s*")


class Notes:
    """Reads the lines around one table; ``around`` are their labels that no row has taken."""

    def __init__(self, builder: Builder, around: list[Said]) -> None:
        self.builder, self.around = builder, around
        self.rows, self.draft = builder.rows, builder.draft

    def read(self) -> None:
        """Say what the lines say."""
        for _, group in groupby(self.around, key=lambda s: s.line):
            self.labels(list(group))
        for cell in {c.at: c for _, r in self.builder.table.records if (c := r.group) is not None}.values():
            self.heading(cell)
        for line, at in lines(self.builder.table, self.draft.page.text):
            self.sentence(Cell(line, at, 0, 0, 0))

    def labels(self, found: list[Said]) -> None:
        """One line of labels, as a row of its own: its people hold their posts, and are in charge of what it names."""
        whole = [_ALL.search(s.cell.raw) for s in found]
        meant = [
            Meaning(kind_of_place(s.cell.raw[: m.start()])) if m else s.meaning
            for s, m in zip(found, whole, strict=True)
        ]
        columns = [Column(k, s.label, meant[k]) for k, s in enumerate(found) if meant[k].kind in _READ]
        if not any(c.kind not in TARGETS for c in columns):
            return
        cells = {c.index: self.bare(found[c.index].cell) for c in columns}
        row = self.rows.row(columns, Record(cells, 0))
        for column, cell, w in row.words("party", "charge"):
            if not said(w.text, loose=False)[0]:
                continue
            for b in self.rows.read(row, column, cell, w):
                places = [t.entity for t in row.targets] or self.own(column)
                if column.kind != "charge" or self.builder.duties or b.entity.label != "Person":
                    continue
                for place in places[-1:]:
                    self.draft.say(b.entity, "IN_CHARGE_OF", place, (b.span,), "list-line", 0.9)

    def heading(self, cell: Cell) -> None:
        """Who leads the area or place that a line over rows names ('一、东片　片长：副镇长 某某', '龙固镇（包镇领导：某某）')."""
        place, led = heading(cell.raw)
        if place:
            at = cell.raw.find(place)
            runs = [(place, Meaning(kind_of_place(place)), at, at + len(place))]
            runs += [(x.label, x.meaning, x.start, x.end) for x in led]
        else:
            m = _LED.search(cell.raw)
            if m is None or meaning(m["role"]) is None and not m["role"].endswith("长"):
                return
            meant = Meaning("charge", of="person", wants=("area",))
            runs = [("area", Meaning("area"), *m.span("area")), (m["role"], meant, *m.span("who"))]
        self.labels(
            [Said(0, k, x, Cell(cell.raw[s:e], cell.at + s, cell.row, cell.column, cell.row)) for k, x, s, e in runs]
        )

    def bare(self, cell: Cell) -> Cell:
        """A place without the word that it is meant as a whole ('龙固镇全域')."""
        return Cell(_ALL.sub("", cell.raw), cell.at, cell.row, cell.column, cell.last)

    def own(self, column: Column) -> list[Entity]:
        """The list's own place, for one whose title says that it is all of it; only where the list's title names it."""
        levels = self.rows.phrases.home.levels
        if not levels or not _WHOLE.match(column.header) or levels[-1][1].name not in self.builder.front.title:
            return []
        return [self.rows.where.division(levels[-1][1])]

    def sentence(self, cell: Cell) -> None:
        """People whom a sentence names with their posts, and punishments that it tells of."""
        w = words_of(cell.raw)
        row = Row(Block([]), Record({}, 0), self.rows.phrases.home)
        for pattern in _people():
            for m in pattern.finditer(w.text):
                start, end = m.span("who")
                names = said(w.text[start:end])[0]
                if names and all(n.titles for n in names):
                    self.rows.read(row, _PERSON, *part(w, cell, start, end))
        for name in self.named(w.text):
            party = Party(name.start, name.end, said=name)
            self.rows.person(party, w, cell, self.rows.seat(row, _PERSON), None, row)
        if self.builder.punishes:
            cuts = [0, *(m.end() for m in _NUMBERED.finditer(w.text)), len(w.text)]
            for start, end in pairwise(cuts):
                if end > start:
                    inner, text = part(w, cell, start, end)
                    told(self.rows, self.draft, row, self.builder.about, _PERSON, inner, text)

    def named(self, text: str) -> Iterator[Name]:
        """People of the rows of whom a sentence says what they are; several share a title, or have one each of as many."""
        for pattern in words()["around"]["named"]:
            for m in re.finditer(pattern, text):
                names = [(x.start() + m.start("names"), x[0]) for x in re.finditer("[^、]+", m["names"])]
                known = all(is_name(x) and self.draft.page.text.count(x) > 1 for _, x in names)
                if not known or not is_title(m["title"]):
                    continue
                if len(names) > 1 and "、" in m["title"]:
                    yield from (Name(x.name, x.start + m.start(), x.end + m.start(),
                                     [(s + m.start(), e + m.start()) for s, e in x.titles]) for x in parallel(m[0]))  # fmt: skip
                else:
                    yield from (Name(x, at, at + len(x), [m.span("title")]) for at, x in names)


def kind_of_place(name: str) -> str:
    """The kind of column that a place's name would stand in."""
    kinds = {"村": "village", "镇": "town", "乡": "town", "道": "town", "县": "county", "区": "county", "市": "county"}
    return kinds.get(name[-1:], "area")


_READ = frozenset((*TARGETS, "party", "charge"))
_PERSON = Column(0, "", Meaning("party", "", "person"))


@cache
def _people() -> tuple[re.Pattern[str], ...]:
    return tuple(lazy(p) for p in words()["around"]["people"])
