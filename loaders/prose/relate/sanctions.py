"""Punishments that a page announces: who, in what form, why and by whom. Rows in tables/sanctions.toml."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from kg.dates.period import number
from kg.lazy import lazy
from kg.model import Value
from loaders.prose.page import Entity, Page, Span, Statement
from loaders.prose.relate.rows import Row, Table, table
from loaders.prose.relate.runs import Run
from loaders.prose.relate.slots import PEOPLE, Slots
from loaders.prose.relate.subject import Clauses
from loaders.words import OFFICIALS, WHICH

_REASON = lazy(r"(?:因|由于|对)(?P<R>[^，。；\n]{4,60})，")
_GOVERNED = ("prefecture", "county", "township")
_OFFICE = lazy("处分$|处理$")
_THEIR_HEADS = lazy(f"的?{WHICH}{OFFICIALS}")
_SUFFERED = ("suffered", "held-to-account")
_GIVES = lazy("(?:已|决定|分别|依[规纪法]|一并)*(?:给予|予以)")
_APPOINTS = lazy("任免|提名|任命|试用期|另有任用")


def relate(page: Page) -> list[Statement]:
    """SANCTIONED statements to the notice itself (label 'Notice', name ''), with ``form``, ``reason`` and ``by``."""
    rows = table("sanctions")
    if not rows.pattern("{form}|免去|检查|检讨|问责|通报并").search(page.text):
        return []
    slots = Slots.of(page)
    clauses = Clauses.of(slots)
    notice = Entity("Notice", "")
    found: dict[tuple[int, str], Statement] = {}
    for row, m in rows.sieve("rows").over(slots.text).matches():
        if row.name == "removed" and _APPOINTS.search(page.text):
            continue  # a change of office, no punishment
        run = slots.run(m.start("O")) if "O" in m.re.groupindex else clauses.subject(m.start())
        theirs = run and run.heads and _THEIR_HEADS.match(page.text, run.heads[-1].span.end)  # '镇政府负责人被通报批评'
        if run and row.name == "deserves" and _GIVES.match(page.text, run.span.end):
            continue  # '县纪委给予甲处分；将乙的问题合并处理，给予其处分': who gives it is not who gets it
        others = _listed(run, slots) if run and row.name in _SUFFERED else []
        for who, forms in _dealt(_forms(row, m), m, run, page, others) if run and not theirs else ():
            span = Span(min(m.start(), run.span.start) if run else m.start(), m.end())
            _add(found, _statements(row, who, forms, m, span, notice, slots, clauses))
    for row, m in rows.sieve("lists").over(slots.text).matches():
        sentence = clauses.sentence(m.start())
        for mark in slots.marks_in(m.end(), sentence.span.end) if sentence else ():
            for who in mark.entities if mark.kind == "P" else ():
                span = Span(m.start(), mark.span.end)
                _add(found, _statements(row, who, _forms(row, m), m, span, notice, slots, clauses))
    return sorted(found.values(), key=lambda s: s.spans)


def _add(found: dict[tuple[int, str], Statement], statements: Iterator[Statement]) -> None:
    for s in statements:
        found.setdefault((id(s.source), str(s.props["form"])), s)


def _statements(
    row: Row,
    who: Entity,
    forms: list[str],
    m: re.Match[str],
    span: Span,
    notice: Entity,
    slots: Slots,
    clauses: Clauses,
) -> Iterator[Statement]:
    """One statement a form; a body is punished only by name, a place (of which the government is meant) as one below another."""
    place = who.label == "Region" and who.props.get("level") in _GOVERNED
    if not (place or who.label in ("Person", "Agency")) or who.props.get("generic"):
        return
    text = slots.page.text
    sentence = clauses.sentence(m.start())
    low = (
        max(sentence.span.start, text.rfind("；", 0, m.start())) if sentence else 0
    )  # another's reason is none of theirs
    words = table("sanctions")
    reason = _reason(slots, words, low, span, m.end()) if sentence else None
    by = clauses.subject(m.start()) if "O" in m.re.groupindex and row.name not in _SUFFERED else None
    if "B" in m.re.groupindex and m["B"]:
        by = slots.run(m.start("B"))
    matter = _matter(slots.page, m.start())
    why = [s for s in (matter, reason) if s]
    item = next(
        (i for s in (span, matter, reason) if s and (i := words.pattern("{item}").search(slots.page.quote(s)))), None
    )
    for form in forms:
        props: dict[str, Value] = {"form": form}
        if why:
            props["reason"] = "；".join(words.pattern("{blame}$").sub("", slots.page.quote(s)) for s in why)
        if item:
            props["item"] = str(number(item["n"] or item["k"]))
        if by is not None and by.bodies and who not in by.entities:
            props["by"] = by.bodies[0].name
        spans = (span, matter) if matter else (span, reason) if reason and not reason.within(span) else (span,)
        yield Statement(who, "SANCTIONED", notice, spans, row.name, row.confidence, props=props)


def _reason(slots: Slots, words: Table, low: int, span: Span, end: int) -> Span | None:
    """The words between two offsets that say what for: behind 因 or 对, unless another's punishment stands there, else what
    is said to have gone badly right before who is punished."""
    text, form = slots.page.text, words.pattern("{form}")
    for m in _REASON.finditer(text, low, end):
        if not form.search(m["R"]):
            return Span(*m.span("R"))
    said = words.pattern("{before}").search(text, low, span.start)
    return Span(*said.span("R")) if said and PEOPLE not in slots.text[slice(*said.span("R"))] else None


def _matter(page: Page, at: int) -> Span | None:
    """The words of the numbered heading under which a case is told, at the head of its paragraph or as the one before."""
    i = bisect_right(page.paragraphs, at, key=lambda p: p.start) - 1
    for k, whole in ((i, False), (i - 1, True)):
        p = page.paragraphs[k] if 0 <= k < len(page.paragraphs) else None
        m = table("sanctions").pattern("{matter}").match(page.text, p.start, p.end) if p else None
        if p and m and (not whole or m.end() == p.end):
            return Span(*m.span("R"))
    return None


def _listed(run: Run, slots: Slots) -> list[Entity]:
    """Whom only commas part from the last who was punished: '副镇长甲，站长乙受到警告处分'."""
    out: list[Entity] = []
    while slots.text[run.span.start - 1 : run.span.start] == "，" and (left := slots.run(run.span.start - 2)):
        alone = slots.text[left.span.start - 1 : left.span.start] in ("", *"，。；：\n")
        if not alone or not left.people or left.bodies:
            break
        out, run = [*left.entities, *out], left
    return out


def _dealt(
    forms: list[str], m: re.Match[str], run: Run, page: Page, others: list[Entity]
) -> list[tuple[Entity, list[str]]]:
    """Which forms each of a run is given: all of them, or with 分别 several in turn; nobody where they do not go round."""
    who = [*others, *run.entities]
    if len(who) > 1 and len(forms) > 1 and "分别" in page.text[min(run.span.end, m.start("F")) : m.start("F")]:
        return [(one, [form]) for one, form in zip(who, forms, strict=True)] if len(who) == len(forms) else []
    return [(one, forms) for one in who]


def _forms(row: Row, m: re.Match[str]) -> list[str]:
    if row.get("form"):
        return [row.get("form")]
    return [_OFFICE.sub("", f) for f in table("sanctions").pattern("{form}").findall(m["F"])]
