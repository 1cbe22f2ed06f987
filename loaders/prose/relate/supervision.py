"""Who supervises whom, as a page says it: inspection, direction, summons, follow-up. Rows in tables/supervision.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from loaders.prose.page import Entity, Page, Span, Statement
from loaders.prose.relate.home import home, issuer
from loaders.prose.relate.named import Named
from loaders.prose.relate.rows import Row, table
from loaders.prose.relate.slots import Run, Slots
from loaders.prose.relate.subject import Clauses

_KIND = {"厂": "企业"}
_WATERS = re.compile("(?:河|湖|江|水库|湿地|断面|渠)$")
_LEADS = re.compile("率|带领")
_SHARED = re.compile("分别|依次|各自")


def relate(page: Page) -> list[Statement]:
    """SUPERVISES statements, each with its ``kind``; parties that the words leave open give none."""
    slots = Slots.of(page)
    clauses = Clauses(slots)
    found: dict[tuple[int, int], Statement] = {}
    for row in table("supervision")["rows"]:
        for m in row.finditer(slots.text):
            for statement in _read(row, m, slots, clauses):
                found.setdefault((id(statement.source), id(statement.target)), statement)
    for row in table("supervision")["follow"]:
        for m in row.finditer(slots.text):
            for statement in _follow(row, m, slots, clauses, found.values()):
                found.setdefault((id(statement.source), id(statement.target)), statement)
    return sorted(_governed(found.values()), key=lambda s: s.spans)


def _governed(found: Iterable[Statement]) -> list[Statement]:
    """Without what is handed to the committee and the government of a place that the same supervisor looks into."""
    kept = list(found)
    looked = {id(s.source) for s in kept if s.target.label == "Region"}
    return [s for s in kept if s.rule != "hands-over" or s.target.label == "Region" or id(s.source) not in looked]


def _read(row: Row, m: re.Match[str], slots: Slots, clauses: Clauses) -> Iterator[Statement]:
    groups = m.re.groupindex
    who = slots.run(m.start("S")) if "S" in groups else None
    whom = slots.run(m.start("O")) if "O" in groups else None
    if who is None:
        who = _subject(row, m.start(), slots, clauses)
    if row.fields.get("people") and who is not None and not who.people:
        return
    if whom is None and row.get("subject") == "O":
        whom = clauses.undergoer(m.start())
    targets = _targets(row, m, whom, slots, clauses)
    if who is None or not targets or not _fits(row, who, slots):
        return
    sources = _sources(row, who, m, slots)
    span = _reach(m, who, whom)
    for source, target in _pairs(sources, targets, slots.page.quote(span)):
        if source is not target:
            yield Statement(source, "SUPERVISES", target, (span,), row.name, row.confidence, props={"kind": row.get("kind")})


def _follow(
    row: Row, m: re.Match[str], slots: Slots, clauses: Clauses, found: Iterable[Statement]
) -> Iterator[Statement]:
    """Who is summoned along with others: the supervisor is who summoned those."""
    summons = [s for s in found if "约谈" in slots.page.quote(s.spans[0])]
    by = {id(s.source): s.source for s in summons if s.rule in ("calls-in", "called-in-party", "looks-into")}
    run = slots.run(m.start("O"))
    if len(by) != 1 or run is None:
        return
    low = clauses.listed(run)
    for other in [r for r in slots.runs_in(low, run.span.end) if r.bodies]:
        for target in other.bodies:
            yield Statement(next(iter(by.values())), "SUPERVISES", target, (Span(low, m.end()),), row.name, 0.8,
                            props={"kind": row.get("kind")})


def _targets(row: Row, m: re.Match[str], whom: Run | None, slots: Slots, clauses: Clauses) -> list[Entity]:
    where = row.get("object")
    if where == "home":
        place = home(slots)
        return [place] if place else []
    if where == "before":
        run = clauses.before(m.start())
        return [e for e in run.bodies if e.label in ("Region", "Agency")] if run else []
    if where == "first":
        opens = clauses.first(m.start())
        return opens.bodies if opens else []
    if where == "beside":
        run = clauses.beside(m.start())
        by = clauses.subject(m.start())
        passive = row.name == "watches-beside" and by is not None and slots.text[by.span.start - 1:by.span.start] == "由"
        return run.bodies if run and not passive else []
    if where == "near":
        near = clauses.nearest(_KIND.get(m["K"], m["K"]), m.start())
        return list(near.entities) if near else []
    if where == "class":
        span = Span(*m.span("G"))
        return [Named(slots).generic(slots.page.quote(span), span)]
    return [e for e in whom.entities if not _WATERS.search(e.name)] if whom else []


def _sources(row: Row, who: Run, m: re.Match[str], slots: Slots) -> list[Entity]:
    """A summons is its body's, also where a named head speaks for it; so is the look of a team that somebody leads."""
    led = who.span.end < m.start() and _LEADS.match(slots.text, who.span.end)
    handed = row.get("subject") != "chair" and slots.text[who.span.start - 1:who.span.start] == "由"
    if not led and (handed or not row.fields.get("by_body")):
        return who.entities
    behalf = slots.principal(who)
    if behalf is not None:
        return behalf.entities
    return list({id(b): b for e in who.entities for b in [slots.body_of(e) or e]}.values())


def _fits(row: Row, who: Run, slots: Slots) -> bool:
    words = slots.page.quote(who.span)
    wanted, unwanted = row.get("holder"), row.get("not_holder")
    return (not wanted or bool(re.search(wanted, words))) and not (unwanted and re.search(unwanted, words))


def _subject(row: Row, at: int, slots: Slots, clauses: Clauses) -> Run | None:
    if row.get("subject") == "chair":
        return _chair(at, slots, clauses)
    if row.get("subject") == "issuer":
        mark = issuer(slots)
        return Run(mark.span, (mark,), (mark,)) if mark else None
    return clauses.subject(at)


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
    near = [r.span for r in runs if r and abs(r.span.start - m.start()) < 400]
    return Span(min([m.start(), *(s.start for s in near)]), max([m.end(), *(s.end for s in near)]))
