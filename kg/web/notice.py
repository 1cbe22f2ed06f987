"""What the page of a notice shows: its text with the words of every mention and statement marked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from kg.model import Notice
from kg.store import Store

MOST = 200_000
"""Characters of a text that are shown."""
_INDENT = re.compile(r"^\s+", re.MULTILINE)
_STATEMENTS = """
MATCH (n:Notice {uid: $notice})<-[:STATED_IN]-(a)
MATCH (a)-[r]->(b)
WHERE type(r) <> 'STATED_IN' AND any(e IN r.evidence WHERE e STARTS WITH $notice + '#')
RETURN a.uid AS source, a.name AS source_name, type(r) AS type, r.role AS role, r.kind AS kind, r.form AS form,
  b.uid AS target, b.name AS target_name, r.uid AS uid, r.confirmed_by AS confirmed_by, r.confirmed_at AS confirmed_at, r.derived AS derived, r.rule AS rule, r.confidence AS confidence,
  r.evidence AS evidence
ORDER BY source, type, target, derived
"""
_MENTIONS = """
MATCH (n:Notice {uid: $notice})<-[s:STATED_IN]-(a)
RETURN a.uid AS uid, a.name AS name, labels(a)[0] AS label, s.evidence AS evidence ORDER BY label, name, uid
"""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement or, without a type, a mention; ``spans`` are the offsets of its words in the text, ``key`` its id,
    ``confirmed`` by whom it was confirmed and when."""

    number: int
    source: str
    source_name: str
    type: str = ""
    detail: str = ""
    target: str = ""
    target_name: str = ""
    label: str = ""
    derived: bool = False
    rule: str = ""
    confidence: float = 1.0
    spans: tuple[tuple[int, int], ...] = ()
    key: str = ""
    confirmed: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; ``said`` holds the numbers of what rests on it, ``mention`` tells whether it names a thing."""

    text: str
    said: tuple[int, ...] = ()
    mention: bool = False


@dataclass(slots=True)
class Cell:
    """A cell of a table, ``span`` columns wide."""

    pieces: list[Piece] = field(default_factory=list)
    span: int = 1

    @property
    def size(self) -> int:
        """Characters in it."""
        return sum(len(p.text.strip()) for p in self.pieces)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, cut at every mark; or a table, row by row."""

    line: list[Piece] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Marked:
    """A notice with what it says, and its paragraphs and tables cut at every mark."""

    notice: Notice
    statements: list[Said] = field(default_factory=list)
    mentions: list[Said] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    cut: bool = False


def marked(store: Store, notice_id: str) -> Marked:
    """The notice of that id. Raises SubjectError."""
    notice = store.notice(notice_id)
    values = {"notice": notice_id}
    statements: list[Said] = []
    for row in store.query(_STATEMENTS, values):
        detail = " ".join(str(row[k]) for k in ("role", "kind", "form") if row[k])
        statements.append(
            Said(
                0, row["source"], row["source_name"] or row["source"], row["type"], detail, row["target"],
                row["target_name"] or row["target"], "", bool(row["derived"]), row["rule"] or "",
                round(row["confidence"] or 0.0, 2), _spans(row["evidence"], notice_id), row["uid"],
                (row["confirmed_by"], row["confirmed_at"]) if row["confirmed_by"] else None,
            )
        )  # fmt: skip
    mentions = [
        Said(0, row["uid"], row["name"] or row["uid"], label=row["label"], spans=_spans(row["evidence"], notice_id))
        for row in store.query(_MENTIONS, values)
    ]
    statements.sort(key=lambda s: (s.derived, s.spans[0] if s.spans else (0, 0), s.type, s.source, s.target))
    mentions.sort(key=lambda s: (s.spans[0] if s.spans else (0, 0), s.source))
    numbered = [replace(s, number=n) for n, s in enumerate([*statements, *mentions])]
    statements, mentions = numbered[: len(statements)], numbered[len(statements) :]
    text = notice.text[:MOST]
    return Marked(notice, statements, mentions, blocks(paragraphs(text, statements, mentions)), len(notice.text) > MOST)


def paragraphs(text: str, statements: Sequence[Said], mentions: Sequence[Said]) -> list[list[Piece]]:
    """The text's lines, each cut where a span begins or ends, and at every tab; white space alone is never marked. Joined again
    they are the text."""
    opens: defaultdict[int, list[int]] = defaultdict(list)
    closes: defaultdict[int, list[int]] = defaultdict(list)
    of_mentions = {m.number for m in mentions}
    for said in (*statements, *mentions):
        for start, end in said.spans:
            if 0 <= start < end <= len(text):
                opens[start].append(said.number)
                closes[end].append(said.number)
    breaks = {i + 1 for i, c in enumerate(text) if c == "\n"}
    indents = {m.end() for m in _INDENT.finditer(text)}
    tabs = {i + k for i, c in enumerate(text) if c == "\t" for k in (0, 1)}
    cuts = sorted({0, len(text), *opens, *closes, *breaks, *indents, *tabs})
    lines: list[list[Piece]] = [[]]
    live: defaultdict[int, int] = defaultdict(int)
    for begin, end in pairwise(cuts):
        for number in closes[begin]:
            live[number] -= 1
        for number in opens[begin]:
            live[number] += 1
        if begin in breaks:
            lines.append([])
        words = text[begin:end]
        here = () if words.isspace() else tuple(sorted(n for n, count in live.items() if count > 0))
        lines[-1].append(Piece(words, here, any(n in of_mentions for n in here)))
    return [line for line in lines if any(p.text.strip() for p in line)]


def blocks(lines: Sequence[list[Piece]]) -> list[Block]:
    """Lines as they are read: those beside one another that hold tabs are the rows of a table, and so is a heading of some of
    them, a single line between two."""
    tabbed = [any(p.text == "\t" for p in line) for line in lines]
    inside = [here or (0 < n < len(lines) - 1 and tabbed[n - 1] and tabbed[n + 1]) for n, here in enumerate(tabbed)]
    found: list[Block] = []
    for table, group in groupby(zip(inside, lines, strict=True), lambda pair: pair[0]):
        together = [line for _, line in group]
        if table and len(together) > 1:
            rows = [_cells(line) for line in together]
            wide = max(map(len, rows))
            found.append(Block(rows=[_spread(row, wide) for row in rows]))
        else:
            found += [Block(line=line) for line in together]
    return found


def _cells(line: Sequence[Piece]) -> list[Cell]:
    cells = [Cell()]
    for piece in line:
        if piece.text == "\t":
            cells.append(Cell())
        else:
            cells[-1].pieces.append(piece)
    return cells


def _spread(row: list[Cell], wide: int) -> list[Cell]:
    """A row of a table so many columns wide: of one that is mostly blank (a heading, a line about the whole table) each cell
    takes the blank ones after it."""
    row = row + [Cell() for _ in range(wide - len(row))]
    if 3 * sum(cell.size > 0 for cell in row) > wide:
        return row
    out = row[:1]
    for cell in row[1:]:
        if cell.size:
            out.append(cell)
        else:
            out[-1].span += 1
    return out


def _spans(evidence: Sequence[str] | None, notice_id: str) -> tuple[tuple[int, int], ...]:
    """Offsets of the references to this notice's text; cells of tables have none."""
    found = []
    for ref in evidence or ():
        where, _, part = ref.rpartition("#")
        start, _, end = part.partition("-")
        if where == notice_id and start.isdecimal() and end.isdecimal():
            found.append((int(start), int(end)))
    return tuple(found)
