"""Rosters in columns: lines cut by tabs or spaces, with a heading line that says which column names whom and which what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.lazy import lazy
from loaders.prose.page import Entity, Span, Statement
from loaders.prose.relate.charge import in_charge
from loaders.prose.relate.named import Named
from loaders.prose.relate.rows import table
from loaders.prose.relate.slots import Slots

_CELL = lazy(r"[^\t　|]*[^\t　| ](?: [^\t　| ]+)*")
_GAP = lazy(r"[\t　|]| {2,}")
_WORD = lazy(r"[^\s]+")
_SAID = lazy("[。；：]")
_WATERS = lazy("(?:河|湖|江|溪|渠|水库|沟|港|段|塘)$")
_WATER = lazy("[\u4e00-\u9fff]{1,10}(?:河|湖|江|溪|渠|水库|沟|港|段|塘)")
_KIND = lazy("[包驻联挂]([镇乡村片组户])")
_ANY = lazy("[\t　| ]")
_SKIPPED = 3  # lines without columns after which a roster has ended


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a roster hold: indices of those that name people or bodies in charge, each with those of what they
    have ('包村干部' have the villages), and of all that is had."""

    who: tuple[tuple[int, tuple[int, ...]], ...]
    what: tuple[int, ...]
    count: int
    supervises: bool


def columns(slots: Slots, named: Named, parts: Sequence[Span]) -> Iterator[Statement]:
    """IN_CHARGE_OF, and SUPERVISES of kind 'contract' for named people, from each row of each roster in columns;
    in ``parts`` of the page, which announce a roster, also from rows without a heading line."""
    text = slots.page.text
    if not _ANY.search(text):
        return
    words = table("contracts")
    who, what, aside = (words.pattern(f"{{{name}}}") for name in ("who_column", "what_column", "aside_column"))
    head: Columns | None = None
    last: dict[int, list[Entity]] = {}
    missed = 0
    for paragraph in slots.page.paragraphs:
        cells = _cells(slots, paragraph)
        if len(cells) < 2:
            missed += 1
            head = head if missed < _SKIPPED else None
            continue
        missed = 0
        told = [text[c.start : c.end] for c in cells]
        kinds = [
            "a" if aside.fullmatch(t) else "s" if who.fullmatch(t) else "o" if what.fullmatch(t) else "" for t in told
        ]
        if "s" in kinds and "o" in kinds and all(kinds):
            ours = [i for i, k in enumerate(kinds) if k == "s"]
            theirs = [i for i, k in enumerate(kinds) if k == "o"]
            chiefs = any(re.search("长$", told[i]) for i in ours)
            of = [(i, tuple(j for j in theirs if (m := _KIND.search(told[i])) and m[1] in told[j])) for i in ours]
            whose = tuple((i, mine or tuple(theirs)) for i, mine in of)
            head, last = Columns(whose, tuple(theirs), len(cells), not chiefs), {}
        elif head is not None:
            yield from _row(slots, named, head, cells, last)
        elif any(paragraph.within(part) for part in parts):
            yield from _bare_row(slots, named, cells)


def _cells(slots: Slots, paragraph: Span) -> list[Span]:
    """The cells of a line: between tabs or wide gaps, else between blanks where the line is no sentence."""
    text = slots.page.text
    if _GAP.search(text, paragraph.start, paragraph.end):
        cell = _CELL
    elif paragraph.end - paragraph.start <= 80 and not _SAID.search(text, paragraph.start, paragraph.end):
        cell = _WORD
    else:
        return []
    cells: list[Span] = []
    for m in cell.finditer(text, paragraph.start, paragraph.end):
        if cells and any(
            k.span.start < cells[-1].end and k.span.end > m.start() for k in slots.marks_in(cells[-1].start, m.end())
        ):
            cells[-1] = Span(cells[-1].start, m.end())  # a name with a blank in it
        else:
            cells.append(Span(*m.span()))
    return cells


def _row(
    slots: Slots, named: Named, head: Columns, cells: list[Span], last: dict[int, list[Entity]]
) -> Iterator[Statement]:
    """The statements of one row; a row that lacks its first cells goes on with those above (merged cells)."""
    shift = head.count - len(cells)
    if shift < 0 or shift > len(head.what):
        return
    for i in head.what:
        last[i] = _things(slots, named, cells[i - shift]) if i >= shift else last.get(i, [])
    for i, mine in head.who:
        if i < shift:
            continue
        for source in _holders(slots, cells[i - shift]):
            for target in [e for j in mine for e in last[j]]:
                if source is not target:
                    span, watches = Span(cells[0].start, cells[-1].end), head.supervises and source.label == "Person"
                    yield from in_charge(source, target, (span,), "roster-columns", watches=watches)


def _bare_row(slots: Slots, named: Named, cells: list[Span]) -> Iterator[Statement]:
    """A row without a heading: a cell of places or waters alone and a cell with a person in it."""
    held = [[m for m in slots.marks_in(c.start, c.end)] for c in cells]
    places = [
        e
        for c, marks in zip(cells, held, strict=True)
        if marks
        and all(m.kind in "RA" for m in marks)
        and marks[0].span.start <= c.start + 2
        and marks[-1].span.end >= c.end - 1
        for m in marks
        for e in m.entities
    ]
    people = [e for marks in held for m in marks if m.kind == "P" for e in m.entities]
    span = (Span(cells[0].start, cells[-1].end),)
    water = _WATER.fullmatch(slots.page.text, cells[0].start, cells[0].end)
    if water:
        places = [named.waters(water.group())]
    for source in people:
        for target in places:
            yield from in_charge(source, target, span, "roster-columns", watches=not water)


def _holders(slots: Slots, cell: Span) -> list[Entity]:
    marks = slots.marks_in(cell.start, cell.end)
    people = [e for m in marks if m.kind == "P" for e in m.entities]
    return people or [e for m in marks if m.kind == "A" for e in m.entities]


def _things(slots: Slots, named: Named, cell: Span) -> list[Entity]:
    marks = [m for m in slots.marks_in(cell.start, cell.end) if m.kind in "RA"]
    if marks:
        return [e for m in marks for e in m.entities]
    out = []
    for part in re.split("[、，]", slots.page.text[cell.start : cell.end]):
        if 2 <= len(part) <= 10 and re.fullmatch(r"[\u4e00-\u9fff0-9]+", part):
            out.append(named.waters(part) if _WATERS.search(part) else named.tract(part))
    return out
