"""Rosters in labelled entries: '1.石桥镇 / 包保领导：某某 / 包保单位：某局', '第一片区：石桥镇，责任领导某某'. Labels stand in
tables/contracts.toml."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.lazy import lazy
from loaders.prose.page import Entity, Span, Statement
from loaders.prose.relate.charge import in_charge
from loaders.prose.relate.rows import table
from loaders.prose.relate.runs import Run
from loaders.prose.relate.slots import BODIES, FILL, PEOPLE, Slots
from loaders.words import AUTHORITIES, HAN_NUMBER

_FAR = 160  # characters that may lie between two fields of one entry
_BODY = lazy(f"{AUTHORITIES}$")


@dataclass(slots=True)
class _Entry:
    """Who has what, as one entry says; ``labels`` it has used."""

    end: int
    who: list[tuple[Entity, Span]] = field(default_factory=list)
    what: list[tuple[Entity, Span]] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)


def entries(slots: Slots, parts: Sequence[Span]) -> Iterator[Statement]:
    """IN_CHARGE_OF, and SUPERVISES of kind 'contract' for named people, from each entry of the rosters in ``parts``."""
    for part in parts:
        entry = _Entry(part.start)
        for label, run in _fields(slots, part):
            who = label != "" and not _names_places(label, run)
            far = run.span.start - entry.end > _FAR
            if far or label == "" or label in entry.labels or (not who and entry.what and entry.who):
                yield from _said(entry)
                entry = _Entry(run.span.end)
            entry.end = run.span.end
            entry.labels.add(label)
            things = run.entities if who else run.bodies
            side = entry.who if who else entry.what
            side += [(e, run.span) for e in things if not e.props.get("generic") and e.label != "Post"]
        yield from _said(entry)


def _names_places(label: str, run: Run) -> bool:
    """Whether a label is one of what somebody has; '包保单位' only where no department stands behind it."""
    words = table("contracts")
    if run.people or not words.pattern("{what_column}|{tract}").fullmatch(label):
        return False
    return not (label.endswith("单位") and all(_BODY.search(e.name) for e in run.bodies))


def _fields(slots: Slots, part: Span) -> Iterator[tuple[str, Run]]:
    """The fields of a part in order: label and value; a line or a sentence that is but a place has the label ''."""
    words = table("contracts")
    slot = f"[{PEOPLE}{BODIES}]{FILL}*+"
    label = words.pattern(
        rf"(?P<L>{{who_column}}|{{what_column}}|{{tract}})(?:（[^（）\\n]{{0,40}}）)?(?:：|为|是|\t|[ 　]{{1,4}})?(?P<S>{slot})"
    )
    place = words.pattern(
        rf"(?:^|(?<=\n))(?:[0-9]+[.、．]|（{HAN_NUMBER}）|{HAN_NUMBER}、)?(?P<S>{slot})(?=[。：]?(?:\n|$)|。)"
    )
    found: list[tuple[int, str, Run]] = []
    for m in label.finditer(slots.text, part.start, part.end):
        if run := slots.run(m.start("S")):
            found.append((m.start("S"), m["L"], run))
    for run in slots.runs_in(part.start, part.end):  # the label is the class that a name's post is: '包联领导某某'
        if run.people and run.marks[0].generic and run.marks[0].kind == "T":
            found.append((run.span.start, slots.page.quote(run.marks[0].span), run))
    for m in place.finditer(slots.text, part.start, part.end):
        run = slots.run(m.start("S"))
        if run and run.heads and all(h.kind == "R" and not h.generic for h in run.heads):
            found.append((m.start("S"), "", run))
    seen: set[int] = set()
    for at, name, run in sorted(found, key=lambda f: (f[0], f[1] == "")):
        if at not in seen:
            seen.add(at)
            yield name, run


def _said(entry: _Entry) -> Iterator[Statement]:
    for who, a in entry.who:
        for what, b in entry.what:
            if who is what:
                continue
            yield from in_charge(who, what, (a.joined(b),), "roster-entry", watches=who.label == "Person")
