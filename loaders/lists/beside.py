"""Notices of sentences with a list in them or attached: the sentences are read as prose, the list's rows as a list's."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.collector import at_rest
from kg.explain.model import Explanation
from kg.lazy import lazy
from kg.loading import Defaults
from kg.model import Edge, Evidence, Node, Notice, Reading
from loaders.clean.script import simplify
from loaders.lists.layout import Table
from loaders.lists.reading import tell
from loaders.lists.resolve import joined
from loaders.lists.tables import tables
from loaders.lists.textual import Textual, textual
from loaders.source import read as read_source
from loaders.source.grid import Book

_CAPTION = 40  # characters; a longer line over a table is the notice's
_LINES = 4  # over and under a table that may be the list's own
_SENTENCE = lazy(r"[。；]")
_NOTE = lazy(r"(?:备?注|说明|填表|填报|制表)")
_WORTH = frozenset(("party", "charge", "holder", "punished", "name"))
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list's own text and the same line of the notice: where each begins, and its words."""

    own: int
    there: int
    notice: str
    text: str

    def at(self, offset: int, *, end: bool) -> int:
        """Where in the notice an offset of the list's own text is, by the characters before it that are no space."""
        wanted = len(_SPACE.sub("", self.text[: offset - self.own])) - end
        places = [k for k, c in enumerate(self.notice) if not c.isspace()]
        return self.there + (places[wanted] + end if wanted < len(places) else len(self.notice))


def read_beside(book: Book, source: Path | bytes, name: str, defaults: Defaults) -> Explanation | None:
    """A notice with the lists among its sentences; None where no table of it is a list, or none is found among its lines."""
    from loaders.prose import explained

    if not any(len(g.rows) > 2 for g in book.grids):
        return None
    for grid in book.grids:
        grid.before, grid.after = captions(grid.before), notes(grid.after)
    text = textual(book)
    found = [t for t in tables(book, text.starts, defaults.columns) if a_list(t)]
    if not found:
        return None
    document = read_source(source, name)
    grids = [n for n, g in enumerate(book.grids) if any(t.grid is g for t in found)]
    lines, rows = placed(book, text, grids, document.text)
    found = [t for t in found if any(book.grids[n] is t.grid for n in rows)]
    if not found:
        return None
    kept = Kept(document.text, [span for spans in rows.values() for span in spans])
    told = explained(replace(document, text=kept.text), defaults)
    prose = told.reading
    notice = replace(prose.notice, text=document.text)
    with at_rest():
        own = tell(
            book, found, text, replace(defaults, published=notice.published or defaults.published), notice
        ).reading()
    edges = [*(kept.moved(e, document.text) for e in prose.edges), *moved(own.edges, lines, document.text)]
    reading = merged(notice, [*prose.nodes, *own.nodes], edges, [*prose.remarks, *own.remarks])
    unread = [replace(u, start=s, end=e, at=a, till=t) for u in told.unread
              for (s, e), (a, t) in [(kept.span(u.start, u.end), kept.span(u.at, u.till))]]  # fmt: skip
    return Explanation(reading, [kept.span(*s) for s in told.sentences], unread)


def captions(lines: Sequence[str]) -> list[str]:
    """Of the lines before a table those that may be its own."""
    out: list[str] = []
    for line in reversed(lines[-_LINES:]):
        if len(line) > _CAPTION or _SENTENCE.search(line):
            break
        out.insert(0, line)
    return out


def notes(lines: Sequence[str]) -> list[str]:
    """Of the lines after a table those that may be its own."""
    return [line for line in lines[:_LINES] if _NOTE.match(line)]


def a_list(table: Table) -> bool:
    """Whether a table among sentences is surely a list: rows, several columns that are known, and somebody in them."""
    known = [c for c in table.header.columns if c.meaning is not None]
    return len(table.records) >= 2 and len(known) >= 3 and any(c.kind in _WORTH for c in known)


def placed(
    book: Book, text: Textual, grids: Sequence[int], there: str
) -> tuple[list[Line], dict[int, list[tuple[int, int]]]]:
    """(the lines of tables and of their captions that stand in the notice too, of each table that does the spans of its rows
    there)."""
    notice = Lines(there)
    out: list[Line] = []
    rows: dict[int, list[tuple[int, int]]] = {}
    at = 0
    for n in grids:
        mine: list[Line] = []
        after = at
        for start in text.starts[n]:
            own = text.text[start : text.text.find("\n", start) % (len(text.text) + 1)]
            found = notice.find(own, after)
            if found is None:
                break
            mine.append(Line(start, *found[:2], own))
            after = found[2]
        else:
            over, start = list[Line](), text.starts[n][0]
            for line in reversed(book.grids[n].before):
                start -= len(line) + 1
                if (found := notice.find(line, at, mine[0].there)) is not None:
                    over.insert(0, Line(start, *found[:2], line))
            rows[n] = [(x.there, x.there + len(x.notice) + 1) for x in mine]
            out += [*over, *mine]
            at = after
    return out, rows


class Lines:
    """The lines of a notice, to be found by their words."""

    def __init__(self, text: str) -> None:
        self.text, self.spans = text, [m.span() for m in re.finditer(r"[^\n]+", text)]
        self.words = [_SPACE.sub("", simplify(text[s:e])) for s, e in self.spans]

    def find(self, line: str, after: int, before: int | None = None) -> tuple[int, str, int] | None:
        """(where it begins, its words there, the number of the line behind it) of a line from a number on, the last of them that
        ends ``before`` an offset where that is given; a break in a cell parts a row."""
        wanted = _SPACE.sub("", line)
        last = len(self.spans) if before is None else sum(1 for _, e in self.spans if e <= before)
        order = range(after, last) if before is None else range(last - 1, after - 1, -1)
        for first in order:
            got, k = self.words[first], first + 1
            while len(got) < len(wanted) and k < len(self.words) and wanted.startswith(got):
                got, k = got + self.words[k], k + 1
            if got == wanted and got:
                start, end = self.spans[first][0], self.spans[k - 1][1]
                return start, self.text[start:end], k
        return None


class Kept:
    """What is left of a notice without its tables' rows, with the way back."""

    def __init__(self, text: str, rows: Sequence[tuple[int, int]]) -> None:
        self.parts: list[str] = []
        self.starts: list[int] = []  # of each part in what is left
        self.there: list[int] = []  # and in the notice
        at = 0
        for start, end in [*sorted(rows), (len(text), len(text))]:
            self.starts.append(sum(map(len, self.parts)))
            self.there.append(at)
            self.parts.append(text[at:start])
            at = end
        self.text = "".join(self.parts)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the notice a run of what is left stands."""
        first, last = (bisect_right(self.starts, k) - 1 for k in (start, end - 1))
        return self.there[first] + start - self.starts[first], self.there[last] + end - self.starts[last]

    def moved(self, edge: Edge, text: str) -> Edge:
        """The edge with its evidence where it stands in the notice."""
        spans = [(v.notice, *self.span(v.start, v.end)) for v in edge.evidence]
        return replace(edge, evidence=tuple(Evidence(n, s, e, text[s:e]) for n, s, e in spans))


def moved(edges: Sequence[Edge], lines: Sequence[Line], text: str) -> Iterator[Edge]:
    """A list's edges with their evidence where it stands in the notice; what rests on nothing there is left out."""
    starts = [x.own for x in lines]
    for edge in edges:
        found: dict[Evidence, str] = {}
        cells = edge.props.pop("cells", None)
        for v, cell in zip(edge.evidence, cells if isinstance(cells, list) else [""] * len(edge.evidence), strict=True):
            line = lines[max(0, bisect_right(starts, v.start) - 1)]
            if line.own <= v.start and v.end <= line.own + len(line.text):
                start, end = line.at(v.start, end=False), line.at(v.end, end=True)
                found[Evidence(v.notice, start, end, text[start:end])] = cell
        if found:
            evidence = tuple(sorted(found))
            props = {**edge.props, "cells": [found[v] for v in evidence]} if cells else edge.props
            yield replace(edge, evidence=evidence, props=props)


def merged(notice: Notice, nodes: Sequence[Node], edges: Sequence[Edge], remarks: Sequence[str]) -> Reading:
    """One reading of both: what both speak of is one thing, what both say is said once."""
    things: dict[str, Node] = {}
    for node in nodes:
        old = things.setdefault(node.id, node)
        if old is not node:
            props = {**node.props, **old.props}
            if not (old.props.get("inferred") and node.props.get("inferred")):
                props.pop("inferred", None)
            things[node.id] = replace(old, aliases=tuple(dict.fromkeys((*old.aliases, *node.aliases))), props=props)
    said: dict[str, Edge] = {}
    for edge in edges:
        if (old_ := said.setdefault(edge.key, edge)) is not edge:
            joined(old_, edge)
            old_.props.pop("cells", None)  # of one of them only
    ends = {x for e in said.values() for x in (e.source, e.target)}
    kept = [things[k] for k in sorted(things) if k in ends]
    return Reading(notice, kept, [said[k] for k in sorted(said)], list(dict.fromkeys(remarks)))
