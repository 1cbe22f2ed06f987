"""What came of each word of a notice. Offsets are those of :mod:`kg.model`: 0-based code points, end exclusive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.explain.why import why
from kg.model import Edge, Node, Reading, reading_json

MENTION, STATED_IN = "mention", "STATED_IN"


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A run of words that names a thing. ``state`` is ``resolved``: one thing; ``generic``: a class of them (各有关部门);
    ``partial``: a person of whom not enough is said; ``unresolved``: a place or body that the notice leaves open."""

    start: int
    end: int
    node: str
    state: str


@dataclass(frozen=True, slots=True, order=True)
class Unread:
    """A word of duty or supervision (``at`` to ``till``) whose clause gave no statement of its kind, and its sentence.

    ``kind`` is 'directive' or 'supervisory', ``construction`` the word with its shape ('由…负责', '督导').
    """

    start: int
    end: int
    at: int
    till: int
    kind: str
    construction: str


@dataclass(slots=True)
class Explanation:
    """A reading with the sentences (start, end) that were read and what they left unread, both in order."""

    reading: Reading
    sentences: list[tuple[int, int]] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def named(self) -> list[Named]:
        """Every mention, in order."""
        nodes = {n.id: n for n in self.reading.nodes}
        found = {
            Named(v.start, v.end, e.source, state(nodes[e.source]))
            for e in self.reading.edges
            if e.type == STATED_IN and e.rule == MENTION and e.source in nodes
            for v in e.evidence
        }
        return sorted(found)

    def statements(self, *, derived: bool = True) -> Iterator[Edge]:
        """What is said besides that a thing is mentioned, in the order of the words it rests on."""
        said = (e for e in self.reading.edges if e.type != STATED_IN and (derived or not e.derived))
        yield from sorted(said, key=lambda e: (e.derived, [(v.start, v.end) for v in e.evidence], e.key))


def bare(reading: Reading) -> Explanation:
    """The explanation of a reading of whose making nothing else is known: each line counts as a sentence."""
    lines, at = [], 0
    for line in reading.notice.text.split("\n"):
        if line.strip():
            lines.append((at, at + len(line)))
        at += len(line) + 1
    return Explanation(reading, lines)


def state(node: Node) -> str:
    """How far a thing is known."""
    return next((key for key in ("unresolved", "partial", "generic") if node.props.get(key)), "resolved")


def explanation_json(told: Explanation) -> dict[str, Any]:
    """The reading's JSON with ``mentions`` and ``unread``."""
    text = told.reading.notice.text
    nodes = {n.id: n for n in told.reading.nodes}
    return {
        **reading_json(told.reading),
        "mentions": [
            {"start": m.start, "end": m.end, "quote": text[m.start : m.end], "id": m.node, "name": nodes[m.node].name,
             "state": m.state, "why": why(nodes[m.node])[1]}
            for m in told.named()
        ],
        "unread": [unread_json(u, text) for u in told.unread],
    }  # fmt: skip


def unread_json(u: Unread, text: str) -> dict[str, Any]:
    """What was left unread, with its sentence's words; ``at`` and ``till`` are the word's own offsets."""
    return {
        "kind": u.kind,
        "construction": u.construction,
        "start": u.start,
        "end": u.end,
        "quote": text[u.start : u.end],
        "at": u.at,
        "till": u.till,
        "word": text[u.at : u.till],
    }
