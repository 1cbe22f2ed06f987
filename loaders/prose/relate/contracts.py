"""包保: who is in charge of which place, body or reach, by class or by name. Rows in tables/contracts.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Value
from loaders.prose.page import Page, Span, Statement
from loaders.prose.relate.chiefs import chiefs
from loaders.prose.relate.named import Named
from loaders.prose.relate.rows import Row, table
from loaders.prose.relate.slots import Run, Slots
from loaders.prose.relate.subject import Clauses

_BARE = re.compile("(?:^|[^分承])包$")


def relate(page: Page) -> list[Statement]:
    """IN_CHARGE_OF statements, SUPERVISES of kind 'contract' where the words are those of supervision, PART_OF_SCHEME."""
    rows = table("contracts")
    slots = Slots.of(page)
    clauses = Clauses(slots)
    named = Named(slots)
    found = list(chiefs(slots, named))
    for row in rows["rows"]:
        for m in row.finditer(slots.text):
            found += _read(row, m, slots, clauses, named)
    for part in _rosters(slots, clauses):
        for row in rows["roster"]:
            for m in row.finditer(slots.text, part.start, part.end):
                found += _read(row, m, slots, clauses, named)
    found += _classes(page, named)
    found += list(_schemes(page, found, clauses, named))
    unique: dict[tuple[int, str, int], Statement] = {}
    for s in found:
        unique.setdefault((id(s.source), s.type, id(s.target)), s)
    return sorted(unique.values(), key=lambda s: s.spans)


def _read(row: Row, m: re.Match[str], slots: Slots, clauses: Clauses, named: Named) -> Iterator[Statement]:
    groups = m.re.groupindex
    other = clauses.subject(m.start())
    who = slots.run(m.start("S")) if "S" in groups else other
    whom = slots.run(m.start("O")) if "O" in groups else other
    span = Span(*m.span())
    if "L" in groups:
        targets = [named.tract(m["L"])]
    elif whom is not None and whom is not who:
        targets = whom.bodies
        if (
            "O" in groups and m.start("V") < m.start("O") and slots.text.startswith("包", whom.span.end)
        ):  # the last member is who takes charge next
            targets = [e for e in targets if e not in whom.heads[-1].entities]
        span = Span(min(span.start, whom.span.start), max(span.end, whom.span.end))
    else:
        return
    targets = [e for e in targets if e.name not in ("单位", "责任单位", "干部", "领导")]  # '包联单位' is a noun
    if who is None:
        return
    beside = slots.run(m.start() - 1) if "S" not in groups and m.start() else None
    if beside is not None and beside.span.end == m.start():
        taken = slots.text[beside.span.start - 1 : beside.span.start] == "包"
        who = Run(beside.span, beside.heads[-1:], beside.marks) if taken else beside  # '包乡镇、县直单位包社区'
    span = Span(min(span.start, who.span.start), max(span.end, who.span.end))
    kinds = ["IN_CHARGE_OF"]
    if row.fields.get("supervises") and not _BARE.search(m["V"]):
        kinds.append("SUPERVISES")
    for source in who.entities:
        for target in targets:
            for kind in kinds:
                props: dict[str, Value] = {"kind": "contract"} if kind == "SUPERVISES" else {}
                yield Statement(source, kind, target, (span,), row.name, row.confidence, props=props)


def _classes(page: Page, named: Named) -> Iterator[Statement]:
    """Relations between classes, by their words: what the recogniser has not named becomes a generic entity."""
    for row in table("contracts")["classes"]:
        for m in row.finditer(page.text):
            source = named.generic(m["S"], Span(*m.span("S")))
            target = named.generic(m["O"], Span(*m.span("O")))
            yield Statement(source, "IN_CHARGE_OF", target, (Span(*m.span()),), row.name, row.confidence)


def _rosters(slots: Slots, clauses: Clauses) -> Iterator[Span]:
    """Parts of the page that list who is in charge of what: from the words that announce it to the next heading."""
    announce = table("contracts").pattern(
        r"分[片段]包干|分片负责|划片包干|{roster}[^。；\n]{0,12}?(?:名单|名册|分工|安排|如下|划分|责任表|一览|任务|图|：)"
    )
    done = 0
    for m in announce.finditer(slots.text):
        if m.start() < done:
            continue
        done = len(slots.text)
        for sentence in clauses.sentences[clauses.index(m.start()) + 1 :]:
            if sentence.heading and not announce.search(slots.text, sentence.span.start, sentence.span.end):
                done = sentence.span.start
                break
        yield Span(m.start(), done)


def _schemes(page: Page, found: list[Statement], clauses: Clauses, named: Named) -> Iterator[Statement]:
    """Who stands in a scheme that the sentence of a charge names ('实行“三保三包”')."""
    marks = [(clauses.index(m.start()), m) for m in table("contracts").pattern("{scheme}").finditer(page.text)]
    by_sentence = dict(reversed(marks))
    for s in found:
        if s.type != "IN_CHARGE_OF":
            continue
        m = by_sentence.get(clauses.index(s.spans[0].start))
        if m is not None:
            scheme = named.scheme(m.group().strip("“”"))
            yield Statement(s.source, "PART_OF_SCHEME", scheme, (Span(*m.span()), *s.spans), s.rule, s.confidence)
