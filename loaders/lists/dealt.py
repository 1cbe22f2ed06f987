"""Cells that tell in words who was punished and how: '因监管不力，对副镇长某某给予诫勉谈话'. Rows in words.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.lazy import lazy
from loaders.lists.cell import Words, part
from loaders.lists.draft import Draft
from loaders.lists.header import Column
from loaders.lists.layout import Cell
from loaders.lists.people import is_name
from loaders.lists.row import Row
from loaders.lists.rows import Rows
from loaders.lists.words import Meaning, words
from loaders.prose.page import Entity, Span
from loaders.prose.relate.rows import table

_WHO = "(?:[^，。；：（）\n]|（[^（）]{1,40}）)+?"
_CLAUSE = lazy(r"(?:[^。；\n（）]|（[^（）]*）|[（）])+")
_REASON = lazy(r"(?:因|由于)(?P<R>[^，。；\n]{4,60})，|（(?:因|由于)?(?P<R2>[^（）]{4,60})）$")
_MEANING = Meaning("punished", of="either")


@dataclass(frozen=True, slots=True)
class Dealt:
    """One punishment: spans in the cell's words of who, of the forms (``form`` where the row itself says it), of why."""

    who: tuple[int, int]
    forms: tuple[tuple[int, int], ...]
    form: str
    turns: bool
    reason: str


@cache
def _rows() -> tuple[tuple[Mapping[str, str], re.Pattern[str]], ...]:
    own = words()["dealt"]
    form = f"(?:{{form}}|{'|'.join(own['forms'])})(?:处分|处理|处罚)?"
    forms = f"{form}(?:(?:、|和|及|并|，并)(?:给予|予以|受到)?{form})*"
    spelt = ((r, r["pattern"].replace("@W", f"(?P<W>{_WHO})").replace("@F", f"(?P<F>{forms})")) for r in own["rows"])
    return tuple((r, table("sanctions").pattern(pattern)) for r, pattern in spelt)


def dealt(text: str) -> Iterator[Dealt]:
    """The punishments that a cell's words tell of."""
    from loaders.lists.punish import forms

    for clause in _CLAUSE.finditer(text):
        taken: list[tuple[int, int]] = []
        why = _REASON.search(clause[0])
        reason = (why["R"] or why["R2"] or "") if why else ""
        for row, pattern in _rows():
            for m in pattern.finditer(text, *clause.span()):
                if any(s < m.end() and m.start() < e for s, e in taken):
                    continue
                taken.append(m.span())
                s, e = m.span("F")
                found = tuple((s + a, s + b) for a, b in forms(text[s:e]))
                turns = "分别" in m[0]
                yield Dealt(m.span("W"), found or ((s, e),), row.get("form", ""), turns, reason)


def named(rows: Rows, row: Row, cell: Cell, w: Words) -> bool:
    """Whether a run names people and known bodies and nothing else ('3名责任人' does not)."""
    phrase = rows.phrases.read(w.text, row.home)
    known = {id(m.entity) for m in phrase.mentions} | {id(x) for _, _, x in phrase.places}
    parties = rows.parties.read(cell, w, row.home, "either")
    return bool(parties) and all(
        is_name(p.said.name) or bool(p.said.titles)
        if p.said is not None
        else p.entity is not None and id(p.entity) in known and not p.entity.props.get("generic")
        for p in parties
    )


def told(
    rows: Rows,
    draft: Draft,
    row: Row,
    about: Entity,
    column: Column,
    cell: Cell,
    w: Words,
    item: str = "",
    by: str = "",
) -> bool:
    """SANCTIONED for everybody whom a cell tells to be punished; False where it names none of them."""
    problem = "；".join(x.text.replace("\n", "") for c, _, x in row.words("reason", "problem") if c is not column)
    done = False
    for d in dealt(w.text):
        inner, said = part(w, cell, *d.who)
        if not named(rows, row, inner, said):
            continue
        people = rows.read(row, Column(column.index, column.header, _MEANING), inner, said)
        if d.turns and len(d.forms) > 1 and len(d.forms) != len(people):
            continue
        for n, b in enumerate(people):
            if b.entity.label not in ("Person", "Agency"):
                continue
            for s, e in d.forms[n : n + 1] if d.turns and len(d.forms) > 1 else d.forms:
                at: Span = w.span(cell, s, e)
                draft.say(b.entity, "SANCTIONED", about, (b.span, at), "list-words", 0.93,
                          form=d.form or w.text[s:e], reason=d.reason or problem, by=by, item=item)  # fmt: skip
                done = True
    return done
