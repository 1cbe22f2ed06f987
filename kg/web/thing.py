"""What the page of a thing shows: its properties, its posts over time, and its relationships with their words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kg.chain.rules import rules
from kg.chain.when import span
from kg.model import Edge
from kg.show import Record
from kg.vocabulary import vocabulary
from kg.web.words import Words

SHOWN, MOST = 12, 60
"""Relationships of a kind shown at first and once opened; the rest has pages of its own."""
_FIRST = ("SUPERVISES", "IN_CHARGE_OF", "GOVERNS", "BEARS", "ASSIGNED", "HOLDS", "POST_IN", "SANCTIONED")
_UNSAID = {"uid", "first_seen", "last_seen", "confirmed_by", "confirmed_at"}
_HIDDEN = {"uid", "text", "first_seen", "last_seen", "generic", "inferred"}


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote with the notice it stands in; ``start`` and ``end`` are its offsets there."""

    quote: str
    notice: str
    title: str
    published: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Premise:
    """A statement that a derived relationship rests on: ids and names of its ends, and what it says of them."""

    source: str
    source_name: str
    verb: str
    target: str
    target_name: str


@dataclass(frozen=True, slots=True)
class Row:
    """A relationship: its id, the thing at its other end, details as ``(name, value)``, its words, and by whom it was
    confirmed and when; of a derived one ``why`` says what it follows from and ``reason`` why that holds."""

    uid: str
    label: str
    name: str
    derived: bool
    rule: str
    confidence: float
    details: list[tuple[str, str]]
    passages: list[Passage]
    why: str
    reason: str
    premises: list[Premise]
    key: str
    confirmed: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Group:
    """Relationships of one type, seen from one end; ``total`` is how many there are, shown here or not."""

    key: str
    title: str
    rows: list[Row]
    total: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A holding on the time line, in hundredths of its width; ``open`` ends are not known."""

    name: str
    uid: str
    when: str
    left: float
    width: float
    derived: bool


def properties(found: Record, words: Words) -> list[tuple[str, str]]:
    """Names and values of what is known of the thing itself."""
    label = found.node.label
    rows = [(k, v) for k, v in found.node.props.items() if k not in _HIDDEN and v not in ("", [], None, False)]
    seen = [(k, found.node.props[k]) for k in ("first_seen", "last_seen") if found.node.props.get(k)]
    return [(words.property(label, k), words.value(label, k, v)) for k, v in [*rows, *seen]]


def groups(found: Record, words: Words) -> list[Group]:
    """The thing's relationships by type and end: who stands over it first."""
    rows: defaultdict[tuple[int, int, str, bool], list[Row]] = defaultdict(list)
    for edge in found.edges:
        if edge.type == "STATED_IN":
            continue
        leaving = edge.source == found.node.id
        place = _FIRST.index(edge.type) if edge.type in _FIRST else len(_FIRST)
        rows[place, int(leaving), edge.type, leaving].append(_row(found, edge, words))
    return [
        Group(
            key_of(type_, leaving),
            words.relation(type_, leaving),
            group,
            found.counts.get((type_, leaving), len(group)),
        )
        for (_, _, type_, leaving), group in sorted(rows.items(), key=lambda item: item[0])
    ]


def key_of(type_: str, leaving: bool) -> str:
    """A kind of relationship as an address has it."""
    return f"{type_}-{'from' if leaving else 'into'}"


def kind_of(key: str) -> tuple[str, bool] | None:
    """Inverse of :func:`key_of`; None for any other text."""
    type_, _, end = key.rpartition("-")
    return (type_, end == "from") if type_ in vocabulary().types and end in ("from", "into") else None


def timeline(found: Record) -> list[Bar]:
    """Holdings of a person, or of a post, that have a date, earliest first."""
    known = []
    for edge in found.edges:
        if edge.type != "HOLDS":
            continue
        time = span(edge, found.graph.notices)
        begin, end = time.since or time.first, time.until or time.last
        if begin and end:
            known.append((begin, max(begin, end), edge, bool(time.until)))
    if not known:
        return []
    known.sort(key=lambda row: (row[0], row[1], row[2].key))
    first, last = _days(known[0][0]), max(_days(row[1]) for row in known)
    room = max(last - first, 1.0)
    bars = []
    for begin, end, edge, ended in known:
        left = (_days(begin) - first) / room * 100
        width = max((_days(end) - _days(begin)) / room * 100, 1.2)
        uid = found.other(edge)
        when = f"{begin} – {end}{'' if ended else ' …'}"
        bars.append(Bar(found.name(uid), uid, when, min(left, 98.8), min(width, 100 - min(left, 98.8)), edge.derived))
    return bars


def notices(found: Record) -> list[tuple[str, str, str]]:
    """``(id, title, published)`` of the notices that name the thing, newest first."""
    ids = {e.target for e in found.edges if e.type == "STATED_IN" and e.source == found.node.id}
    rows = [(n.published, n.id, n.title or n.id) for i in ids if (n := found.graph.notices.get(i))]
    return [(uid, title, day) for day, uid, title in sorted(rows, reverse=True)]


def passages(edge: Edge, found: Record) -> Iterator[Passage]:
    """The words of a relationship, in the order they are kept."""
    for said in edge.evidence:
        notice = found.graph.notices.get(said.notice)
        title, day = (notice.title or notice.id, notice.published) if notice else (said.notice, "")
        yield Passage(said.quote, said.notice, title, day, said.start, said.end)


def _row(found: Record, edge: Edge, words: Words) -> Row:
    uid = found.other(edge)
    node = found.graph.nodes.get(uid)
    details = [
        (words.property(edge.type, k), words.value(edge.type, k, v))
        for k, v in edge.props.items()
        if k not in _UNSAID and v not in ("", [], None)
    ]
    premises = [_premise(found, key, words) for key in edge.premises]
    why, reason = rules().why(edge)[words.at], rules().reason(edge)[words.at]
    by, at = edge.props.get("confirmed_by"), edge.props.get("confirmed_at", "")
    return Row(
        uid, node.label if node else "Notice", found.name(uid), edge.derived, edge.rule, round(edge.confidence, 2),
        details, list(passages(edge, found)), why, reason, premises, edge.key, (str(by), str(at)) if by else None,
    )  # fmt: skip


def _premise(found: Record, key: str, words: Words) -> Premise:
    source, type_, target = key.split("|")[:3]
    return Premise(source, found.name(source), words.verb(type_), target, found.name(target))


def _days(day: str) -> float:
    """Days on a scale of our own; dates may lack their day or month."""
    year, month, date = ([int(part) for part in day.split("-") if part.isdecimal()] + [1, 1, 1])[:3]
    return year * 365.25 + month * 30.44 + date
