"""Whom a 约谈 called in: those who answer there, and who so stands over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.lazy import lazy
from loaders.prose.page import Entity, Statement
from loaders.prose.relate.events import Event
from loaders.prose.relate.slots import Slots
from loaders.prose.relate.subject import Clauses

_CALLED = lazy("^summon(?!ing)|^sits-down-there|(?:接受了?|被)(?:集中|公开|集体)?约谈")
_ANSWERS = lazy("表态|检讨|整改承诺")
_REPORTS = lazy("(?:通报|宣读|传达)了?$")  # to those who were called in
_GOVERNMENT = lazy("(?:人民)?政府$")
_THERE = {"ATTENDED", "SPOKE_AT"}
_RUNS_IT = {"CONVENED", "CHAIRED"}


def summoned(event: Event, found: Sequence[Statement], slots: Slots, clauses: Clauses) -> list[Statement]:
    """What of ``found``, the statements of one meeting, tells of those who were called in."""
    if event.kind not in ("summons", "minutes") and "约谈" not in event.entity.name:
        return []
    runs_it = {id(s.source) for s in found if s.type in _RUNS_IT} | event.callers
    return [
        s for s in found if s.type in _THERE and id(s.source) not in runs_it and _called_in(event, s, slots, clauses)
    ]


def _called_in(event: Event, s: Statement, slots: Slots, clauses: Clauses) -> bool:
    span = s.spans[0]
    if s.type == "ATTENDED" and _CALLED.search(s.rule + slots.page.quote(span)):
        return True
    sentence = clauses.sentence(span.start)
    if sentence is None or "约谈" not in event.entity.name or _REPORTS.search(slots.page.quote(span)):
        return False
    at_hand = event.row.fields.get("alone") and event.span.within(sentence.span) and s.source.label != "Person"
    return bool(at_hand or _ANSWERS.search(slots.page.text, sentence.span.start, sentence.span.end))


def supervised(called: Sequence[Statement], found: Sequence[Statement]) -> Iterator[Statement]:
    """SUPERVISES of those who convened a 约谈 over whom it called in, save whom the very words of the summons name, which
    say so themselves; ``called`` as :func:`summoned` gives them."""
    conveners = [s for s in found if s.type == "CONVENED" and not _open(s.source)]
    for whom in (
        s
        for s in called
        if s.type == "ATTENDED"
        and s.source.label != "Person"
        and not _open(s.source)
        and not s.rule.startswith("summons")
    ):
        # one who but answers there is the first body's guest; the others helped to call in those named with it
        for by in conveners if _CALLED.search(whom.rule) else conveners[:1]:
            spans = (*by.spans[:1], *whom.spans[:1])
            yield Statement(by.source, "SUPERVISES", whom.source, spans, "summoned", 0.8, props={"kind": "discipline"})


def sent(called: Sequence[Statement], found: Sequence[Statement], slots: Slots) -> Iterator[Statement]:
    """The governments whose heads answered in person at a 约谈 ('石桥县县长某某接受约谈') were called in, whoever else its words
    name."""
    conveners = [s for s in found if s.type == "CONVENED" and s.source.label == "Agency" and not _open(s.source)]
    there = {_GOVERNMENT.sub("", s.source.name) for s in found if s.type == "ATTENDED"}
    for s in called:
        whom = came_for(s.source, slots) if s.source.label == "Person" else None
        if whom is None or not _CALLED.search(slots.page.quote(s.spans[0])) or len(conveners) != 1:
            continue
        governs = whom.label == "Region" or whom.name.endswith("政府")
        if governs and not whom.props.get("generic") and _GOVERNMENT.sub("", whom.name) not in there:
            there.add(_GOVERNMENT.sub("", whom.name))
            yield Statement(whom, "ATTENDED", s.target, s.spans, "head-summoned", 0.8)
            spans = (*conveners[0].spans[:1], *s.spans[:1])
            yield Statement(
                conveners[0].source, "SUPERVISES", whom, spans, "head-summoned", 0.8, props={"kind": "discipline"}
            )


def _open(e: Entity) -> bool:
    """Whether a body is but a class ('环保部门', which says not whose), or one that only its head's title tells of."""
    return bool(e.props.get("generic") or e.props.get("inferred") or e.props.get("kind") == "branch" and not e.place)


def came_for(who: Entity, slots: Slots) -> Entity | None:
    """Who came itself, or the body that a person came for."""
    if who.label != "Person":
        return who
    seats = [slots.seats.get(id(p)) for p in slots.posts.get(id(who), [])]
    bodies = [seat for seat in seats if seat is not None and seat.label == "Agency"]
    return bodies[-1] if bodies else slots.body_of(who)  # '石桥镇镇长、青河镇级河长某某' came for the town
