"""Who supervises whom, as a page says it: inspection, direction, summons, follow-up. Rows in tables/supervision.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.prose.page import Entity, Page, Span, Statement
from loaders.prose.relate.home import home
from loaders.prose.relate.rows import Row, table
from loaders.prose.relate.slots import Run, Slots
from loaders.prose.relate.subject import Clauses

_SHARED = re.compile("分别|依次|各自")


def relate(page: Page) -> list[Statement]:
    """SUPERVISES statements, each with its ``kind``; parties that the words leave open give none."""
    slots = Slots(page)
    clauses = Clauses(slots)
    found: dict[tuple[int, int], Statement] = {}
    for row in table("supervision")["rows"]:
        for m in row.pattern.finditer(slots.text):
            for statement in _read(row, m, slots, clauses):
                found.setdefault((id(statement.source), id(statement.target)), statement)
    return sorted(found.values(), key=lambda s: s.spans)


def _read(row: Row, m: re.Match[str], slots: Slots, clauses: Clauses) -> Iterator[Statement]:
    groups = m.re.groupindex
    who = slots.run(m.start("S")) if "S" in groups else None
    whom = slots.run(m.start("O")) if "O" in groups else None
    if who is None:
        who = _chair(m.start(), slots, clauses) if row.get("subject") == "chair" else clauses.subject(m.start())
    if whom is None and row.get("subject") == "O":
        whom = _undergoer(m.start(), clauses)
    targets = _targets(row, m, whom, slots, clauses)
    if who is None or not targets or not _fits(row, who, slots):
        return
    sources = _sources(row, who, slots)
    span = _reach(m, who, whom)
    for source, target in _pairs(sources, targets, slots.page.quote(span)):
        if source is not target:
            yield Statement(source, "SUPERVISES", target, (span,), row.name, row.confidence, props={"kind": row.get("kind")})


def _targets(row: Row, m: re.Match[str], whom: Run | None, slots: Slots, clauses: Clauses) -> list[Entity]:
    where = row.get("object")
    if where == "home":
        place = home(slots.page)
        return [place] if place else []
    if where == "before":
        run = clauses.before(m.start())
        return [e for e in run.bodies if e.label in ("Region", "Agency")] if run else []
    return whom.entities if whom else []


def _sources(row: Row, who: Run, slots: Slots) -> list[Entity]:
    """A summons is its body's, also where a named head speaks for it."""
    if not row.fields.get("by_body"):
        return who.entities
    return list({id(b): b for e in who.entities for b in [slots.body_of(e) or e]}.values())


def _fits(row: Row, who: Run, slots: Slots) -> bool:
    words = slots.page.quote(who.span)
    wanted, unwanted = row.get("holder"), row.get("not_holder")
    return (not wanted or bool(re.search(wanted, words))) and not (unwanted and re.search(unwanted, words))


def _undergoer(at: int, clauses: Clauses) -> Run | None:
    """Whom a passive is about: the heading of its paragraph, else the subject of its clause."""
    return clauses.heading(at) or clauses.subject(at)


def _chair(at: int, slots: Slots, clauses: Clauses) -> Run | None:
    sentence = clauses.sentence(at)
    if sentence is None:
        return None
    led = re.search("主持", slots.text[sentence.span.start:at])
    runs = slots.runs_in(sentence.span.start, sentence.span.start + led.start()) if led else []
    return runs[-1] if runs else None


def _pairs(sources: list[Entity], targets: list[Entity], words: str) -> Iterator[tuple[Entity, Entity]]:
    """Every source with every target, or one with one where the words deal them out ('分别')."""
    if len(sources) == len(targets) > 1 and _SHARED.search(words):
        yield from zip(sources, targets, strict=True)
    else:
        yield from ((s, t) for s in sources for t in targets)


def _reach(m: re.Match[str], *runs: Run | None) -> Span:
    """From the first party to the last word of the construction, within its sentence."""
    starts = [r.span.start for r in runs if r]
    ends = [r.span.end for r in runs if r]
    return Span(min([m.start(), *starts]), max([m.end(), *ends]))
